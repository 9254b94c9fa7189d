"""Arrays from files that anyone may have made: the right ones, or one sentence."""

import io
import pathlib
import struct
import zipfile

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from tfgan import files, memory

ARRAYS = {
    "x": np.arange(24, dtype=np.uint8).reshape(2, 3, 4),
    "wide": np.asfortranarray(np.arange(6, dtype=">f8").reshape(2, 3)),
    "empty": np.zeros((0, 3), np.float32),
    "count": np.array(7),
    "text": np.array(["ab", "c"]),
    "yes": np.array([True, False]),
}


def packed(save=np.savez_compressed, **arrays):
    buffer = io.BytesIO()
    save(buffer, **arrays)
    return buffer.getvalue()


def alone(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def header(shape, descr="<f8", order=False):
    """A header alone, as an .npy file begins."""
    text = f"{{'descr': {descr!r}, 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text) + 1) + text + b"\n"


def zipped(content, name="x.npy", method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def read(path, content):
    path.write_bytes(content)
    with files.open_arrays(str(path)) as arrays:
        return dict(arrays)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_arrays_of_every_form_are_read_as_they_were_saved(tmp_path, save):
    found = read(tmp_path / "a.npz", packed(save, **ARRAYS))
    assert list(found) == list(ARRAYS)
    for key, array in ARRAYS.items():
        np.testing.assert_array_equal(found[key], array)
        assert found[key].dtype == array.dtype.newbyteorder("=") and found[key].flags.writeable


def test_a_single_array_has_numpy_s_name_for_one(tmp_path):
    found = read(tmp_path / "a", alone(ARRAYS["wide"]))
    np.testing.assert_array_equal(found["arr_0"], ARRAYS["wide"])


def test_a_remote_file_is_read():
    path = "ram://arrays_test/a.npz"
    with tf.io.gfile.GFile(path, "wb") as file:
        file.write(packed(**ARRAYS))
    with files.open_arrays(path) as arrays:
        np.testing.assert_array_equal(arrays["x"], ARRAYS["x"])


def test_a_form_is_known_without_reading_the_array(tmp_path, monkeypatch):
    path = tmp_path / "a.npz"
    path.write_bytes(packed(x=np.zeros((1000, 1000))))
    with files.open_arrays(str(path)) as arrays:
        monkeypatch.setattr(np, "empty", None)
        assert str(arrays.header("x")) == "float64 [1000, 1000]"


def test_only_numbers_from_zero_to_one_are_booleans(tmp_path):
    content = alone(np.array([True, True, False]))
    found = read(tmp_path / "a", content[:-3] + bytes([1, 2, 0]))["arr_0"]
    assert (found == np.array([True, True, False])).all()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello", "this is not an .npz or .npy file of arrays"),
        (b"", "this is not an .npz or .npy file of arrays"),
        (b"PK\x03\x04 and so on", "is not a zip file, or is damaged"),
        (packed(**ARRAYS)[:-30], "is not a zip file, or is damaged"),
        (packed(x=np.array([{}])), "the array x holds Python objects"),
        (packed(x=np.zeros(2, "f4,i4")), "the array x must hold numbers or text"),
        (zipped(b"no array"), "the array x is damaged: its header is not valid"),
        (zipped(header((2, -3))), "its header is not valid"),
        (zipped(header((10**30, 0))), "its header is not valid"),
        (zipped(header("(" * 300)), "its header is not valid"),
        (alone(np.arange(9.0))[:-1], r"holds fewer bytes than float64 \[9\] takes \(72\)"),
        (alone(np.arange(9.0)) + b"1", r"holds more bytes than float64 \[9\]"),
        (alone(np.arange(9.0))[:-9], r"fewer bytes than float64 \[9\]"),
        (zipped(header((10**6, 10**6)) + b"0"), r"fewer bytes than float64 \[1000000, 1000000\]"),
        (header((10**6, 10**6)), "fewer bytes"),
    ],
)
def test_what_a_header_declares_must_be_there(tmp_path, content, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(tmp_path / "a.npz", content)


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: 2**20)
    content = packed(x=np.zeros(2**24, np.uint8))
    assert len(content) < 2**15
    sentence = r"the array x, uint8 \[16777216\], needs 16.0 MiB of memory, of which 1.0 MiB may"
    with pytest.raises(ValueError, match=sentence):
        read(tmp_path / "a.npz", content)


def test_a_zip_that_lies_about_its_sizes_allocates_what_it_holds(tmp_path):
    content = header((2**16,), "|u1") + bytes(100)
    size = len(content) + 2**16 - 100
    packed = zipped(content)
    old, new = struct.pack("<I", len(content)), struct.pack("<I", size)
    with pytest.raises(ValueError, match="the array x is damaged: the file holds fewer|is damaged"):
        read(tmp_path / "a.npz", packed.replace(old, new))


def test_an_encrypted_array_is_refused(tmp_path):
    content = bytearray(packed(x=np.zeros(3)))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags of an entry
        content[content.index(signature) + place] |= 1
    with pytest.raises(ValueError, match=r"x.npy is damaged, or cannot be read \(.*encrypted"):
        read(tmp_path / "a.npz", bytes(content))


def test_two_arrays_of_one_name_are_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("x.npy", alone(np.zeros(1)))
            archive.writestr("x.npy", alone(np.ones(1)))
    with pytest.raises(ValueError, match="it holds two files of one name"):
        read(tmp_path / "a.npz", buffer.getvalue())


def test_a_changed_byte_of_an_array_is_noticed(tmp_path):
    content = bytearray(packed(np.savez, x=np.zeros(1000, np.uint8)))
    content[len(content) // 2] ^= 1
    with pytest.raises(ValueError, match="x.npy is damaged, or cannot be read"):
        read(tmp_path / "a.npz", bytes(content))


@pytest.mark.parametrize("place", ["nothing.npz", "."])
def test_a_missing_file_is_refused(tmp_path, place):
    with (
        pytest.raises(ValueError, match="there is no such file"),
        files.open_arrays(str(tmp_path / place)),
    ):
        pass


NATIVE = [array.astype(array.dtype.newbyteorder("=")) for array in ARRAYS.values()]
VALID = [packed(np.savez, **ARRAYS), packed(**ARRAYS), *map(alone, ARRAYS.values())]


@st.composite
def mutations(draw):
    """A valid file with some bytes changed, cut out or put in."""
    content = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        piece = draw(st.binary(max_size=9))
        cut = draw(st.sampled_from([0, len(piece), 1, 40]))
        content[place : place + cut] = piece
    return bytes(content)


@settings(max_examples=300, deadline=None)
@given(mutations())
def test_a_mutated_file_gives_arrays_or_one_sentence(tmp_path_factory, content):
    path = pathlib.Path(tmp_path_factory.getbasetemp()) / "mutated"
    try:
        found = read(path, content)
    except ValueError as error:
        assert str(error).startswith(str(path)) and "\n" not in str(error)
        return
    for array in found.values():
        if content[:2] == b"PK":  # a zip has checksums
            assert any(array.tobytes() == whole.tobytes() for whole in NATIVE)
        assert array.dtype.kind in "biufcSU" and array.nbytes <= len(content)
