import io
import pathlib

import numpy as np
import pytest
import tensorflow as tf

from tfgan import memory
from tfgan.data import arrays, open_source, rules
from tfgan.data.arrays import opening
from tfgan.data.decoding import Fit


def saved(folder, **arrays):
    path = str(folder / "file.npz")
    np.savez_compressed(path, **arrays)
    return path


def images(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


@pytest.mark.parametrize("key", ["data", "images", "x", "anything"])
def test_the_examples_go_by_several_names(tmp_path, key):
    data = images(5, 4, 6, 3)
    source = arrays.open_arrays(saved(tmp_path, **{key: data}), Fit())
    np.testing.assert_array_equal(source.data, data)
    assert source.spec.classes is None


def test_grey_images_get_a_channel(tmp_path):
    data = images(5, 4, 6)
    source = arrays.open_arrays(saved(tmp_path, data=data, label=np.arange(5)), Fit())
    np.testing.assert_array_equal(source.data[..., 0], data)
    assert source.spec.classes == 5 and source.label.dtype == np.int32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_points_are_float32(tmp_path, dtype):
    data = np.arange(6, dtype=dtype).reshape(3, 2)
    source = arrays.open_arrays(saved(tmp_path, data=data), Fit())
    assert source.data.dtype == np.float32 and source.data.tolist() == data.tolist()


def test_images_are_fitted(tmp_path):
    source = arrays.open_arrays(saved(tmp_path, data=images(5, 4, 8, 1)), Fit((2, 2), channels=3))
    assert source.data.shape == (5, 2, 2, 3)


def test_a_remote_file_is_read():
    buffer = io.BytesIO()
    np.savez(buffer, data=images(5, 4, 6, 3), label=np.zeros(5, int))
    with tf.io.gfile.GFile("ram://npz_test/file.npz", "wb") as file:
        file.write(buffer.getvalue())
    source = open_source("arrays:ram://npz_test/file.npz")
    np.testing.assert_array_equal(source.data, images(5, 4, 6, 3))


@pytest.fixture
def lines(monkeypatch):
    """What is said about the data."""
    said = []
    for level in ("info", "warning"):
        monkeypatch.setattr(opening._LOG, level, lambda text, *values: said.append(text % values))
    return said


def opened(folder, choices="", fit=None, **content):
    return open_source(f"arrays:{saved(folder, **content)}{choices}", **(fit or {}))


def test_an_unused_array_is_named(tmp_path, lines):
    opened(tmp_path, data=images(2, 4, 4), mean=np.array([{}]))
    assert lines[0].endswith("file.npz: the arrays mean are not used.")


def test_what_is_a_matter_of_course_is_not_said(tmp_path, lines):
    source = opened(tmp_path, data=images(20, 4, 4, 3), label=np.arange(20))
    assert (source.decided, lines) == ({}, [])


def test_a_single_array_is_read(tmp_path):
    np.save(tmp_path / "a.npy", images(5, 4, 6, 3))
    source = open_source(f"arrays:{tmp_path}/a.npy")
    np.testing.assert_array_equal(source.data, images(5, 4, 6, 3))


RANGES = {
    "0..1": lambda pixels: pixels / np.float32(255),
    "-1..1": lambda pixels: pixels / 127.5 - 1,
    "0..65535": lambda pixels: pixels.astype(np.uint16) * 257,
}


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
    assert source.decided == expected
    told = ", ".join(f"{key} {value}" for key, value in expected.items())
    assert lines[0].endswith(
        f"file.npz: images {stored.dtype.name} {list(stored.shape)} is read with {told}."
    )


@pytest.mark.parametrize("dtype", [np.int64, np.float64, np.uint16])
def test_bytes_in_wider_numbers_are_bytes(tmp_path, dtype):
    pixels = images(5, 8, 8, 3)
    source = opened(tmp_path, x=pixels.astype(dtype))
    np.testing.assert_array_equal(source.data, pixels)
    assert source.decided == {}


def test_booleans_are_black_and_white(tmp_path):
    masks = images(5, 8, 8) > 99
    assert (opened(tmp_path, x=masks).data[..., 0] == masks * 255).all()


def test_videos_are_read_in_every_layout(tmp_path):
    videos = images(3, 5, 8, 8, 3)
    for layout, order in {"thwc": (), "tchw": (0, 1, 4, 2, 3), "cthw": (0, 4, 1, 2, 3)}.items():
        source = opened(tmp_path, x=videos.transpose(order or range(5)))
        np.testing.assert_array_equal(source.data, videos)
        assert source.decided == ({} if layout == "thwc" else {"layout": layout})
    source = opened(tmp_path, "#layout=thw", x=videos[..., 0])
    np.testing.assert_array_equal(source.data, videos[..., :1])


def test_images_with_alpha_lie_on_the_background(tmp_path, lines):
    pixels = images(5, 8, 8, 4)
    pixels[..., 3] = 0
    source = opened(tmp_path, x=pixels)
    assert (source.data == 255).all()
    assert source.decided == {"alpha": "on white (--background)"}
    assert lines[0].endswith("is read with alpha on white (--background).")
    kept = opened(tmp_path, x=np.moveaxis(pixels, -1, 1) / 255, fit={"channels": 4})
    np.testing.assert_array_equal(kept.data, pixels)


def test_a_run_of_an_earlier_release_reads_what_it_read(tmp_path):
    content = {"data": images(30, 8, 8), "y": np.arange(30) % 2, "x": images(4, 8, 8)}
    source = opened(tmp_path, fit={"by": rules.BEFORE}, **content)
    assert source.count + source.held_out.count == 30
    assert (source.spec.classes, source.decided) == (None, {})
    assert opened(tmp_path, "#data", **content).decided == {"labels": "y"}


def test_a_size_that_memory_does_not_hold_is_refused(tmp_path, monkeypatch):
    path = saved(tmp_path, data=images(50, 8, 8, 3))
    monkeypatch.setattr(memory, "free", lambda: 2**30)
    sentence = r"as images of \[50000, 50000, 3\], needs 349.2 GiB of memory, of which 1.0 GiB may"
    with pytest.raises(ValueError, match=sentence):
        open_source(f"arrays:{path}", image_size=(50_000, 50_000))


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
    assert source.decided == {"labels": "y_train", "held out": "x_test"}
    assert "labels y_train, held out x_test" in lines[0]


def test_test_arrays_of_another_shape_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"one shape; received \[8, 8, 3\] and \[8, 9, 3\]"):
        opened(tmp_path, x_train=images(30, 8, 8, 3), x_test=images(7, 8, 9, 3))


