"""Zip files from others: their headers are checked, not trusted."""

import contextlib
import lzma
import os
import struct
import typing
import zipfile
import zlib

import tensorflow as tf

from tfgan import memory
from tfgan.files.safe_open import open_binary

_BLOCK = 4 * 2**20  # bytes per read

_ENCRYPTED = 1  # a bit of the flags of an entry
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, tf.errors.OpError),
    *(EOFError, OSError, ValueError, OverflowError, MemoryError),
    RuntimeError,  # encrypted, or (NotImplementedError) an unknown compression
)


class Archive:
    """The files in a zip.

    Attributes:
      names: tuple of str, in the order of the zip, all different. They are not safe as paths.

    Args:
      name: str, what messages call the zip.
      file: binary file object with random access.
    Raises: ValueError for another kind of file, a damaged one, and names that occur twice.
    """

    def __init__(self, name, file):
        self._name = name
        with _refusing_damage(f"{name} is not a zip file, or is damaged"):
            self._zip = zipfile.ZipFile(file)
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in entries}
        self.names = tuple(self._entries)
        if len(self.names) < len(entries):
            raise ValueError(f"{name} is damaged: it holds two files of one name.")

    def size(self, entry):
        """The declared bytes of one of the files: int."""
        return self._entries[entry].file_size

    def checksum(self, entry):
        """The declared CRC-32 of one of the files: int."""
        return self._entries[entry].CRC

    def check(self, entry):
        """Refuses, without reading it, one of the files that Python cannot read."""
        info = self._entries[entry]
        if info.flag_bits & _ENCRYPTED:
            raise ValueError(
                f"{self._name}: {entry} is encrypted; unpack the zip file with its password first."
            )
        if info.compress_type not in _METHODS:
            raise ValueError(
                f"{self._name}: {entry} is compressed in a way that Python cannot read (method "
                f"{info.compress_type}); unpack the zip file first."
            )

    @contextlib.contextmanager
    def stream(self, entry):
        """Opens one of the files: yields an object with `read(size)`.

        Its `read` returns fewer bytes at the end only, and raises ValueError for any damage.
        """
        refusal = f"{self._name}: {entry} is damaged, or cannot be read"
        with _refusing_damage(refusal):
            file = self._zip.open(self._entries[entry])
        with file:
            yield _Stream(file, refusal)

    def read(self, entry):
        """The content of one of the files: bytes.

        Raises: ValueError for a damaged file, and one that does not fit into memory.
        """
        memory.require(self.size(entry), f"{self._name}: {entry}")
        with self.stream(entry) as stream:
            return b"".join(iter(lambda: stream.read(_BLOCK), b""))


@contextlib.contextmanager
def open_archive(path, name=None):
    """Opens a zip file: yields an `Archive`; errors: see `open_binary` and `Archive`.

    Args:
      path: str, local or remote.
      name: str, what messages call it; by default the path.
    """
    with open_binary(path, name or path) as file:
        yield Archive(name or path, file)


class _Stream(typing.NamedTuple):
    file: typing.IO[bytes]
    refusal: str

    def read(self, size):
        with _refusing_damage(self.refusal):
            return self.file.read(size)


@contextlib.contextmanager
def _refusing_damage(refusal):
    try:
        yield
    except _DAMAGE as error:
        reason = str(error).rstrip(".").replace(os.linesep, " ") or type(error).__name__
        raise ValueError(f"{refusal} ({reason}).") from error
