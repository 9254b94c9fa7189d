"""Prepared sets of pairs: images with the source that they are translated from."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities
from tfgan.data import ArraySource, open_source
from tfgan.data.decoding import preprocessing
from tfgan.data.sources import pairs, prepared
from tfgan.data.sources.computed import Computed
from tfgan.data.sources.tfrecord.stream import TFRecordSource

from . import sets

DRAW = np.random.default_rng(0)
PHOTOS = DRAW.integers(0, 256, (100, 8, 12, 3), np.uint8)
PHOTOS[:, 0, 0, 0] = np.arange(100)
MASKS = DRAW.integers(0, 3, (100, 8, 12, 1), np.uint8)
CLASSES = modalities.Masks(("ground", "sky", "sea"), ((0, 0, 0), (1, 2, 3), (9, 9, 9)))


def paired():
    target = ArraySource("b", PHOTOS, np.arange(100) % 4)
    source = ArraySource("a", MASKS, modality=CLASSES)
    return pairs.without_held_out("p", target, source, np.arange(100) % 10 == 0)


def computed():
    return Computed("gray", ArraySource("a", PHOTOS, open_held_out=lambda: rest))


rest = ArraySource("a", PHOTOS[:10])


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    sets.few_a_shard(monkeypatch)


def copied(source, folder, **options):
    prepared.write(source, str(folder), {})
    return open_source(f"tfrecord:{folder}", **options)


@pytest.mark.parametrize("make", [paired, computed])
@pytest.mark.parametrize("options", [{}, {"start": 7}, {"flip": True, "jitter": True}])
def test_the_batches_of_a_set_of_pairs_are_those_of_its_source(tmp_path, make, options):
    source = make()
    copy = copied(source, tmp_path)
    assert (copy.spec, copy.count) == (source.spec, source.count)
    one, other = (
        sets.joined(each.batches(20, seed=3, **options).take(9).as_numpy_iterator())
        for each in (copy, source)
    )
    sets.assert_equal(one, other)
    one, other = (sets.joined(each.held_out.examples()) for each in (copy, source))
    sets.assert_equal(one, other)


def test_a_set_of_pairs_has_both_directions(tmp_path):
    copy = copied(paired(), tmp_path, direction="BtoA")
    assert copy.spec.modality == CLASSES and copy.spec.classes == 4
    examples = sets.joined(copy.examples())
    expected = sets.joined(pairs.Swapped(paired()).examples())
    sets.assert_equal(examples, expected)


@pytest.mark.parametrize("scheme", ["local", "ram"])
def test_both_images_are_preprocessed_as_they_are_read(tmp_path, scheme):
    folder = tmp_path if scheme == "local" else f"ram://{tmp_path.name}/pairs"
    plain = copied(paired(), folder)
    copy = open_source(f"tfrecord:{folder}", image_size=(4, 4), channels=1)
    assert isinstance(copy, TFRecordSource) == (scheme == "ram")
    source = copy.spec.conditions["source"]
    assert (copy.spec.shape, source.shape, source.modality) == ((4, 4, 1), (4, 4, 3), CLASSES)
    options = preprocessing.ImagePreprocessing((4, 4), channels=1)
    stored, examples = sets.joined(plain.examples()), sets.joined(copy.examples())
    np.testing.assert_array_equal(examples["data"], options(stored["data"]))
    nearest = tf.image.resize(stored["source"], (4, 6), "nearest")[:, :, 1:5]
    np.testing.assert_array_equal(examples["source"], nearest)


def test_a_set_of_masks_to_make_is_resized_as_well(tmp_path):
    copied(pairs.Swapped(paired()), tmp_path)
    copy = open_source(f"tfrecord:{tmp_path}", image_size=(4, 6))
    assert (copy.spec.shape, copy.spec.conditions["source"].shape) == ((4, 6, 3), (4, 6, 3))
    assert copy.spec.modality == CLASSES


def test_other_pairs_are_another_set(tmp_path):
    prepared.write(paired(), str(tmp_path), {})
    with pytest.raises(ValueError, match="prepared from other data or with other options"):
        prepared.write(pairs.Swapped(paired()), str(tmp_path), {})


def test_unpaired_domains_are_refused(tmp_path):
    domain = ArraySource("a", PHOTOS)
    with pytest.raises(ValueError, match="u has two unpaired domains.*prepare each domain on its"):
        prepared.write(pairs.Unpaired("u", domain, domain), str(tmp_path), {})
