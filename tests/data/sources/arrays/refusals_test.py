"""Files and arrays that are refused, each with its reason."""

import pathlib

import numpy as np
import pytest

from tfgan import memory
from tfgan.data import open_source
from tfgan.data.decoding.preprocessing import ImagePreprocessing
from tfgan.data.sources import arrays

from .files import images, opened, saved


def test_a_size_that_memory_does_not_hold_is_refused(tmp_path, monkeypatch):
    path = saved(tmp_path, data=images(50, 8, 8, 3))
    monkeypatch.setattr(memory, "free", lambda: 2**30)
    sentence = r"received 50,000 x 50,000, which needs 4.7 GiB\."
    with pytest.raises(ValueError, match=sentence):
        open_source(f"arrays:{path}", image_size=(50_000, 50_000))


def test_test_arrays_of_another_shape_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"one shape; received \[8, 8, 3\] and \[8, 9, 3\]"):
        opened(tmp_path, x_train=images(30, 8, 8, 3), x_test=images(7, 8, 9, 3))


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
        ({"data": np.full((2, 4, 4, 3), 1e9)}, r"float64 in 1e\+09..1e\+09, so it is ambiguous"),
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
        arrays.open_arrays(saved(tmp_path, **content), ImagePreprocessing())


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="nothing.npz: there is no such file"):
        arrays.open_arrays(str(tmp_path / "nothing.npz"), ImagePreprocessing())


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
            arrays.open_arrays(str(tmp_path / name), ImagePreprocessing())


def test_points_take_no_image_options(tmp_path):
    with pytest.raises(ValueError, match="image_size and channels are for images"):
        arrays.open_arrays(saved(tmp_path, data=np.zeros((3, 2))), ImagePreprocessing((4, 4)))


def test_a_damaged_array_is_named(tmp_path):
    path = pathlib.Path(saved(tmp_path, data=images(9, 9, 9)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    with pytest.raises(ValueError, match="data.npy is damaged"):
        arrays.open_arrays(str(path), ImagePreprocessing())
