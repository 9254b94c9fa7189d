"""Zip files that others may have made: nothing is taken on the word of their headers."""

import contextlib
import lzma
import os
import struct
import zipfile
import zlib

import tensorflow as tf

from tfgan import memory
from tfgan.files.safe_open import open_binary

_BLOCK = 4 * 2**20  # bytes read at once

_ENCRYPTED = 1  # the bit of a file's flags
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # encrypted
    NotImplementedError,  # a compression that Python does not know; a RuntimeError as well
    ValueError,
    OverflowError,
    MemoryError,
    tf.errors.OpError,
)


class Archive:
    """The files in a zip.

    Attributes:
      names: tuple of str, in the order of the zip; no two are equal. They are names in the zip and
        not fit to be paths.

    Args:
      name: str, how messages call the zip.
      file: binary file object that can be read at any place.
    Raises: ValueError for a file of another kind, a damaged one, and names that occur twice.
    """

    def __init__(self, name, file):
        self._name = name
        with _refusing(f"{name} is not a zip file, or is damaged"):
            self._zip = zipfile.ZipFile(file)
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in entries}
        self.names = tuple(self._entries)
        if len(self.names) < len(entries):
            raise ValueError(f"{name} is damaged: it holds two files of one name.")

    def size(self, entry):
        """The bytes that the zip declares for one of its files: int."""
        return self._entries[entry].file_size

    def checksum(self, entry):
        """The CRC-32 that the zip declares for one of its files: int."""
        return self._entries[entry].CRC

    def check(self, entry):
        """Refuses what Python cannot read, without reading it.

        Raises: ValueError for a file that is encrypted, or compressed in an unknown way.
        """
        found = self._entries[entry]
        if found.flag_bits & _ENCRYPTED:
            raise ValueError(
                f"{self._name}: {entry} is encrypted; unpack the zip file with its password first."
            )
        if found.compress_type not in _METHODS:
            raise ValueError(
                f"{self._name}: {entry} is compressed in a way that Python cannot read (method "
                f"{found.compress_type}); unpack the zip file first."
            )

    @contextlib.contextmanager
    def stream(self, entry):
        """Opens one of the files: yields an object with `read(size)`.

        Its `read` gives fewer bytes at the end only, and raises ValueError for damage, a checksum
        that is wrong at the end included.
        """
        refusal = f"{self._name}: {entry} is damaged, or cannot be read"
        with _refusing(refusal):
            file = self._zip.open(self._entries[entry])
        try:
            yield _Stream(file, refusal)
        finally:
            file.close()

    def read(self, entry):
        """One of the files: bytes.

        Raises: ValueError for a damaged one, and one that memory does not suffice for.
        """
        memory.require(self.size(entry), f"{self._name}: {entry}")
        with self.stream(entry) as stream:
            blocks = []
            while block := stream.read(_BLOCK):
                blocks.append(block)
        return b"".join(blocks)


@contextlib.contextmanager
def open_archive(path, name=None):
    """Opens a zip file.

    Args:
      path: str, local or remote.
      name: str, how messages call it; by default the path.
    Yields: `Archive`.
    Raises: ValueError, as `open_binary` and `Archive` do.
    """
    name = name or path
    with open_binary(path, name) as file:
        yield Archive(name, file)


class _Stream:
    """A file in a zip, as it is unpacked."""

    def __init__(self, file, refusal):
        self._file, self._refusal = file, refusal

    def read(self, size):
        with _refusing(self._refusal):
            return self._file.read(size)


@contextlib.contextmanager
def _refusing(refusal):
    """Turns what the readers of Python raise for damage into one sentence."""
    try:
        yield
    except _DAMAGE as error:
        reason = str(error).rstrip(".").replace(os.linesep, " ") or type(error).__name__
        raise ValueError(f"{refusal} ({reason}).") from error
