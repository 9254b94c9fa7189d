"""Sets on the disk in the form of TensorFlow Datasets."""

import numpy as np
import pytest
import tensorflow_datasets
from tensorflow_datasets import features

from tfgan.data import open_source

from .pair_files import MASKS, PHOTOS, all_of, assert_pairs, every

IMAGE, MASK = features.Image(shape=(6, 8, 3)), features.Image(shape=(6, 8, 1))
LABEL = features.ClassLabel(names=["cat", "dog"])


def stored(folder, of_features, **splits):
    """A real set with these splits; each is a dict of arrays."""
    examples = {
        split: [
            (number, dict(zip(arrays, row, strict=True)))
            for number, row in enumerate(zip(*arrays.values(), strict=True))
        ]
        for split, arrays in splits.items()
    }
    tensorflow_datasets.dataset_builders.store_as_tfds_dataset(
        name="our_set",
        version="1.0.0",
        data_dir=str(folder),
        features=features.FeaturesDict(of_features),
        split_datasets=examples,
        disable_shuffling=True,
    )


def rows(part, offset=1):
    return {"image": PHOTOS[part], "segmentation_mask": MASKS[part] + np.uint8(offset)}


@pytest.fixture(scope="module")
def pets(tmp_path_factory):
    """As oxford_iiit_pet: masks of the values 1, 2 and 3."""
    folder = tmp_path_factory.mktemp("pets")
    form = {"image": IMAGE, "segmentation_mask": MASK, "label": LABEL}
    label = np.arange(12) % 2
    train, test = (rows(part) | {"label": label[part]} for part in (slice(0, 9), slice(9, 12)))
    stored(folder, form, train=train, test=test)
    return str(folder)


def test_a_mask_is_the_source_of_its_image(pets):
    source = open_source("pairs:tfds:our_set", data_dir=pets)
    assert_pairs(all_of(source), PHOTOS[:9], MASKS[:9])
    assert_pairs(all_of(source.held_out), PHOTOS[9:], MASKS[9:])
    examples = all_of(source)
    labels = {image.tobytes(): number % 2 for number, image in enumerate(PHOTOS)}
    assert [labels[image.tobytes()] for image in examples["data"]] == examples["label"].tolist()


def test_the_classes_are_the_values_that_occur(pets):
    source = open_source("pairs:tfds:our_set", data_dir=pets)
    assert source.spec.conditions["source"].modality.class_names == ("1", "2", "3")
    assert source.decisions == {"mask_values": [1, 2, 3]}


def test_a_split_of_one_s_own_gives_a_tenth(pets):
    source = open_source("pairs:tfds:our_set@train+test", data_dir=pets)
    assert (source.count, source.held_out.count) == (11, 1)
    assert_pairs(every(source), PHOTOS, MASKS)


def test_masks_are_resized_to_the_nearest_pixel(pets):
    source = open_source("pairs:tfds:our_set", data_dir=pets, image_size=(3, 4))
    assert np.unique(all_of(source)["source"]).tolist() == [0, 1, 2]
    assert source.spec.conditions["source"].shape == (3, 4, 3)


def test_named_classes_are_those_of_the_set(tmp_path):
    form = {
        "image": IMAGE,
        "segmentation_mask": features.LabeledImage(labels=["a", "b", "c", "d"], shape=(6, 8, 1)),
    }
    stored(tmp_path, form, train=rows(slice(0, 12), offset=0))
    source = open_source("pairs:tfds:our_set", data_dir=str(tmp_path))
    assert source.spec.conditions["source"].modality.class_names == ("a", "b", "c", "d")
    assert source.decisions == {}
    assert_pairs(every(source), PHOTOS, MASKS)


def test_a_value_that_no_training_mask_has_is_refused(tmp_path):
    form = {"image": IMAGE, "segmentation_mask": MASK}
    stored(tmp_path, form, train=rows(slice(0, 9)), test=rows(slice(9, 12), offset=3))
    with pytest.raises(ValueError, match="must hold the values 1, 2, 3 .* received 4"):
        open_source("pairs:tfds:our_set", data_dir=str(tmp_path))


def test_a_set_without_masks_is_refused(tmp_path):
    stored(tmp_path, {"image": IMAGE, "label": LABEL}, train={"image": PHOTOS, "label": [0] * 12})
    sentence = "must have the features image and segmentation_mask; received image, label"
    with pytest.raises(ValueError, match=sentence):
        open_source("pairs:tfds:our_set", data_dir=str(tmp_path))


def test_the_fingerprint_of_pairs_covers_the_masks(tmp_path):
    form, digests = {"image": IMAGE, "segmentation_mask": MASK}, set()
    for number, masks in enumerate((MASKS, MASKS[::-1])):
        train = {"image": PHOTOS, "segmentation_mask": masks}
        stored(tmp_path / str(number), form, train=train)
        source = open_source("pairs:tfds:our_set", data_dir=f"{tmp_path}/{number}")
        digests.add(source.fingerprint)
    assert len(digests) == 2
