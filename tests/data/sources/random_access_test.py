import numpy as np
import pytest

from .numbered import first_batches, ids


@pytest.mark.parametrize("start", [1, 2, 3, 9])
def test_starting_late_equals_skipping(numbered, start):
    whole = first_batches(numbered, start + 4, 4, seed=5, flip=True)
    late = first_batches(numbered, 4, 4, seed=5, start=start, flip=True)
    for one, two in zip(whole[start:], late, strict=True):
        np.testing.assert_array_equal(one["data"], two["data"])
        np.testing.assert_array_equal(one["label"], two["label"])


def test_each_epoch_is_another_permutation(numbered):
    order = ids(first_batches(numbered, 15, 4, seed=0)).reshape(6, 10)
    assert all(sorted(epoch) == list(range(10)) for epoch in order)
    assert len({tuple(epoch) for epoch in order}) == 6


def test_the_batch_size_does_not_change_the_order(numbered):
    np.testing.assert_array_equal(
        ids(first_batches(numbered, 12, 5, seed=1)), ids(first_batches(numbered, 20, 3, seed=1))
    )


def test_a_batch_may_be_the_whole_set(numbered):
    for batch in first_batches(numbered, 2, 10, seed=1):
        assert sorted(ids([batch])) == list(range(10))


def test_seeds_differ(numbered):
    one, two = (ids(first_batches(numbered, 3, 10, seed=seed)) for seed in (0, 1))
    assert not np.array_equal(one, two)


def test_two_readings_are_equal(numbered):
    one, two = (ids(first_batches(numbered, 30, 7, seed=3)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_labels_stay_with_their_images(numbered):
    for batch in first_batches(numbered, 5, 4, seed=2):
        np.testing.assert_array_equal(batch["label"], batch["data"][:, 0, 1, 0] % 3)