def test_the_test_arrays_have_the_range_of_both(tmp_path):
    dark = np.full((3, 8, 8, 3), 0.1)
    source = opened(tmp_path, x_train=RANGES["-1..1"](images(30, 8, 8, 3)), x_test=dark)
    assert (source.held_out.data == 140).all()


@pytest.mark.parametrize(
    ("content", "sentence", "choice"),
    [
        (images(9, 3, 3, 3), r"which axis is which: add #layout=hwc for \[n, height, width, channe"
         r"ls\] or #layout=chw", "layout=chw"),
        (images(9, 3, 3, 8, 8), "add #layout=tchw for .* or #layout=cthw", "layout=cthw"),
        (images(9, 8, 8) % 17 + np.float32(0), "in 0..16, which does not tell", "range=0..16"),
        (images(9, 8, 8) / 200, "add #range=0..1", "range=0..1"),
        (images(9, 8, 8) / 127.5 - 0.01, r"in -0.01..1.99", "range=0..2"),
        (images(9, 64, 3), r"received uint8 \[9, 64, 3\]; #layout=hw says otherwise", "layout=hw"),
    ],
)  # fmt: skip
def test_what_could_be_two_things_is_refused_until_it_is_said(tmp_path, content, sentence, choice):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, x=content)
    assert opened(tmp_path, f"#{choice}", x=content).count == 9


def test_pixels_outside_a_range_that_the_user_names_are_clipped_and_counted(tmp_path, lines):
    source = opened(tmp_path, "#range=0..1", x=np.full((2, 4, 4), 1.25))
    assert (source.data == 255).all()
    assert lines[0].endswith("32 of 32 pixels lie outside 0..1 and are clipped.")


