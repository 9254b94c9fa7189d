"""Stacked MNIST: the colors of an image are gray images."""

import numpy as np
import pytest

from tfgan.data import open_source
from tfgan.data.sources import by_name
from tfgan.data.sources.array_source import ArraySource
from tfgan.data.sources.stacked import Stacked

GRAY = np.arange(40 * 2 * 3, dtype=np.uint8).reshape(40, 2, 3, 1)  # no two images share a pixel


def stacked(**counts):
    return Stacked(ArraySource("gray", GRAY, np.arange(40) % 10), **counts)


def rows(colors):
    """The gray images that colors are, `[n, 3]`, by their first pixel."""
    return colors[:, 0, 0] // 6


def test_each_color_is_a_whole_gray_image():
    batch = next(stacked(count=64).examples(64))["data"]
    for color, number in enumerate(rows(batch).T):
        np.testing.assert_array_equal(batch[..., color], GRAY[number, ..., 0])


def test_an_example_does_not_depend_on_the_batch_that_it_is_read_in():
    one, other = (
        np.concatenate([batch["data"] for batch in stacked(count=20).examples(batch_size=size)])
        for size in (20, 7)
    )
    np.testing.assert_array_equal(one, other)


def test_the_three_images_are_drawn_independently_and_evenly():
    batch = next(stacked(count=12_000).examples(12_000, batch_size=12_000))["data"]
    classes = rows(batch) % 10
    assert np.abs(np.bincount(classes.reshape(-1)) / 3600 - 1.0).max() < 0.06
    assert np.abs(np.corrcoef(rows(batch).T.astype(float))[np.triu_indices(3, 1)]).max() < 0.03


def test_there_are_no_labels_and_the_draw_is_the_same_in_every_run():
    one, other = (next(stacked(count=20).batches(8, seed=3).as_numpy_iterator()) for _ in "ab")
    assert list(one) == ["data"] and stacked().spec.classes is None
    np.testing.assert_array_equal(one["data"], other["data"])
    assert stacked(count=20).fingerprint == stacked(count=20).fingerprint
    assert stacked(count=20).fingerprint != stacked(count=21).fingerprint


def test_stacked_mnist_has_128_000_examples_and_26_000_of_held_out_digits():
    source = open_source("toy:stacked_mnist")
    assert (source.count, source.held_out.count) == (128_000, 26_000)
    assert source.spec.shape == (28, 28, 3) and source.name == "toy:stacked_mnist"
    assert source.facts.extractor == "stacked_digits" and source.facts.has_equal_classes
    assert source.fingerprint == open_source("stacked:mnist5k").fingerprint


def test_held_out_examples_are_made_of_held_out_digits():
    def gray(source, count):
        return {image.tobytes() for batch in source.examples(count) for image in batch["data"]}

    colors = next(open_source("toy:stacked_mnist").held_out.examples(50))["data"]
    parts = {colors[i, ..., color, None].tobytes() for i in range(50) for color in range(3)}
    assert parts <= gray(open_source("mnist5k").held_out, 500)


def test_digits_of_a_file_are_stacked(tmp_path):
    np.savez(tmp_path / "digits.npz", data=np.tile(GRAY, (1, 4, 4, 1)))
    source = open_source(f"stacked:arrays:{tmp_path}/digits.npz")
    assert source.spec.shape == (8, 12, 3) and source.facts.extractor == ""


def test_a_name_says_what_its_examples_are():
    assert by_name.describe_name("toy:stacked_mnist")[1].extractor == "stacked_digits"
    assert by_name.describe_name("stacked:tfds:mnist")[1].extractor == "stacked_digits"
    assert by_name.describe_name("stacked:images:photos") == ("images", by_name.Facts())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("stacked:toy:bouncing", "must be of gray images; toy:bouncing holds other data"),
        ("stacked:toy:stacked_mnist", "holds images of 3 channels: give --channels=1"),
        ("stacked:stacked:mnist5k", "must be of one source of images, such as stacked:mnist5k"),
        ("stacked:edges:mnist5k", "must be of one source of images"),
    ],
)
def test_other_sources_are_refused(name, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_source(name)
