import sys

import numpy as np
import pytest
import tensorflow as tf
import tensorflow_datasets

from tfgan.data import open_source
from tfgan.data.decoding import cache
from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import tfds


@pytest.fixture
def mock():
    with tensorflow_datasets.testing.mock_data(num_examples=6):
        yield


@pytest.mark.parametrize(
    ("name", "shape", "classes"),
    [
        ("mnist", (28, 28, 1), 10),
        ("cifar10", (32, 32, 3), 10),
        ("cifar10@test", (32, 32, 3), 10),
    ],
)
def test_an_image_set_is_read_with_its_labels(mock, name, shape, classes):
    source = open_source(f"tfds:{name}")
    assert (source.spec.shape, source.spec.classes, source.count) == (shape, classes, 6)
    batch = next(iter(source.batches(4, seed=0)))
    assert batch["data"].dtype == tf.uint8 and batch["label"].shape == (4,)


def test_the_pixels_and_labels_are_those_of_tfds(mock):
    source = open_source("tfds:cifar10")
    examples = list(tensorflow_datasets.load("cifar10", split="train").as_numpy_iterator())
    np.testing.assert_array_equal(source.data, [example["image"] for example in examples])
    assert source.label.tolist() == [example["label"] for example in examples]


def test_images_of_several_sizes_need_image_size(mock):
    with pytest.raises(ValueError, match=r"several sizes.*\(example 0\).*give --image_size"):
        open_source("tfds:lsun/classroom")
    source = open_source("tfds:lsun/classroom", image_size=(16, 24), channels=1)
    assert source.data.shape == (6, 16, 24, 1) and source.spec.classes is None


def test_a_large_set_goes_to_disk_and_is_found_again(mock, tmp_path, monkeypatch):
    inside = open_source("tfds:mnist", cache_dir=str(tmp_path))
    monkeypatch.setattr(cache, "MEMORY_LIMIT", 100)
    mapped = open_source("tfds:mnist", cache_dir=str(tmp_path))
    monkeypatch.setattr(tfds, "_numbered", None)  # a second decoding would fail
    again = open_source("tfds:mnist", cache_dir=str(tmp_path))
    for source in (mapped, again):
        assert isinstance(source.data, np.memmap)
        np.testing.assert_array_equal(source.data, inside.data)
        np.testing.assert_array_equal(source.label, inside.label)
        assert source.fingerprint == inside.fingerprint


def test_the_fingerprint_names_the_set_and_the_split(mock):
    names = ("tfds:mnist", "tfds:mnist@test", "tfds:fashion_mnist")
    assert len({open_source(name).fingerprint for name in names}) == 3


def stored(folder, features, examples):
    """A real data set on disk, with two splits."""
    tensorflow_datasets.dataset_builders.store_as_tfds_dataset(
        name="our_set",
        version="1.0.0",
        data_dir=str(folder),
        features=tensorflow_datasets.features.FeaturesDict(features),
        split_datasets={"train": examples, "test": examples[:1]},
        disable_shuffling=True,
    )