def test_the_user_names_the_arrays(tmp_path):
    content = {"x": images(5, 4, 4), "data": images(6, 4, 4), "y": np.arange(5), "id": np.arange(5)}
    assert opened(tmp_path, "#x", **content).spec.classes == 5
    assert opened(tmp_path, "#data=x,label=none", **content).spec.classes is None
    assert opened(tmp_path, "#data=x,label=id", **content).spec.classes == 5
    with pytest.raises(ValueError, match="has no array 'z'; there is x, data, y, id"):
        opened(tmp_path, "#z", **content)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            "#rank=3",
            "what follows # must be of data=KEY, label=KEY, kind=.*, layout=.*; received rank",
        ),
        ("#layout=wh", r"layout must be hwc or chw or thw for \[5, 4, 4, 3\]; received 'wh'"),
        ("#range=1..0", "range must be the numbers of black and white.*; received '1..0'"),
        ("#range=a", "received 'a'"),
        ("#range=0..inf", "received '0..inf'"),
    ],
)
def test_other_choices_are_refused(tmp_path, choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        opened(tmp_path, choices, x=images(5, 4, 4, 3))


def test_points_take_no_choices_of_pictures(tmp_path):
    with pytest.raises(ValueError, match="range is for images and videos; .* holds points"):
        opened(tmp_path, "#range=0..1", x=np.zeros((3, 2)))


def test_more_than_memory_is_refused(tmp_path, monkeypatch):
    path = saved(tmp_path, data=np.zeros((10, 100, 100), np.float64))
    monkeypatch.setattr(memory, "free", lambda: 700_000)
    with pytest.raises(
        ValueError, match=r"the array data, float64 \[10, 100, 100\], needs 781.2 K"
    ):
        open_source(f"arrays:{path}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"a": images(2, 4, 4), "b": images(2, 4, 4)}, "add #a or #b to the name"),
        ({"x": images(2, 4, 4), "data": images(2, 4, 4)}, "add #x or #data to the name"),
        ({"label": np.zeros(2, int)}, r"or as the only array; it holds label \[2\]"),
        ({"data": np.array([{}, 1])}, "the array data holds Python objects"),
        ({"data": np.array([[0, 1], [2, np.nan]])}, r"row 1 holds a number that is not finite"),
        ({"data": np.array([[np.inf, 1]])}, r"row 0 holds a number that is not finite"),
        ({"data": np.full((2, 4, 4, 3), 1e9)}, r"float64 in 1e\+09..1e\+09, which does not tell"),
        ({"data": np.full((2, 4, 4, 3), np.nan)}, r"row 0 holds a number that is not finite"),
        ({"data": np.zeros((2, 4, 4), complex)}, "pixels must be numbers or booleans; received co"),
        ({"data": images(2, 4, 4, 2)}, r"1, 3 or 4 channels.*received uint8 \[2, 4, 4, 2\]"),
        ({"data": np.full((2, 3), 1e300)}, "row 0 holds a number .* too large for float32"),
        ({"data": images(2, 4)}, r"received uint8 \[2, 4\]"),
        ({"data": images(0, 4, 4)}, "holds no examples"),
        ({"data": images(2, 4, 4), "label": np.ones(2) / 2}, "whole numbers; received float64"),
        ({"data": images(2, 4, 4), "label": np.array([1, -2])}, "row 1 has -2"),
        ({"data": images(2, 4, 4), "label": np.zeros(3, int)}, r"\[2\]; received \[3\]"),
        ({"data": images(2, 4, 4), "label": np.array([None, 1])}, "label holds Python objects"),
    ],
)
def test_other_contents_are_refused(tmp_path, content, message):
    with pytest.raises(ValueError, match=message):
        arrays.open_arrays(saved(tmp_path, **content), Fit())


def test_points_take_no_image_options(tmp_path):
    with pytest.raises(ValueError, match="image_size and channels are for images"):
        arrays.open_arrays(saved(tmp_path, data=np.zeros((3, 2))), Fit((4, 4)))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="nothing.npz: there is no such file"):
        arrays.open_arrays(str(tmp_path / "nothing.npz"), Fit())


def test_other_files_are_refused(tmp_path):
    np.save(tmp_path / "one.npy", np.zeros(3))
    np.save(tmp_path / "pickle.npy", np.array([{}]), allow_pickle=True)
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").write_bytes(b"")
    whole = saved(tmp_path, data=images(9, 9, 9))
    (tmp_path / "cut").write_bytes(pathlib.Path(whole).read_bytes()[:-50])
    for name, sentence in {
        "one.npy": r"one.npy must hold images .*; received float64 \[3\]",
        "pickle.npy": "the array arr_0 holds Python objects",
        "text": "text: this is not an .npz or .npy file",
        "empty": "empty: this is not an .npz or .npy file",
        "cut": "cut is not a zip file, or is damaged",
    }.items():
        with pytest.raises(ValueError, match=sentence):
            arrays.open_arrays(str(tmp_path / name), Fit())


def test_a_damaged_array_is_named(tmp_path):
    path = pathlib.Path(saved(tmp_path, data=images(9, 9, 9)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    with pytest.raises(ValueError, match="data.npy is damaged"):
        arrays.open_arrays(str(path), Fit())
