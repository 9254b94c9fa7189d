import numpy as np
import pytest

from tfgan.data import example_order


def test_a_permutation_holds_everything_once():
    assert sorted(example_order.permutation(7, 3, 100)) == list(range(100))


@pytest.mark.parametrize("other", [(8, 3, "order"), (7, 4, "order"), (7, 3, "shards")])
def test_seed_epoch_and_purpose_change_the_permutation(other):
    seed, epoch, purpose = other
    one, two = (
        example_order.permutation(7, 3, 100),
        example_order.permutation(seed, epoch, 100, purpose),
    )
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("seed", [-1, 0, 2**63, 2**64 - 1])
def test_any_64_bit_seed_is_taken(seed):
    assert np.array_equal(
        example_order.permutation(seed, 0, 9), example_order.permutation(seed, 0, 9)
    )


@pytest.mark.parametrize("first", [0, 1, 3, 4, 17])
def test_a_flip_depends_on_its_position_alone(first):
    together = example_order.flips(5, 0, 40)
    assert np.array_equal(example_order.flips(5, first, 20), together[first : first + 20])


def test_half_of_the_positions_are_flipped():
    share = example_order.flips(0, 10**12, 100_000).mean()
    assert abs(share - 0.5) < 5 * 0.5 / np.sqrt(100_000)


def test_seeds_flip_differently():
    assert not np.array_equal(example_order.flips(1, 0, 64), example_order.flips(2, 0, 64))