def test_a_set_in_data_dir_is_read(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (4, 5, 3), np.uint8)
    features = {
        "photo": tensorflow_datasets.features.Image(shape=(None, None, 3)),
        "label": tensorflow_datasets.features.ClassLabel(names=["cat", "dog"]),
    }
    examples = [(0, {"photo": image, "label": 1}), (1, {"photo": image // 2, "label": 0})]
    stored(tmp_path, features, examples)
    source = open_source("tfds:our_set", data_dir=str(tmp_path))
    np.testing.assert_array_equal(source.data, [image, image // 2])
    assert source.label.tolist() == [1, 0] and source.spec.class_names == ("cat", "dog")
    part = open_source("tfds:our_set@train[1:]", data_dir=str(tmp_path))
    np.testing.assert_array_equal(part.data, [image // 2])
    with pytest.raises(ValueError, match="has no split 'tset'; its splits are test, train"):
        open_source("tfds:our_set@tset", data_dir=str(tmp_path))


def test_alpha_of_a_set_is_decided_and_can_be_kept(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (4, 5, 4), np.uint8)
    image[..., 3] = 0
    features = {"image": tensorflow_datasets.features.Image(shape=(None, None, 4))}
    stored(tmp_path, features, [(0, {"image": image})])
    hidden = open_source("tfds:our_set", data_dir=str(tmp_path), background=(0, 0, 0))
    assert (hidden.data == 0).all() and hidden.spec.shape == (4, 5, 3)
    assert hidden.decisions == {"alpha": "on black (--background)"}
    remaining = open_source("tfds:our_set", data_dir=str(tmp_path), channels=4)
    np.testing.assert_array_equal(remaining.data, [image])
    assert remaining.decisions == {} and remaining.fingerprint != hidden.fingerprint


@pytest.mark.parametrize(
    ("features", "message"),
    [
        (
            {"left": ((2, 2, 3), np.uint8), "right": ((2, 2, 3), np.uint8)},
            "must have a feature image, or one image feature; received left, right",
        ),
        ({"image": ((2, 2, 1), np.uint16)}, "must be uint8; received .*uint16"),
    ],
)
def test_a_set_of_something_else_is_refused(features, message):
    features = {
        name: tensorflow_datasets.features.Image(shape=shape, dtype=dtype)
        for name, (shape, dtype) in features.items()
    }
    with pytest.raises(ValueError, match=message):
        tfds._features("tfds:a", features)


def test_an_unknown_set_is_refused_with_the_nearest():
    with pytest.raises(
        ValueError, match="TFDS has no dataset 'fashion_mnits'; the nearest are fashion"
    ):
        open_source("tfds:fashion_mnits")


def test_a_set_that_cannot_be_prepared_is_refused(monkeypatch):
    def fail(self):
        raise AssertionError("Put the files into a folder.")

    builder = tensorflow_datasets.core.DatasetBuilder
    monkeypatch.setattr(builder, "download_and_prepare", fail)
    with pytest.raises(ValueError, match="tfds:mnist cannot be prepared by TFDS: Put the files"):
        tfds.open_dataset("mnist", preprocess=ImagePreprocessing())


def test_without_tfds_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)
    with pytest.raises(ValueError, match=r"pip install 'tfgan\[tfds\]'"):
        open_source("tfds:mnist")


@pytest.fixture(scope="module")
def domains(tmp_path_factory):
    """Two domains of images, in the form of cycle_gan/maps."""
    folder = tmp_path_factory.mktemp("domains")
    features = tensorflow_datasets.features
    image = np.random.default_rng(0).integers(0, 256, (22, 4, 5, 3), np.uint8)
    splits = {"trainA": range(8), "trainB": range(8, 14), "testA": range(14, 19), "testB": (19, 20)}
    tensorflow_datasets.dataset_builders.store_as_tfds_dataset(
        name="our_domains",
        version="1.0.0",
        data_dir=str(folder),
        features=features.FeaturesDict(
            {"image": features.Image(), "label": features.ClassLabel(names=["A", "B"])}
        ),
        split_datasets={
            split: [(row, {"image": image[row], "label": "AB".index(split[-1])}) for row in rows]
            for split, rows in splits.items()
        },
        disable_shuffling=True,
    )
    return str(folder), {split: image[list(rows)] for split, rows in splits.items()}


def contents(images):
    return {image.tobytes() for image in np.asarray(images)}


@pytest.mark.parametrize("name", ["tfds:our_domains", "unpaired:tfds:our_domains"])
def test_a_set_of_two_domains_is_unpaired(domains, name):
    folder, images = domains
    source = open_source(name, data_dir=folder)
    assert source.count == 8 and source.spec.classes is None and not source.spec.is_paired
    [batch] = source.batches(6, seed=0).take(1)
    assert contents(batch["data"]) == contents(images["trainB"])
    assert contents(batch["source"]) < contents(images["trainA"])
    [rest] = source.held_out.examples()
    assert contents(rest["data"]) == contents(images["testB"])
    assert contents(rest["source"]) == contents(images["testA"])


def test_one_domain_can_be_read_alone(domains):
    folder, images = domains
    source = open_source("tfds:our_domains@trainA", data_dir=folder)
    assert not source.spec.conditions
    assert contents(source.data) == contents(images["trainA"])


def test_a_set_without_domains_is_not_unpaired(tmp_path):
    image = np.zeros((4, 5, 3), np.uint8)
    stored(tmp_path, {"image": tensorflow_datasets.features.Image()}, [(0, {"image": image})])
    with pytest.raises(
        ValueError, match="must have the splits trainA and trainB; received test, t"
    ):
        open_source("unpaired:tfds:our_set", data_dir=str(tmp_path))


def test_the_sets_of_cycle_gan_have_images_and_labels(tmp_path):
    builder = tensorflow_datasets.builder("cycle_gan/maps", data_dir=str(tmp_path))
    assert tfds._features("it", builder.info.features) == ("image", ["A", "B"])
