import io
import pathlib

import numpy as np
import pytest
import tensorflow as tf

from tfgan.data import npz, open_source
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
    source = npz.open_arrays(saved(tmp_path, **{key: data}), Fit())
    np.testing.assert_array_equal(source.data, data)
    assert source.spec.classes is None


def test_grey_images_get_a_channel(tmp_path):
    data = images(5, 4, 6)
    source = npz.open_arrays(saved(tmp_path, data=data, label=np.arange(5)), Fit())
    np.testing.assert_array_equal(source.data[..., 0], data)
    assert source.spec.classes == 5 and source.label.dtype == np.int32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_points_are_float32(tmp_path, dtype):
    data = np.arange(6, dtype=dtype).reshape(3, 2)
    source = npz.open_arrays(saved(tmp_path, data=data), Fit())
    assert source.data.dtype == np.float32 and source.data.tolist() == data.tolist()


def test_images_are_fitted(tmp_path):
    source = npz.open_arrays(saved(tmp_path, data=images(5, 4, 8, 1)), Fit((2, 2), channels=3))
    assert source.data.shape == (5, 2, 2, 3)


def test_a_remote_file_is_read():
    buffer = io.BytesIO()
    np.savez(buffer, data=images(5, 4, 6, 3), label=np.zeros(5, int))
    with tf.io.gfile.GFile("ram://npz_test/file.npz", "wb") as file:
        file.write(buffer.getvalue())
    source = open_source("arrays:ram://npz_test/file.npz")
    np.testing.assert_array_equal(source.data, images(5, 4, 6, 3))


def test_an_unused_array_is_named(tmp_path, monkeypatch):
    lines = []
    monkeypatch.setattr(npz._LOG, "warning", lambda text, *values: lines.append(text % values))
    npz.open_arrays(saved(tmp_path, data=images(2, 4, 4), y=np.zeros(2)), Fit())
    assert lines[0].endswith("file.npz: the arrays y are not used.")


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"a": images(2, 4, 4), "b": images(2, 4, 4)}, "or as the only array; found a, b"),
        ({"label": np.zeros(2, int)}, "found label"),
        ({"data": np.array([{}, 1])}, "the array data holds Python objects"),
        ({"data": np.array([[0, 1], [2, np.nan]])}, r"row 1 holds a number that is not finite"),
        ({"data": np.array([[np.inf, 1]])}, r"row 0 holds a number that is not finite"),
        ({"data": np.zeros((2, 4, 4, 3), np.float32)}, r"uint8 in 0\.\.255; received float32"),
        ({"data": np.zeros((2, 4, 4), np.int64)}, r"uint8 in 0\.\.255; received int64"),
        ({"data": images(2, 4, 4, 4)}, r"1 or 3 channels.*received uint8 \[2, 4, 4, 4\]"),
        ({"data": images(2, 4)}, r"received uint8 \[2, 4\]"),
        ({"data": images(0, 4, 4)}, "holds no examples"),
        ({"data": images(2, 4, 4), "label": np.ones(2)}, "integers; received float64"),
        ({"data": images(2, 4, 4), "label": np.array([1, -2])}, "row 1 has -2"),
        ({"data": images(2, 4, 4), "label": np.zeros(3, int)}, r"\[2\]; received \[3\]"),
        ({"data": images(2, 4, 4), "label": np.array([None, 1])}, "label holds Python objects"),
    ],
)
def test_other_contents_are_refused(tmp_path, arrays, message):
    with pytest.raises(ValueError, match=message):
        npz.open_arrays(saved(tmp_path, **arrays), Fit())


def test_points_take_no_image_options(tmp_path):
    with pytest.raises(ValueError, match="image_size and channels are for images"):
        npz.open_arrays(saved(tmp_path, data=np.zeros((3, 2))), Fit((4, 4)))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="nothing.npz: there is no such file"):
        npz.open_arrays(str(tmp_path / "nothing.npz"), Fit())


def test_other_files_are_refused(tmp_path):
    np.save(tmp_path / "one.npy", np.zeros(3))
    np.save(tmp_path / "pickle.npy", np.array([{}]), allow_pickle=True)
    (tmp_path / "text").write_text("hello")
    (tmp_path / "empty").write_bytes(b"")
    whole = saved(tmp_path, data=images(9, 9, 9))
    (tmp_path / "cut").write_bytes(pathlib.Path(whole).read_bytes()[:-50])
    for name in ("one.npy", "pickle.npy", "text", "empty", "cut"):
        with pytest.raises(ValueError, match=f"{name}: this is not an .npz file of arrays"):
            npz.open_arrays(str(tmp_path / name), Fit())


def test_a_damaged_array_is_named(tmp_path):
    path = pathlib.Path(saved(tmp_path, data=images(9, 9, 9)))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    with pytest.raises(ValueError, match="the array data is damaged"):
        npz.open_arrays(str(path), Fit())
