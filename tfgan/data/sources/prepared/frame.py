"""The bytes of one record: a `tf.train.Example` of a fixed length.

Its features: `data`, the raw numbers, such as uint8 pixels, those of several bytes with the lowest
first; `shape`, int64, such as `[height, width, channels]`; with classes
`label`, int64. A label of 128 and more takes more bytes than a smaller one, so where there are such
labels a feature `padding` makes up the difference.
"""

import functools
import itertools
import math

import numpy as np
import tensorflow as tf

_BEFORE = 12  # a record's length (8 bytes) and the checksum of that (4)
_AFTER = 4  # the checksum of the content


class Frame:
    """Where the data and the label of a record lie.

    Attributes:
      bytes: int, the length of a record in the file.

    Args:
      spec: `DataSpec`.
    """

    def __init__(self, spec):
        self._shape, self._classes = spec.raw_shape, spec.classes
        self._dtype = np.dtype(spec.dtype).newbyteorder("<")
        classes = spec.classes
        self._around = functools.cache(self._parts_of)
        self._size = math.prod(self._shape) * self._dtype.itemsize
        self._label_bytes = len(_varint((classes or 1) - 1))
        black, white = (self._example(bytes([value]) * self._size, 0) for value in (0, 255))
        self._pixels = _first_difference(black, white)
        if classes and classes > 1:
            self._label = _BEFORE + _first_difference(black, self._example(bytes(self._size), 1))
        self.bytes = _BEFORE + len(black) + _AFTER

    def content(self, example, label):
        """A record as a TFRecord writer takes it: bytes.

        Args:
          example: raw, of the spec.
          label: int, or None without classes.
        """
        head, tail = self._around(None if label is None else int(label))
        stored = np.ascontiguousarray(example, self._dtype)
        return b"".join((head, memoryview(stored).cast("B"), tail))

    def is_whole(self, records):
        """Which records begin as each of this form does and have a class: bool `[count]`.

        Args:
          records: uint8 `[count, bytes]`, as the file holds them.
        """
        length = np.array([self.bytes - _BEFORE - _AFTER], "<u8").tobytes()
        head, _ = self._around(0 if self._classes else None)
        right = np.frombuffer(head, np.uint8)
        starts = records[:, _BEFORE : _BEFORE + self._pixels]
        whole = (records[:, :8] == np.frombuffer(length, np.uint8)).all(1)
        whole &= (starts == right).all(1)
        return whole & (self._labels(records) < self._classes) if self._classes else whole

    def parse(self, records):
        """The examples of records: dict of `data` and, with classes, `label` int32 `[count]`.

        Args:
          records: uint8 `[count, bytes]`, as the file holds them.
        """
        start = _BEFORE + self._pixels
        stored = np.ascontiguousarray(records[:, start : start + self._size])
        data = stored.view(self._dtype).reshape(-1, *self._shape)
        parsed = {"data": data.astype(self._dtype.newbyteorder("="), copy=False)}
        if self._classes:
            parsed["label"] = self._labels(records)
        return parsed

    def _labels(self, records):
        labels = np.zeros(len(records), np.int32)
        if self._classes == 1:
            return labels
        goes_on = np.ones(len(records), bool)
        for place in range(self._label_bytes):  # seven bits a byte; the eighth: another follows
            byte = records[:, self._label + place].astype(np.int32)
            labels |= np.where(goes_on, (byte & 127) << 7 * place, 0)
            goes_on &= byte > 127
        return labels

    def _parts_of(self, label):
        """What stands before and after the pixels, (bytes, bytes)."""
        whole = self._example(bytes(self._size), label or 0)
        return whole[: self._pixels], whole[self._pixels + self._size :]

    def _example(self, pixels, label):
        example = tf.train.Example()
        feature = example.features.feature  # filled in place: pixels can be many
        feature["data"].bytes_list.value.append(pixels)
        feature["shape"].int64_list.value.extend(self._shape)
        if self._classes:
            feature["label"].int64_list.value.append(label)
        if self._label_bytes > 1:
            padding = bytes(self._label_bytes - len(_varint(label)))
            feature["padding"].bytes_list.value.append(padding)
        return example.SerializeToString(deterministic=True)


def _varint(value):
    """How protocol buffers write a number of 0 and more."""
    groups = [value >> 7 * place & 127 for place in range(max(1, -(-value.bit_length() // 7)))]
    return bytes([*(group | 128 for group in groups[:-1]), groups[-1]])


def _first_difference(one, other):
    return next(i for i, (a, b) in enumerate(itertools.zip_longest(one, other)) if a != b)
