"""NumPy's files, .npz and .npy, read without trust: the one way to read arrays that others made.

An array is read when it is asked for. Its header is compared with the bytes that are really there
and with the memory that is free before anything is allocated, and a pickle is never opened.
"""

import collections.abc
import contextlib
import dataclasses
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
_ALONE = "arr_0"  # how `np.savez` calls an array without a name
_HEAD = 64 * 2**10  # bytes within which a header ends
_BLOCK = 4 * 2**20  # bytes read at once
_KINDS = "biufcSU"
_HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
_INVALID = (  # what NumPy's parser of headers raises
    ArithmeticError,
    KeyError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    tokenize.TokenError,
)


@dataclasses.dataclass(frozen=True)
class Form:
    """What the header of an array declares.

    Attributes:
      shape: tuple of int.
      dtype: `np.dtype`: booleans, integers, floats, complex numbers, characters, or Python objects
        that cannot be read.
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
    """The arrays of a file by name; `open_arrays` opens it.

    `arrays[key]` reads an array, in the byte order of this machine. Raises: ValueError for one that
    is damaged, cut short or holds Python objects, and one that memory does not suffice for.

    Args:
      name: str, how messages call the file.
      entries: dict of key -> (bytes that the array takes in the file with its header, function ()
        -> context manager of an object with `read(size)`).
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

    def form(self, key):
        """What the header of an array declares, checked against the bytes that are there: `Form`.

        Raises: ValueError, as reading it does, but for Python objects, whose size is not declared.
        """
        size, opened = self._entries[key]
        with opened() as stream:
            return self._header(key, size, stream)[0]

    def __getitem__(self, key):
        size, opened = self._entries[key]
        with opened() as stream:
            form, begin = self._header(key, size, stream)
            if form.dtype.hasobject:
                raise ValueError(
                    f"{self._called(key)} holds Python objects, which are never loaded; save "
                    "numbers."
                )
            memory.require(form.bytes, f"{self._called(key)}, {form},")
            flat = np.empty(form.bytes, np.uint8)
            filled = _fill(flat, begin, stream)
            if filled < len(flat) or stream.read(1):
                raise self._of_other_size(key, form, "fewer" if filled < len(flat) else "more")
        return _shaped(flat, form)

    def _called(self, key):
        return f"{self._name}: the array {key}"

    def _of_other_size(self, key, form, word):
        return ValueError(
            f"{self._called(key)} is damaged: the file holds {word} bytes than {form} takes "
            f"({form.bytes:,})."
        )

    def _header(self, key, size, stream):
        """(Form, the bytes that were read behind the header)."""
        head = io.BytesIO(stream.read(_HEAD))
        try:
            form = _parsed(head)
        except _INVALID as error:
            raise ValueError(f"{self._called(key)} is damaged: its header is not valid.") from error
        if form.dtype.hasobject:
            return form, b""
        if form.dtype.kind not in _KINDS:
            raise ValueError(f"{self._called(key)} must hold numbers or text; received {form}.")
        there = size - head.tell()
        if there != form.bytes:
            raise self._of_other_size(key, form, "fewer" if there < form.bytes else "more")
        return form, head.read()


@contextlib.contextmanager
def open_arrays(path, name=None):
    """Opens an .npz file, or an .npy file as one array of the name "arr_0".

    Args:
      path: str, local or remote; the content tells which of the two it is.
      name: str, how messages call the file; by default the path.
    Yields: `Arrays`.
    Raises: ValueError for a missing file, one of another kind, and a damaged one.
    """
    name = name or path
    with open_binary(path, name) as file:
        begin = file.read(len(np.lib.format.MAGIC_PREFIX))
        if begin == np.lib.format.MAGIC_PREFIX:
            yield Arrays(name, _alone(file))
        elif begin[:2] == b"PK":
            yield Arrays(name, _packed(Archive(name, file)))
        else:
            raise ValueError(f"{name}: this is not an .npz or .npy file of arrays.")


def _alone(file):
    file.seek(0, os.SEEK_END)
    size = file.tell()

    @contextlib.contextmanager
    def opened():
        file.seek(0)
        yield file

    return {_ALONE: (size, opened)}


def _packed(archive):
    def opener(entry):
        return lambda: archive.stream(entry)

    return {
        entry.removesuffix(_SUFFIX): (archive.size(entry), opener(entry))
        for entry in archive.names
        if entry.endswith(_SUFFIX)
    }


def _parsed(head):
    """The `Form` of a header."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of strange text and of Python 2
        shape, is_fortran, dtype = _HEADERS[np.lib.format.read_magic(head)](head)
    np.broadcast_to(np.zeros((), np.uint8), shape)  # raises, if no array can have the shape
    return Form(shape, dtype, is_fortran)


def _fill(flat, begin, stream):
    """Fills bytes with those that were read and those that follow; how many there were."""
    flat[: len(begin)] = np.frombuffer(begin, np.uint8)
    filled = len(begin)
    while filled < len(flat):
        block = stream.read(min(_BLOCK, len(flat) - filled))
        if not block:
            break
        flat[filled : filled + len(block)] = np.frombuffer(block, np.uint8)
        filled += len(block)
    return filled


def _shaped(flat, form):
    """Bytes as the array that they are."""
    if form.dtype.kind == "b":
        np.minimum(flat, 1, out=flat)  # a byte of 2 is a true that equals no true
    shape = form.shape[::-1] if form.is_fortran else form.shape
    array = np.ndarray(shape, form.dtype, flat)
    if not form.dtype.isnative:
        array = array.byteswap(inplace=True).view(form.dtype.newbyteorder("="))
    return array.T if form.is_fortran else array
