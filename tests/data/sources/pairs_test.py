import numpy as np
import pytest

from tfgan.data import ArraySource, Facts, open_source
from tfgan.data.sources import pairs

from .numbered import first_batches, images


def paired(count=10, held_out=None):
    """Pairs whose images have the same number; data are gray, sources in color."""
    label = np.arange(count) % 3
    target = ArraySource("b", images(count), label, facts=Facts(extractor="digits"))
    source = ArraySource("a", np.repeat(images(count, height=5), 3, axis=-1))
    return pairs.Paired("pairs:test", target, source, held_out)


def unpaired(targets=10, sources=6):
    return pairs.Unpaired(
        "unpaired:test",
        ArraySource("b", images(targets), open_held_out=lambda: ArraySource("b", images(3))),
        ArraySource("a", images(sources), open_held_out=lambda: ArraySource("a", images(5))),
    )


def numbers(batches, name):
    return np.concatenate([batch[name][:, 0, 1, 0] for batch in batches])


def test_images_of_a_pair_stay_together_in_every_order():
    source = paired()
    for batches in (first_batches(source, 7, 4, seed=1), list(source.examples(batch_size=3))):
        np.testing.assert_array_equal(numbers(batches, "data"), numbers(batches, "source"))
        labels = np.concatenate([batch["label"] for batch in batches])
        np.testing.assert_array_equal(labels, numbers(batches, "data") % 3)


def test_pairs_are_read_in_the_order_of_their_targets_alone():
    target = ArraySource("b", images(10))
    np.testing.assert_array_equal(
        numbers(first_batches(paired(), 5, 4, seed=1), "data"),
        numbers(first_batches(target, 5, 4, seed=1), "data"),
    )


def test_each_image_of_a_pair_has_its_own_form():
    spec = paired().spec
    assert (spec.shape, spec.conditions["source"].shape) == ((3, 4, 1), (5, 4, 3))
    assert spec.is_paired and spec.classes == 3
    form = paired().batches(4, seed=0).element_spec
    assert (form["data"].shape, form["source"].shape) == ((4, 3, 4, 1), (4, 5, 4, 3))


def test_pairs_need_as_many_sources_as_targets():
    with pytest.raises(
        ValueError, match="p must have one source for each of the 4 targets; rec.*3"
    ):
        pairs.Paired("p", ArraySource("b", images(4)), ArraySource("a", images(3)))


def test_held_out_pairs_have_the_shapes_of_training():
    held_out = pairs.Paired("p", ArraySource("b", images(4)), ArraySource("a", images(4, height=5)))
    sentence = r"shapes of training, \[5, 4, 3\] to \[3, 4, 1\]; received \[5, 4, 1\] to \[3, "
    with pytest.raises(ValueError, match=sentence):
        paired(held_out=held_out)


def test_the_fingerprint_of_pairs_covers_both_sides():
    def of(target, source):
        return pairs.Paired("p", ArraySource("b", target), ArraySource("a", source)).fingerprint

    one, other = images(4), images(4)[::-1]
    assert len({of(one, one), of(one, other), of(other, one), of(other, other)}) == 4


def test_pairs_are_held_out_together():
    target, source = ArraySource("b", images(10)), ArraySource("a", images(10))
    is_held_out = np.arange(10) % 5 == 0
    whole = pairs.without_held_out("p", target, source, is_held_out)
    assert sorted(numbers(whole.examples(), "data")) == [1, 2, 3, 4, 6, 7, 8, 9]
    [rest] = whole.held_out.examples()
    assert sorted(numbers([rest], "data")) == [0, 5]
    np.testing.assert_array_equal(numbers([rest], "data"), numbers([rest], "source"))
    assert whole.fingerprint != whole.held_out.fingerprint
    assert pairs.without_held_out("p", target, source, is_held_out & False).held_out is None


def test_each_unpaired_domain_is_read_once_an_epoch_of_its_own():
    batches = first_batches(unpaired(), 30, 2, seed=1)
    data, source = numbers(batches, "data"), numbers(batches, "source")
    assert (np.sort(data.reshape(6, 10)) == np.arange(10)).all()
    assert (np.sort(source.reshape(10, 6)) == np.arange(6)).all()
    assert unpaired().count == 10 and not unpaired().spec.is_paired


