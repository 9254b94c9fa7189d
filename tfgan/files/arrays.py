"""NumPy files, .npz and .npy, from others: the one way to read them.

Before anything is allocated, the header of an array is compared with the bytes that follow it and
with the free memory. Pickles are never loaded.

>>> from tfgan.files import write_arrays
>>> write_arrays("ram://doctest/points.npz", {"data": np.zeros([3, 2], "float32")})
>>> with open_arrays("ram://doctest/points.npz") as arrays:
...     str(arrays.header("data")), arrays["data"].shape
('float32 [3, 2]', (3, 2))
"""

import collections.abc
import contextlib
import dataclasses
import functools
import io
import math
import os
import tokenize
import warnings

import numpy as np

from tfgan import memory
from tfgan.files.archives import Archive
from tfgan.files.safe_open import open_binary

_SUFFIX = ".npy"
_ONLY_KEY = "arr_0"  # what `np.savez` calls an array without a name
_MAX_HEADER = 64 * 2**10  # bytes
_BLOCK = 4 * 2**20  # bytes per read
_KINDS = "biufcSU"
_HEADER_READERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
_INVALID = (  # what NumPy's parser of headers raises
    *(ArithmeticError, KeyError, MemoryError, RecursionError),
    *(SyntaxError, TypeError, ValueError, tokenize.TokenError),
)


@dataclasses.dataclass(frozen=True)
class Header:
    """What the header of an array declares.

    Attributes:
      dtype: of booleans, numbers or text, or of Python objects, which cannot be read.
      is_fortran: bool, whether the first index changes fastest in the file.
    """

    shape: tuple
    dtype: np.dtype
    is_fortran: bool = False

    @property
    def bytes(self):
        """The bytes of all elements: int."""
        return math.prod(self.shape) * self.dtype.itemsize

    def __str__(self):
        return f"{self.dtype.name} {list(self.shape)}"


class Arrays(collections.abc.Mapping):
    """The arrays of a file by name; each access reads one, in the byte order of this machine.

    Args:
      name: str, what messages call the file.
      entries: dict of key -> (bytes in the file including the header, function () -> context
        manager of an object with `read(size)`).
    Raises: ValueError, on access, for an array that is damaged, holds Python objects, or does not
      fit into memory.
    """

    def __init__(self, name, entries):
        self._name = name
        self._entries = entries

    def __iter__(self):
        return iter(self._entries)

    def __len__(self):
        return len(self._entries)

    def __contains__(self, key):  # without reading it
        return key in self._entries

    def header(self, key):
        """The header of an array, compared with the bytes that follow it: `Header`."""
        size, open_entry = self._entries[key]
        with open_entry() as stream:
            return self._read_header(key, size, stream)[0]

    def __getitem__(self, key):
        size, open_entry = self._entries[key]
        with open_entry() as stream:
            header, begin = self._read_header(key, size, stream)
            if header.dtype.hasobject:
                raise ValueError(
                    f"{self._title(key)} holds Python objects, which are never loaded; save "
                    "numbers."
                )
            memory.require(header.bytes, f"{self._title(key)}, {header},")
            flat = np.empty(header.bytes, np.uint8)
            count = _fill(flat, begin, stream)
            if count < len(flat) or stream.read(1):
                raise self._wrong_size(key, header, "fewer" if count < len(flat) else "more")
        return _to_array(flat, header)

    def _title(self, key):
        return f"{self._name}: the array {key}"

    def _wrong_size(self, key, header, comparison):
        return ValueError(
            f"{self._title(key)} is damaged: the file holds {comparison} bytes than {header} takes "
            f"({header.bytes:,})."
        )

    def _read_header(self, key, size, stream):
        head = io.BytesIO(stream.read(_MAX_HEADER))
        try:
            header = _parse_header(head)
        except _INVALID as error:
            raise ValueError(f"{self._title(key)} is damaged: its header is not valid.") from error
        if header.dtype.hasobject:
            return header, b""
        if header.dtype.kind not in _KINDS:
            raise ValueError(f"{self._title(key)} must hold numbers or text; received {header}.")
        rest = size - head.tell()
        if rest != header.bytes:
            raise self._wrong_size(key, header, "fewer" if rest < header.bytes else "more")
        return header, head.read()


@contextlib.contextmanager
def open_arrays(path, name=None):
    """Opens an .npz file, or an .npy file as one array with the name "arr_0": yields `Arrays`.

    Args:
      path: str, local or remote; the content decides which of the two it is.
      name: str, what messages call the file; by default the path.
    Raises: ValueError for a missing file, another kind of file, and a damaged one.
    """
    name = name or path
    with open_binary(path, name) as file:
        begin = file.read(len(np.lib.format.MAGIC_PREFIX))
        if begin == np.lib.format.MAGIC_PREFIX:
            file.seek(0, os.SEEK_END)
            yield Arrays(name, {_ONLY_KEY: (file.tell(), lambda: _from_start(file))})
        elif begin[:2] == b"PK":
            archive = Archive(name, file)
            entries = {
                entry.removesuffix(_SUFFIX): (
                    archive.size(entry),
                    functools.partial(archive.stream, entry),
                )
                for entry in archive.names
                if entry.endswith(_SUFFIX)
            }
            yield Arrays(name, entries)
        else:
            raise ValueError(f"{name}: this is not an .npz or .npy file of arrays.")


@contextlib.contextmanager
def _from_start(file):
    file.seek(0)
    yield file


def _parse_header(head):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about strange text, and about Python 2
        shape, is_fortran, dtype = _HEADER_READERS[np.lib.format.read_magic(head)](head)
    np.broadcast_to(np.zeros((), np.uint8), shape)  # raises, if no array can have the shape
    return Header(shape, dtype, is_fortran)


def _fill(flat, begin, stream):
    """Fills an array of bytes with `begin` and the stream; returns how many bytes there were."""
    flat[: len(begin)] = np.frombuffer(begin, np.uint8)
    count = len(begin)
    while count < len(flat):
        block = stream.read(min(_BLOCK, len(flat) - count))
        if not block:
            break
        flat[count : count + len(block)] = np.frombuffer(block, np.uint8)
        count += len(block)
    return count


def _to_array(flat, header):
    if header.dtype.kind == "b":
        np.minimum(flat, 1, out=flat)  # a byte of 2 would be a True that differs from True
    shape = header.shape[::-1] if header.is_fortran else header.shape
    array = np.ndarray(shape, header.dtype, flat)
    if not header.dtype.isnative:
        array = array.byteswap(inplace=True).view(header.dtype.newbyteorder("="))
    return array.T if header.is_fortran else array
