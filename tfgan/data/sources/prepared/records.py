"""The bytes of one record, and the local files of a part, read at any position.

A record is a `tf.train.Example` of a fixed length: `data`, the raw numbers, lowest byte first;
`shape`, int64, that of the data; the conditions, such as `source`, raw like the data; with classes
`label`, int64, and where labels reach 128, which take more bytes, `padding` that makes up the
difference.
"""

import functools
import os

import numpy as np
import tensorflow as tf

_BEFORE = 12  # bytes before the content of a record: its length (8) and the checksum of that (4)
_AFTER = 4  # the checksum of the content
_OPEN = 256  # files that stay open


class RecordFormat:
    """The offsets of the fields of a record.

    Attributes:
      dtype: NumPy type of a whole record in a file, with the fields `length`, `head` (the bytes
        before the data), `data`, with classes `label` (a varint), and one for each condition, all
        as bytes.

    Args:
      spec: `DataSpec`.
    """

    def __init__(self, spec):
        self._spec = spec
        self._specs = {"data": spec, **spec.conditions}
        self._stored = {
            name: np.dtype(each.dtype).newbyteorder("<") for name, each in self._specs.items()
        }
        self._label_bytes = _varint_bytes((spec.classes or 1) - 1)
        self._pieces_of = functools.cache(self._pieces)
        content = self._example({}, 0)
        starts = {
            name: _first_difference(content, self._example({name: 255}, 0)) for name in self._specs
        }
        self._starts = dict(sorted(starts.items(), key=lambda entry: entry[1]))
        fields = {"length": (0, "<u8"), "head": (_BEFORE, (np.uint8, (starts["data"],)))}
        fields |= {
            name: (_BEFORE + start, (np.uint8, (self._specs[name].raw_bytes,)))
            for name, start in starts.items()
        }
        if spec.classes:
            label = _first_difference(content, self._example({}, 1))
            fields["label"] = (_BEFORE + label, (np.uint8, (self._label_bytes,)))
        offsets, formats = zip(*fields.values(), strict=True)
        size = _BEFORE + len(content) + _AFTER
        layout = {"names": [*fields], "formats": formats, "offsets": offsets, "itemsize": size}
        self.dtype = np.dtype(layout)

    @property
    def bytes(self):
        """The length of a record in a file: int."""
        return self.dtype.itemsize

    def encode(self, example):
        """The content of a record for a TFRecord writer.

        Args:
          example: dict of `data`, `label` with classes, and the conditions, as of a batch.
        """
        *pieces, tail = self._pieces_of(int(example.get("label", 0)))
        content = []
        for piece, name in zip(pieces, self._starts, strict=True):
            stored = np.ascontiguousarray(example[name], self._stored[name])
            content += [piece, memoryview(stored).cast("B")]
        return b"".join([*content, tail])

    def decode(self, records):
        """The examples of records, `[count]` of `dtype`, and which are valid.

        Returns: (dict of `data`, the conditions and, with classes, `label`, int32 `[count]`; bool
          `[count]`, which have this format and a label in range).
        """
        head = np.frombuffer(self._pieces_of(0)[0][: self.dtype["head"].shape[0]], np.uint8)
        is_valid = records["length"] == self.bytes - _BEFORE - _AFTER
        is_valid &= (records["head"] == head).all(1)
        batch = {}
        for name, spec in self._specs.items():
            stored = np.ascontiguousarray(records[name]).view(self._stored[name])
            batch[name] = stored.reshape(-1, *spec.raw_shape).astype(spec.dtype, copy=False)
        if not self._spec.classes:
            return batch, is_valid
        label = _varints(records["label"])
        return batch | {"label": label}, is_valid & (label < self._spec.classes)

    def _pieces(self, label):
        """The bytes before, between and behind the data and the conditions: list."""
        content, place, pieces = self._example({}, label), 0, []
        for name, start in self._starts.items():
            pieces.append(content[place:start])
            place = start + self._specs[name].raw_bytes
        return [*pieces, content[place:]]

    def _example(self, fills, label):
        """A record whose data and conditions repeat a byte each, `fills`, or else 0."""
        example = tf.train.Example()
        feature = example.features.feature  # filled in place: the data can be large
        for name, spec in self._specs.items():
            feature[name].bytes_list.value.append(bytes([fills.get(name, 0)]) * spec.raw_bytes)
        feature["shape"].int64_list.value.extend(self._spec.raw_shape)
        if self._spec.classes:
            feature["label"].int64_list.value.append(label)
        if self._label_bytes > 1:
            padding = bytes(self._label_bytes - _varint_bytes(label))
            feature["padding"].bytes_list.value.append(padding)
        return example.SerializeToString(deterministic=True)


class ShardReader:
    """The records of local files, by their position in all files together.

    Files are not mapped: a mapped file that shrinks, or a failing disk, kills the process.
    """

    def __init__(self, folder, shards, record_format):
        self._names, self._format = [shard.file for shard in shards], record_format
        self._firsts = np.cumsum([0, *(shard.count for shard in shards)])
        self._open = functools.lru_cache(maxsize=_OPEN)(
            lambda name: open(os.path.join(folder, name), "rb", buffering=0)  # noqa: SIM115
        )

    def read(self, positions):
        """The examples at positions, int64 `[count]`, count > 0: a batch.

        Raises: ValueError for a damaged or missing file.
        """
        shards = np.searchsorted(self._firsts, positions, side="right") - 1
        rows = positions - self._firsts[shards]
        # Neighbors in one file are one read.
        is_end = (np.diff(positions) != 1) | (np.diff(shards) != 0)
        starts = [0, *(np.flatnonzero(is_end) + 1).tolist()]
        ends = [*starts[1:], len(positions)]
        runs = zip(shards[starts].tolist(), rows[starts].tolist(), starts, ends, strict=True)
        blocks = [
            self._block(self._names[shard], row, end - start) for shard, row, start, end in runs
        ]
        batch, is_valid = self._format.decode(np.frombuffer(b"".join(blocks), self._format.dtype))
        if not is_valid.all():
            invalid = np.flatnonzero(~is_valid)[0]
            name = self._names[shards[invalid]]
            raise ValueError(f"{name} is damaged at record {rows[invalid]}.")
        return batch

    def _block(self, name, row, count):
        offset, size = row * self._format.bytes, count * self._format.bytes
        try:
            file = self._open(name)
            block = os.pread(file.fileno(), size, offset)
            while 0 < len(block) < size and (
                more := os.pread(file.fileno(), size - len(block), offset + len(block))
            ):
                block += more
        except OSError as error:
            raise ValueError(f"{name} cannot be read: {error.strerror}.") from error
        if len(block) < size:
            raise ValueError(f"{name} is truncated.")
        return block


def _varint_bytes(number):
    """How many bytes protocol buffers take for a number of 0 or more: seven bits each."""
    return max(1, -(-number.bit_length() // 7))


def _varints(encoded):
    """uint8 `[count, bytes]` -> int32 `[count]`: seven bits a byte, lowest first, and a flag."""
    numbers, continues = np.zeros(len(encoded), np.int32), np.ones(len(encoded), bool)
    for place, byte in enumerate(encoded.T):
        numbers |= np.where(continues, (byte & 127).astype(np.int32) << 7 * place, 0)
        continues &= byte > 127
    return numbers


def _first_difference(one, other):
    return int((np.frombuffer(one, np.uint8) != np.frombuffer(other, np.uint8)).argmax())
