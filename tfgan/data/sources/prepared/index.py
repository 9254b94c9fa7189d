"""`index.json`: what a prepared set holds, so that nobody needs to read its records to know."""

import dataclasses
import json
import math
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
import tensorflow as tf

from tfgan import files, memory
from tfgan.data import fingerprint
from tfgan.data.sources.prepared.frame import Frame
from tfgan.data.spec import DataSpec

NAME = "index.json"
UNFINISHED = "unfinished.json"  # the same content, as long as shards are missing

_FORMAT, _VERSION = "tfgan prepared images", 1
_WHAT = "the index of a set that `tfgan prepare` made"
_MOST_AROUND = 10_000  # bytes of a record beside its data
_SHARD_BYTES = 128 * 2**20
_FEWEST, _SMALLEST = 8, 1000  # shards of a part, unless they would hold fewer examples

_Positive = Annotated[int, msgspec.Meta(ge=1, le=2**62)]


@dataclasses.dataclass(frozen=True)
class Shard:
    """A file of records: its name in the folder, their count, hex SHA-256 (None: not written)."""

    file: str
    count: int
    sha256: str | None = None


@dataclasses.dataclass(frozen=True)
class Index:
    """What a set holds.

    Attributes:
      source: str, the `--data` it was made from.
      made_from: dict that JSON can hold: everything else that decides what the set holds.
      spec: `DataSpec`.
      parts: dict of name ("train", "held_out") -> tuple of `Shard`.
    """

    source: str
    made_from: dict
    spec: DataSpec
    parts: dict

    @property
    def frame(self):
        """The `Frame` of its records."""
        return Frame(self.spec)

    @property
    def shards(self):
        """All `Shard`s."""
        return [shard for shards in self.parts.values() for shard in shards]

    @property
    def is_finished(self):
        """Whether all shards are written."""
        return all(shard.sha256 for shard in self.shards)

    def with_shards(self, shards):
        """This index with other shards in place of those of the same file."""
        new = {shard.file: shard for shard in shards}
        parts = {
            name: tuple(new.get(shard.file, shard) for shard in old)
            for name, old in self.parts.items()
        }
        return dataclasses.replace(self, parts=parts)

    def fingerprint(self, part):
        """Hex SHA-256 of a part: of its files' and of what the records are."""
        hashes = [shard.sha256 for shard in self.parts[part]]
        return fingerprint.of_facts({part: hashes, "spec": self.spec.to_dict()})

    def save(self, folder, name):
        """Writes the index so that a reader never sees half of it."""
        content = {
            "format": _FORMAT,
            "version": _VERSION,
            "source": self.source,
            "made_from": self.made_from,
            **self.spec.to_dict(),
            "record_bytes": self.frame.bytes,
            "parts": {
                part: [dataclasses.asdict(shard) for shard in shards]
                for part, shards in self.parts.items()
            },
        }
        files.write_text(f"{folder}/{name}", json.dumps(content, indent=1) + "\n")


def plan(source, made_from):
    """The index of a set that is still to be written: `Index`.

    Args:
      source: `Source`, or what has its `name`, `spec`, `count` and `held_out`.
      made_from: dict, as of `Index`.
    """
    record = Frame(source.spec).bytes
    counts = {"train": source.count}
    if source.held_out is not None:
        counts["held_out"] = source.held_out.count
    parts = {part: _shards(part, count, record) for part, count in counts.items()}
    return Index(source.name, made_from, source.spec, parts)


def load(folder, name):
    """The index of a folder, or None if it has no such file.

    Raises: ValueError for a file that is not an index, one of another release, and one whose
      entries do not fit together or name files in other folders.
    """
    path = f"{folder}/{name}"
    if not tf.io.gfile.exists(path):
        return None
    head = files.read_json(path, _Head, _WHAT)
    if head.version != _VERSION:
        raise ValueError(
            f"{path} has format version {head.version}; this release of tfgan reads version "
            f"{_VERSION}."
        )
    content = files.read_json(path, _Content, _WHAT)
    try:
        return _index(content, files.read_json(path, dict[str, Any], _WHAT))
    except ValueError as error:
        raise ValueError(f"{path} is not {_WHAT}: {error}") from error


def begun(folder):
    """The index of a set in a folder, finished or not; None without one.

    Raises: ValueError, as `load`.
    """
    return load(folder, NAME) or load(folder, UNFINISHED)


class _Head(msgspec.Struct):
    """What every release writes."""

    format: Literal[_FORMAT]
    version: int


class _Shard(msgspec.Struct):
    """A `Shard` in the file."""

    file: str
    count: _Positive
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None


class _Content(msgspec.Struct):
    """An `Index` in the file."""

    source: str
    made_from: dict[str, Any]
    shape: tuple[_Positive, ...]
    dtype: str
    classes: _Positive | None
    class_names: tuple[str, ...]
    record_bytes: _Positive
    parts: dict[Literal["train", "held_out"], tuple[_Shard, ...]]


def _index(content, entries):
    """The `Index` that the content of a file stands for.

    Args:
      content: `_Content`.
      entries: dict, all of the file.
    Raises: ValueError, if its entries do not fit together.
    """
    if not content.parts.get("train"):
        raise ValueError("it has no files to train on.")
    if not isinstance(content.made_from.get("fingerprint"), str):
        raise ValueError("made_from must have a fingerprint.")
    parts = {
        part: tuple(Shard(shard.file, shard.count, shard.sha256) for shard in shards)
        for part, shards in content.parts.items()
    }
    own = (*_Content.__struct_fields__, *_Head.__struct_fields__)
    facts = {name: value for name, value in entries.items() if name not in own}
    form = {name: getattr(content, name) for name in ("shape", "dtype", "classes", "class_names")}
    spec = DataSpec.from_dict(form | facts)
    index = Index(content.source, content.made_from, spec, parts)
    names = [shard.file for shard in index.shards]
    for name in names:
        if not files.is_plain_name(name):
            raise ValueError(f"{name!r} must be the name of a file in the same folder.")
    if len(set(names)) < len(names):
        raise ValueError("it names a file twice.")
    numbers = math.prod(spec.raw_shape) * np.dtype(spec.dtype).itemsize
    if not numbers < content.record_bytes < numbers + _MOST_AROUND:
        raise ValueError(f"a record cannot have {content.record_bytes:,} bytes.")
    memory.require(4 * content.record_bytes, "a record")
    if index.frame.bytes != content.record_bytes:
        raise ValueError(f"a record must have {index.frame.bytes:,} bytes.")
    return index


def _shards(part, count, record):
    size = max(1, min(_SHARD_BYTES // record, max(_SMALLEST, -(-count // _FEWEST))))
    number = -(-count // size)
    firsts = [count * i // number for i in range(number + 1)]
    return tuple(
        Shard(f"{part}-{i:05d}-of-{number:05d}.tfrecord", firsts[i + 1] - firsts[i])
        for i in range(number)
    )
