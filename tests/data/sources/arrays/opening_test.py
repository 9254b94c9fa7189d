"""Arrays of every form are read, and what is decided about them is said."""

import io

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import open_source, reading_rules
from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import arrays

from .files import RANGES, images, opened, saved


@pytest.mark.parametrize("key", ["data", "images", "x", "anything"])
def test_the_examples_go_by_several_names(tmp_path, key):
    data = images(5, 4, 6, 3)
    source = arrays.open_arrays(saved(tmp_path, **{key: data}), ImagePreprocessing())
    np.testing.assert_array_equal(source.data, data)
    assert source.spec.classes is None


def test_gray_images_get_a_channel(tmp_path):
    data = images(5, 4, 6)
    source = arrays.open_arrays(
        saved(tmp_path, data=data, label=np.arange(5)), ImagePreprocessing()
    )
    np.testing.assert_array_equal(source.data[..., 0], data)
    assert source.spec.classes == 5 and source.label.dtype == np.int32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_points_are_float32(tmp_path, dtype):
    data = np.arange(6, dtype=dtype).reshape(3, 2)
    source = arrays.open_arrays(saved(tmp_path, data=data), ImagePreprocessing())
    assert source.data.dtype == np.float32 and source.data.tolist() == data.tolist()


def test_images_are_fitted(tmp_path):
    source = arrays.open_arrays(
        saved(tmp_path, data=images(5, 4, 8, 1)), ImagePreprocessing((2, 2), channels=3)
    )
    assert source.data.shape == (5, 2, 2, 3)


def test_a_remote_file_is_read():
    buffer = io.BytesIO()
    np.savez(buffer, data=images(5, 4, 6, 3), label=np.zeros(5, int))
    with tf.io.gfile.GFile("ram://npz_test/file.npz", "wb") as file:
        file.write(buffer.getvalue())
    source = open_source("arrays:ram://npz_test/file.npz")
    np.testing.assert_array_equal(source.data, images(5, 4, 6, 3))


def test_an_unused_array_is_named(tmp_path, lines):
    opened(tmp_path, data=images(2, 4, 4), mean=np.array([{}]))
    assert lines[0].endswith("file.npz: the arrays mean are not used.")


def test_what_is_a_matter_of_course_is_not_said(tmp_path, lines):
    source = opened(tmp_path, data=images(20, 4, 4, 3), label=np.arange(20))
    assert (source.decisions, lines) == ({}, [])


def test_a_single_array_is_read(tmp_path):
    np.save(tmp_path / "a.npy", images(5, 4, 6, 3))
    source = open_source(f"arrays:{tmp_path}/a.npy")
    np.testing.assert_array_equal(source.data, images(5, 4, 6, 3))


@pytest.mark.parametrize("of", RANGES)
@pytest.mark.parametrize("layout", ["hwc", "chw", "hw"])
def test_every_range_and_layout_gives_the_same_pixels(tmp_path, lines, of, layout):
    pixels = images(30, 8, 6, 1 if layout == "hw" else 3)
    stored = RANGES[of](pixels)
    stored = {
        "hwc": stored, "chw": np.moveaxis(stored, -1, 1), "hw": stored[..., 0],
    }[layout]  # fmt: skip
    source = opened(tmp_path, images=stored, labels=np.arange(30) % 3)
    np.testing.assert_array_equal(source.data, pixels)
    assert source.fingerprint == opened(tmp_path, data=pixels, label=np.arange(30) % 3).fingerprint
    expected = {"labels": "labels"} | ({"layout": "chw"} if layout == "chw" else {}) | {"range": of}
    assert source.decisions == expected
    lines_ = ", ".join(f"{key} {value}" for key, value in expected.items())
    assert lines[0].endswith(
        f"file.npz: images {stored.dtype.name} {list(stored.shape)} is read with {lines_}."
    )


@pytest.mark.parametrize("dtype", [np.int64, np.float64, np.uint16])
def test_bytes_in_wider_numbers_are_bytes(tmp_path, dtype):
    pixels = images(5, 8, 8, 3)
    source = opened(tmp_path, x=pixels.astype(dtype))
    np.testing.assert_array_equal(source.data, pixels)
    assert source.decisions == {}


def test_booleans_are_black_and_white(tmp_path):
    masks = images(5, 8, 8) > 99
    assert (opened(tmp_path, x=masks).data[..., 0] == masks * 255).all()


def test_videos_are_read_in_every_layout(tmp_path):
    videos = images(3, 5, 8, 8, 3)
    for layout, order in {"thwc": (), "tchw": (0, 1, 4, 2, 3), "cthw": (0, 4, 1, 2, 3)}.items():
        source = opened(tmp_path, x=videos.transpose(order or range(5)))
        np.testing.assert_array_equal(source.data, videos)
        assert source.decisions == ({} if layout == "thwc" else {"layout": layout})
    source = opened(tmp_path, "#layout=thw", x=videos[..., 0])
    np.testing.assert_array_equal(source.data, videos[..., :1])


def test_images_with_alpha_lie_on_the_background(tmp_path, lines):
    pixels = images(5, 8, 8, 4)
    pixels[..., 3] = 0
    source = opened(tmp_path, x=pixels)
    assert (source.data == 255).all()
    assert source.decisions == {"alpha": "on white (--background)"}
    assert lines[0].endswith("is read with alpha on white (--background).")
    remaining = opened(tmp_path, x=np.moveaxis(pixels, -1, 1) / 255, fit={"channels": 4})
    np.testing.assert_array_equal(remaining.data, pixels)


def test_a_run_of_an_earlier_release_reads_what_it_read(tmp_path):
    content = {"data": images(30, 8, 8), "y": np.arange(30) % 2, "x": images(4, 8, 8)}
    source = opened(tmp_path, fit={"rules": reading_rules.BEFORE}, **content)
    assert source.count + source.held_out.count == 30
    assert (source.spec.classes, source.decisions) == (None, {})
    assert opened(tmp_path, "#data", **content).decisions == {"labels": "y"}


def test_the_test_arrays_are_held_out(tmp_path, lines):
    content = {
        "x_train": images(30, 8, 8, 3), "y_train": np.arange(30)[:, None] % 3,
        "x_test": images(7, 8, 8, 3), "y_test": np.arange(7)[:, None] % 4,
    }  # fmt: skip
    source = opened(tmp_path, **content)
    assert (source.count, source.held_out.count, source.spec.classes) == (30, 7, 4)
    np.testing.assert_array_equal(source.held_out.data, content["x_test"])
    np.testing.assert_array_equal(source.held_out.label, content["y_test"][:, 0])
    assert source.held_out.spec == source.spec and source.held_out.held_out is None
    assert source.held_out.fingerprint != source.fingerprint
    assert source.decisions == {"labels": "y_train", "held out": "x_test"}
    assert "labels y_train, held out x_test" in lines[0]


def test_the_test_arrays_have_the_range_of_both(tmp_path):
    dark = np.full((3, 8, 8, 3), 0.1)
    source = opened(tmp_path, x_train=RANGES["-1..1"](images(30, 8, 8, 3)), x_test=dark)
    assert (source.held_out.data == 140).all()
