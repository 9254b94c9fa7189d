import hashlib

import numpy as np
import pytest

from tfgan import memory
from tfgan.data import ArraySource


def images(count, height=3, width=4):
    """Image i is filled with i, but for a mark in its first column."""
    data = np.arange(count, dtype=np.uint8)[:, None, None, None]
    data = np.tile(data, (1, height, width, 1))
    data[:, :, 0] = 255
    return data


def taken(source, count, batch_size, **options):
    dataset = source.batches(batch_size, **options)
    return [
        {key: value.numpy() for key, value in batch.items()}
        for batch, _ in zip(dataset, range(count), strict=False)
    ]


def ids(batches):
    return np.concatenate([batch["data"][:, 0, 1, 0] for batch in batches])


@pytest.fixture
def source():
    return ArraySource("arrays:test", images(10), np.arange(10) % 3)


@pytest.mark.parametrize("start", [1, 2, 3, 9])
def test_starting_late_equals_skipping(source, start):
    whole = taken(source, start + 4, 4, seed=5, flip=True)
    late = taken(source, 4, 4, seed=5, start=start, flip=True)
    for one, two in zip(whole[start:], late, strict=True):
        np.testing.assert_array_equal(one["data"], two["data"])
        np.testing.assert_array_equal(one["label"], two["label"])


def test_each_epoch_is_another_permutation(source):
    order = ids(taken(source, 15, 4, seed=0)).reshape(6, 10)
    assert all(sorted(epoch) == list(range(10)) for epoch in order)
    assert len({tuple(epoch) for epoch in order}) == 6


def test_the_batch_size_does_not_change_the_order(source):
    np.testing.assert_array_equal(
        ids(taken(source, 12, 5, seed=1)), ids(taken(source, 20, 3, seed=1))
    )


def test_a_batch_may_be_the_whole_set(source):
    for batch in taken(source, 2, 10, seed=1):
        assert sorted(ids([batch])) == list(range(10))


def test_seeds_differ(source):
    one, two = (ids(taken(source, 3, 10, seed=seed)) for seed in (0, 1))
    assert not np.array_equal(one, two)


def test_two_readings_are_equal(source):
    one, two = (ids(taken(source, 30, 7, seed=3)) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_labels_stay_with_their_images(source):
    for batch in taken(source, 5, 4, seed=2):
        np.testing.assert_array_equal(batch["label"], batch["data"][:, 0, 1, 0] % 3)


def test_batches_are_raw_and_have_a_static_shape(source):
    spec = source.batches(4, seed=0).element_spec
    assert (spec["data"].dtype.name, spec["data"].shape) == ("uint8", (4, 3, 4, 1))
    assert (spec["label"].dtype.name, spec["label"].shape) == ("int32", (4,))


def test_a_flip_mirrors_about_half_of_the_images_left_to_right(source):
    plain = np.concatenate([b["data"] for b in taken(source, 100, 10, seed=4)])
    mixed = np.concatenate([b["data"] for b in taken(source, 100, 10, seed=4, flip=True)])
    flipped = mixed[:, 0, -1, 0] == 255
    assert abs(flipped.mean() - 0.5) < 5 * 0.5 / np.sqrt(1000)
    np.testing.assert_array_equal(mixed[~flipped], plain[~flipped])
    np.testing.assert_array_equal(mixed[flipped], plain[flipped][:, :, ::-1])


def test_a_flip_is_decided_anew_each_epoch(source):
    mixed = np.concatenate([b["data"] for b in taken(source, 20, 10, seed=4, flip=True)])
    turned = mixed[:, 0, -1, 0] == 255
    of_image_0 = turned[np.flatnonzero(mixed[:, 0, 1, 0] == 0)]
    assert 0 < of_image_0.sum() < 20


def test_points_have_no_label_and_no_flip():
    source = ArraySource("toy:test", np.zeros((5, 2), np.float32))
    assert list(source.batches(2, seed=0).element_spec) == ["data"]
    with pytest.raises(ValueError, match="flip mirrors images; toy:test holds points"):
        source.batches(2, seed=0, flip=True)


def test_a_mapped_file_gives_the_same_batches(source, tmp_path):
    np.save(tmp_path / "data.npy", source.data)
    mapped = ArraySource("mapped", np.load(tmp_path / "data.npy", mmap_mode="r"), source.label)
    assert isinstance(mapped.data, np.memmap)
    np.testing.assert_array_equal(
        ids(taken(source, 6, 4, seed=0)), ids(taken(mapped, 6, 4, seed=0))
    )
    assert mapped.fingerprint == source.fingerprint


def test_the_fingerprint_is_that_of_the_content(source):
    one_pixel = source.data.copy()
    one_pixel[4, 1, 1] += 1
    others = [
        ArraySource("a", one_pixel, source.label),
        ArraySource("a", source.data, source.label[::-1]),
        ArraySource("a", source.data),
        ArraySource("a", source.data.reshape(10, 4, 3, 1), source.label),
    ]
    prints = {other.fingerprint for other in others} | {source.fingerprint}
    assert len(prints) == 5
    assert len(source.fingerprint) == len(hashlib.sha256().hexdigest())
    copy = ArraySource("another name", source.data.copy(), source.label)
    assert copy.fingerprint == source.fingerprint


def test_the_spec_names_the_classes(source):
    assert (source.spec.classes, source.spec.class_names) == (3, ("0", "1", "2"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"batch_size": 64},
            "batch_size 64 is larger than the number of examples of arrays:test, 10.",
        ),
        ({"batch_size": 0}, "batch_size must be at least 1; received 0"),
        ({"batch_size": 2, "start": -1}, "start must be a batch number from 0; received -1"),
    ],
)
def test_bad_batches_are_refused(source, options, message):
    with pytest.raises(ValueError, match=message):
        source.batches(**{"seed": 0} | options)


@pytest.mark.parametrize(
    ("label", "class_names", "message"),
    [
        ([0.0, 1.0, 2.0], None, "must be integers; received float64"),
        ([0, 1], None, r"one label per example, \[3\]; received \[2\]"),
        ([0, -1, 2], None, "must be 0 or more; row 1 has -1"),
        ([0, 1, 2], ["cat", "dog"], r"must be in 0\.\.1; row 2 has 2"),
    ],
)
def test_bad_labels_are_refused(label, class_names, message):
    with pytest.raises(ValueError, match=message):
        ArraySource("a", images(3), np.array(label), class_names)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (np.zeros((3, 2, 2), np.uint8), r"received uint8 \[n, 2, 2\]"),
        (np.zeros((3, 2), np.float64), r"received float64 \[n, 2\]"),
        (np.zeros((0, 2), np.float32), "holds no examples"),
    ],
)
def test_other_arrays_are_refused(data, message):
    with pytest.raises(ValueError, match=message):
        ArraySource("a", data)


def test_a_batch_larger_than_memory_is_refused_with_the_number(monkeypatch):
    source = ArraySource("a", np.zeros((8, 100, 100, 3), np.uint8))
    monkeypatch.setattr(memory, "free", lambda: 2**20)
    source.batches(4, seed=0)
    sentence = (
        r"A batch of 8 images of \[100, 100, 3\] needs 1.1 MiB of memory, of which 1.0 MiB may be "
        "taken; choose a smaller batch_size or image_size"
    )
    with pytest.raises(ValueError, match=sentence):
        source.batches(8, seed=0)
    source.batches(8, seed=0, worker=(0, 2))
