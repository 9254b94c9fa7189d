"""Labels that stay known: how many, which, and that nothing else changes."""

import numpy as np
import pytest

from tfgan.data import ArraySource, add_unlabeled, keep_labels, open_source, repeat_labeled


def source(count=60, classes=3, seed=0, order=None):
    data = np.random.default_rng(seed).normal(size=(count, 2)).astype(np.float32)
    label = np.arange(count) % classes
    order = np.arange(count) if order is None else order
    return ArraySource("points", data[order], label[order])


def labels(copied):
    return np.concatenate([batch["label"] for batch in copied.examples()])


def known(copied):
    """The examples whose label is known, as a set of their contents."""
    is_known = copied.label >= 0
    return {row.tobytes() for row in copied.data[is_known]}


def test_every_class_keeps_equally_many_and_the_rest_are_minus_one():
    whole = source()
    result = labels(keep_labels(whole, 12))
    assert {value: int(np.sum(result == value)) for value in (-1, 0, 1, 2)} == {
        -1: 48, 0: 4, 1: 4, 2: 4,
    }  # fmt: skip
    is_known = result >= 0
    np.testing.assert_array_equal(result[is_known], labels(whole)[is_known])


def test_which_are_kept_depends_on_the_examples_and_the_seed_and_not_on_their_order():
    shuffled = source(order=np.random.default_rng(1).permutation(60))
    assert known(keep_labels(source(), 12)) == known(keep_labels(shuffled, 12))
    assert known(keep_labels(source(), 12)) != known(keep_labels(source(), 12, seed=1))


def test_order_content_and_fingerprint_stay():
    whole = source()
    part = keep_labels(whole, 3)
    assert part.fingerprint == whole.fingerprint
    first, second = (next(iter(each.batches(8, seed=0))) for each in (whole, part))
    np.testing.assert_array_equal(first["data"], second["data"])
    assert int(np.min(labels(whole))) == 0  # the whole keeps its labels


def test_no_held_out_example_is_counted_and_held_out_labels_stay():
    digits = open_source("mnist5k")
    part = keep_labels(digits, 100)
    result = labels(part)
    assert np.sum(result >= 0) == 100 and len(result) == 4_500
    np.testing.assert_array_equal(np.bincount(result[result >= 0]), [10] * 10)
    assert labels(part.held_out).min() == 0


@pytest.mark.parametrize("count", [0, 2, 10])
def test_a_count_that_is_no_multiple_of_the_classes_is_refused(count):
    with pytest.raises(ValueError, match=f"multiple of the 3 classes of points; received {count}"):
        keep_labels(source(), count)


def test_more_labels_than_the_smallest_class_has_examples_are_refused():
    with pytest.raises(
        ValueError, match="at most 6, because points has 2 examples of class 1; received 12"
    ):
        keep_labels(source(count=7), 12)


def test_a_source_without_labels_is_refused():
    with pytest.raises(ValueError, match="toy:swiss_roll is without labels"):
        keep_labels(open_source("toy:swiss_roll"), 10)


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_labeled_examples_are_repeated_equally_often_until_they_have_their_share(share):
    part = keep_labels(source(), 6)
    repeated = repeat_labeled(part, share)
    result = labels(repeated)
    assert repeated.count == len(result) and np.sum(result == -1) == 54
    assert np.sum(result >= 0) == 6 * {0.2: 3, 0.5: 9}[share]  # 13.5 and 54 at least
    rows, counts = np.unique(repeated.rows, return_counts=True)
    assert len(rows) == 60 and set(counts) == {1, {0.2: 3, 0.5: 9}[share]}
    assert part.count == 60 and repeated.fingerprint == part.fingerprint


def test_a_share_that_is_reached_changes_nothing_and_one_of_all_is_refused():
    part = keep_labels(source(), 6)
    assert repeat_labeled(part, 0.1) is part
    with pytest.raises(ValueError, match=r"share must be in \[0, 1\); received 1.0"):
        repeat_labeled(part, 1.0)


def points(values, label=None, open_held_out=None):
    data = np.array([[value] for value in values], np.float32)
    return ArraySource("more", data, label, open_held_out=open_held_out)


def test_added_examples_have_no_label_and_what_is_held_out_stays_out():
    whole = points([0, 1, 2, 3], np.array([0, 1, 0, 1]), lambda: points([8, 9], np.array([0, 1])))
    more = points([5, 6, 9], np.array([1, 1, 1]), lambda: points([7, 8]))
    joined = add_unlabeled(whole, more)
    batches = list(joined.examples())
    rows = zip(
        np.concatenate([batch["data"] for batch in batches])[:, 0],
        np.concatenate([batch["label"] for batch in batches]),
        strict=True,
    )
    assert sorted((int(x), int(label)) for x, label in rows) == [
        (0, 0), (1, 1), (2, 0), (3, 1), (5, -1), (6, -1), (7, -1),
    ]  # fmt: skip
    assert labels(joined.held_out).tolist() == labels(whole.held_out).tolist()
    assert whole.count == 4


def test_more_examples_of_another_form_are_refused():
    with pytest.raises(
        ValueError, match=r"unlabeled must hold float32 \[2\].*received float32 \[1\]"
    ):
        add_unlabeled(source(), points([1, 2]))
    with pytest.raises(ValueError, match="unlabeled needs data with labels to join; more has none"):
        add_unlabeled(points([1]), points([2]))
