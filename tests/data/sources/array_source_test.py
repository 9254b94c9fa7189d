import hashlib

import numpy as np
import pytest

from tfgan.data import ArraySource

from .numbered import first_batches, ids, images


def test_points_have_no_label_and_no_flip():
    source = ArraySource("toy:test", np.zeros((5, 2), np.float32))
    assert list(source.batches(2, seed=0).element_spec) == ["data"]
    with pytest.raises(ValueError, match="flip is for images; toy:test holds points"):
        source.batches(2, seed=0, flip=True)


def test_a_mapped_file_gives_the_same_batches(numbered, tmp_path):
    np.save(tmp_path / "data.npy", numbered.data)
    mapped = ArraySource("mapped", np.load(tmp_path / "data.npy", mmap_mode="r"), numbered.label)
    assert isinstance(mapped.data, np.memmap)
    np.testing.assert_array_equal(
        ids(first_batches(numbered, 6, 4, seed=0)), ids(first_batches(mapped, 6, 4, seed=0))
    )
    assert mapped.fingerprint == numbered.fingerprint


def test_the_fingerprint_is_that_of_the_content(numbered):
    one_pixel = numbered.data.copy()
    one_pixel[4, 1, 1] += 1
    others = [
        ArraySource("a", one_pixel, numbered.label),
        ArraySource("a", numbered.data, numbered.label[::-1]),
        ArraySource("a", numbered.data),
        ArraySource("a", numbered.data.reshape(10, 4, 3, 1), numbered.label),
    ]
    prints = {other.fingerprint for other in others} | {numbered.fingerprint}
    assert len(prints) == 5
    assert len(numbered.fingerprint) == len(hashlib.sha256().hexdigest())
    copy = ArraySource("another name", numbered.data.copy(), numbered.label)
    assert copy.fingerprint == numbered.fingerprint


def test_the_spec_names_the_classes(numbered):
    assert (numbered.spec.classes, numbered.spec.class_names) == (3, ("0", "1", "2"))


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
