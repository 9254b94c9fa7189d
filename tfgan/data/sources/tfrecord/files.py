"""TFRecord files, scanned before TensorFlow reads them: compression, lengths, counts.

A record is its length (8 bytes), a checksum of that (4), the content, and its checksum (4).
TensorFlow allocates the length that a record declares, so all lengths are compared with the file.
"""

import dataclasses
import gzip
import io
import struct
import zlib

import tensorflow as tf

from tfgan import files, memory

_HEADER, _FOOTER = 12, 4
_BLOCK = 2**20  # bytes unpacked at once
_DAMAGE = (OSError, EOFError, zlib.error, tf.errors.OpError)


@dataclasses.dataclass(frozen=True)
class RecordFile:
    """A TFRecord file, how many records it has, and its compression: "", "GZIP" or "ZLIB"."""

    path: str
    count: int
    compression: str = ""

    def first(self, name, count=1):
        """Its first `count` records or fewer: list of bytes; messages call the source `name`.

        Raises: ValueError for a damaged one.
        """
        records = []
        try:
            for record in tf.data.TFRecordDataset(self.path, self.compression).take(count):
                records.append(record.numpy())
        except tf.errors.OpError as error:
            raise ValueError(f"{name}: record {len(records)} of {self.path} is damaged.") from error
        return records


def scan(name, path):
    """Counts the records of a file, for which a compressed one is unpacked: `RecordFile`.

    Raises: ValueError for another kind of file, damage, and a record that memory does not hold.
    """
    with files.open_binary(path, f"{name}: {path}") as file:
        size = tf.io.gfile.stat(path).length
        compression = _compression(file, size)
        file.seek(0)
        count = longest = 0
        try:
            for length in _unpacked(file, compression) if compression else _lengths(file, size):
                count, longest = count + 1, max(longest, length)
        except _DAMAGE as error:
            raise ValueError(
                f"{name}: {path} is not a TFRecord file, or is truncated or damaged (record "
                f"{count})."
            ) from error
    memory.require(longest, f"{name}: a record of {path}")
    return RecordFile(path, count, compression)


def _compression(file, size):
    """The compression of a file, by its first bytes; "" where they begin a record."""
    begin = file.read(_HEADER)
    if len(begin) == _HEADER and _HEADER + _length(begin) + _FOOTER <= size:
        return ""
    if begin[:2] == b"\x1f\x8b":
        return "GZIP"
    if len(begin) > 1 and begin[0] & 15 == 8 and int.from_bytes(begin[:2], "big") % 31 == 0:
        return "ZLIB"
    return ""


def _lengths(file, size):
    """Yields the lengths of a file's records; EOFError for one that is not all there."""
    offset = 0
    while offset < size:
        file.seek(offset)
        length = _length(file.read(_HEADER))
        offset += _HEADER + length + _FOOTER
        if offset > size:
            raise EOFError
        yield length


def _unpacked(file, compression):
    is_gzip = compression == "GZIP"
    stream = gzip.GzipFile(fileobj=file) if is_gzip else io.BufferedReader(_Zlib(file))
    while header := stream.read(_HEADER):
        length = _length(header)
        left = length + _FOOTER
        while left:
            block = stream.read(min(left, _BLOCK))
            if not block:
                raise EOFError
            left -= len(block)
        yield length


def _length(header):
    if len(header) < _HEADER:
        raise EOFError
    return struct.unpack("<Q", header[:8])[0]


class _Zlib(io.RawIOBase):
    """The content of a zlib stream, unpacked as it is read."""

    def __init__(self, file):
        super().__init__()
        self._file, self._unpacking = file, zlib.decompressobj()

    def readable(self):
        return True

    def readinto(self, buffer):
        block = b""
        while not block and not self._unpacking.eof:
            packed = self._unpacking.unconsumed_tail or self._file.read(_BLOCK)
            if not packed:
                raise EOFError
            block = self._unpacking.decompress(packed, len(buffer))
        buffer[: len(block)] = block
        return len(block)