def test_unpaired_domains_of_equal_images_are_in_different_orders():
    batches = first_batches(unpaired(10, 10), 5, 2, seed=1)
    assert (numbers(batches, "data") != numbers(batches, "source")).any()


def test_examples_of_unpaired_domains_hold_the_larger_domain_once():
    for source in (unpaired(10, 6), unpaired(6, 10)):
        batches = list(source.examples(batch_size=4))
        data, condition = numbers(batches, "data"), numbers(batches, "source")
        assert len(data) == len(condition) == 10
        assert set(data) | set(condition) == set(range(10))
        later = np.concatenate([data[4:], condition[4:]])
        rest = list(source.examples(batch_size=2, start=4))
        again = np.concatenate([numbers(rest, "data"), numbers(rest, "source")])
        np.testing.assert_array_equal(again, later)


def test_unpaired_domains_continue_where_a_run_was_stopped():
    whole, rest = (first_batches(unpaired(), 9 - n, 4, seed=1, start=n) for n in (0, 5))
    for name in ("data", "source"):
        np.testing.assert_array_equal(numbers(whole[5:], name), numbers(rest, name))


def test_a_batch_has_at_most_the_examples_of_the_smaller_domain():
    with pytest.raises(ValueError, match="batch_size 8 is larger than .* of a, 6"):
        unpaired().batches(8, seed=0)


def test_the_held_out_part_of_unpaired_domains_is_that_of_both():
    held_out = unpaired().held_out
    assert held_out.count == 5 and not held_out.spec.is_paired
    lacking = pairs.Unpaired("u", ArraySource("b", images(4)), unpaired()._source)
    assert lacking.held_out is None


@pytest.mark.parametrize("make", [paired, unpaired])
def test_the_other_direction_swaps_data_and_sources(make):
    source = make()
    swapped = pairs.Swapped(source)
    assert swapped.spec.shape == source.spec.conditions["source"].shape
    assert swapped.spec.conditions["source"].shape == source.spec.shape
    assert swapped.spec.is_paired == source.spec.is_paired and swapped.count == source.count
    reads = (lambda each: first_batches(each, 5, 4, seed=2), lambda each: list(each.examples(7)))
    for read in reads:
        for one, other in zip(read(source), read(swapped), strict=True):
            np.testing.assert_array_equal(one["data"], other["source"])
            np.testing.assert_array_equal(one["source"], other["data"])
    assert swapped.fingerprint != source.fingerprint


def test_the_other_direction_keeps_the_labels_of_pairs():
    swapped = pairs.Swapped(paired())
    assert swapped.spec.classes == 3 and swapped.spec.class_names == ("0", "1", "2")
    [batch] = first_batches(swapped, 1, 10, seed=0)
    np.testing.assert_array_equal(batch["label"], batch["data"][:, 0, 1, 0] % 3)
    assert swapped.facts == Facts()  # the extractor was made for what is now the source


def test_the_other_direction_of_unpaired_domains_has_no_labels():
    labeled = ArraySource("b", images(10), np.arange(10) % 3)
    swapped = pairs.Swapped(pairs.Unpaired("u", labeled, ArraySource("a", images(6))))
    assert swapped.spec.classes is None
    assert set(first_batches(swapped, 1, 4, seed=0)[0]) == {"data", "source"}


def test_held_out_examples_are_swapped_as_well():
    source = paired(held_out=paired(4))
    held_out = pairs.Swapped(source).held_out
    assert (held_out.count, held_out.spec.shape) == (4, (5, 4, 3))
    assert pairs.Swapped(paired()).held_out is None


def test_a_direction_opens_either_way():
    forward, plain, back = (
        open_source("toy:textures", direction=each) for each in ("AtoB", None, "BtoA")
    )
    assert forward.fingerprint == plain.fingerprint != back.fingerprint
    assert (plain.spec.modality.kind, back.spec.modality.kind) == ("images", "masks")
    assert back.held_out.spec.modality.kind == "masks"


@pytest.mark.parametrize("direction", ["AtoB", "BtoA"])
def test_what_has_no_sources_has_no_direction(direction):
    with pytest.raises(ValueError, match="toy:ring has no sources to translate from"):
        open_source("toy:ring", direction=direction)


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="direction must be one of AtoB, BtoA; received 'A'"):
        open_source("toy:textures", direction="A")
