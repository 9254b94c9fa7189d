"""`index.json`: what a prepared dataset holds, known without reading its records."""

import dataclasses
import json
from typing import Annotated, Any, Literal

import msgspec
import tensorflow as tf

from tfgan import files, memory
from tfgan.data import fingerprint
from tfgan.data.sources.prepared.records import RecordFormat
from tfgan.data.spec import DataSpec

NAME = "index.json"
UNFINISHED = "unfinished.json"  # the same content, as long as shards are missing

_FORMAT, _VERSION = "tfgan prepared images", 1
_WHAT = "the index of a dataset that `tfgan prepare` made"
_MOST_AROUND = 10_000  # bytes of a record besides its data
_SHARD_BYTES = 128 * 2**20
_FEWEST, _SMALLEST = 8, 1000  # shards of a part, unless they would hold fewer examples

_Positive = Annotated[int, msgspec.Meta(ge=1, le=2**62)]


class Shard(msgspec.Struct, frozen=True):
    """A file of records, by its name in the folder; the hash is None until it is written."""

    file: str
    count: _Positive
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None


class _Head(msgspec.Struct):
    """What every release writes."""

    format: Literal[_FORMAT]
    version: int


class _Content(_Head):
    """What this release writes, besides the entries of the modality."""

    source: str
    made_from: dict[str, Any]
    shape: tuple[_Positive, ...]
    dtype: str
    classes: _Positive | None
    class_names: tuple[str, ...]
    record_bytes: _Positive
    parts: dict[Literal["train", "held_out"], tuple[Shard, ...]]


_OF_SPEC = ("shape", "dtype", "classes", "class_names")


@dataclasses.dataclass(frozen=True)
class Index:
    """The content of a dataset.

    Attributes:
      source: str, the `--data` it was made from.
      made_from: dict that JSON can hold: everything else that determines the content.
      spec: `DataSpec`.
      parts: dict of name ("train", "held_out") -> tuple of `Shard`.
    """

    source: str
    made_from: dict
    spec: DataSpec
    parts: dict

    @property
    def record_format(self):
        """The `RecordFormat` of its records."""
        return RecordFormat(self.spec)

    @property
    def shards(self):
        """All `Shard`s."""
        return [shard for shards in self.parts.values() for shard in shards]

    @property
    def counts(self):
        """The examples of each part: dict of int."""
        return {part: sum(each.count for each in shards) for part, shards in self.parts.items()}

    def with_shards(self, shards):
        """This index with other shards instead of those of the same file."""
        new = {shard.file: shard for shard in shards}
        parts = {
            name: tuple(new.get(shard.file, shard) for shard in old)
            for name, old in self.parts.items()
        }
        return dataclasses.replace(self, parts=parts)

    def fingerprint(self, part):
        """Hex SHA-256 of a part; that of the held-out part covers what it is held out of."""
        hashes = [shard.sha256 for shard in self.parts[part]]
        digest = fingerprint.of_json({part: hashes, "spec": self.spec.to_dict()})
        if part == "train":
            return digest
        return fingerprint.of_held_out(self.fingerprint("train"), digest)

    def save(self, folder, name):
        """Writes the index so that a reader never reads half of it."""
        content = {
            "format": _FORMAT,
            "version": _VERSION,
            "source": self.source,
            "made_from": self.made_from,
            **self.spec.to_dict(),
            "record_bytes": self.record_format.bytes,
            "parts": msgspec.to_builtins(self.parts),
        }
        files.write_text(f"{folder}/{name}", json.dumps(content, indent=1) + "\n")


def plan(source, made_from):
    """The `Index` of a dataset to be written from a source; `made_from`: see `Index`."""
    record_bytes = RecordFormat(source.spec).bytes
    counts = {"train": source.count}
    if source.held_out is not None:
        counts["held_out"] = source.held_out.count
    parts = {part: _shards(part, count, record_bytes) for part, count in counts.items()}
    return Index(source.name, made_from, source.spec, parts)


def load(folder, name):
    """The index of a folder, or None if it has no such file.

    Raises: ValueError for a file that is not an index, or of another release.
    """
    path = f"{folder}/{name}"
    if not tf.io.gfile.exists(path):
        return None
    version = files.read_json(path, _Head, _WHAT).version
    if version != _VERSION:
        raise ValueError(
            f"{path} has format version {version}; this release of tfgan reads version {_VERSION}."
        )
    content = files.read_json(path, _Content, _WHAT)
    entries = files.read_json(path, dict[str, Any], _WHAT)
    facts = {key: entries[key] for key in entries if key not in _Content.__struct_fields__}
    try:
        return _index(content, facts)
    except ValueError as error:
        raise ValueError(f"{path} is not {_WHAT}: {error}") from error


def load_any(folder):
    """The index of a dataset in a folder, finished or not; None without one; raises as `load`."""
    return load(folder, NAME) or load(folder, UNFINISHED)


def _index(content, facts):
    """The `Index` of a `_Content` and the entries of the modality; ValueError if they conflict."""
    if not content.parts.get("train"):
        raise ValueError("it has no files to train on.")
    if not isinstance(content.made_from.get("fingerprint"), str):
        raise ValueError("made_from must have a fingerprint.")
    spec = DataSpec.from_dict({name: getattr(content, name) for name in _OF_SPEC} | facts)
    index = Index(content.source, content.made_from, spec, content.parts)
    names = [shard.file for shard in index.shards]
    for name in names:
        if not files.is_plain_name(name):
            raise ValueError(f"{name!r} must be the name of a file in the same folder.")
    if len(set(names)) < len(names):
        raise ValueError("it names a file twice.")
    data_bytes = sum(each.raw_bytes for each in (spec, *spec.conditions.values()))
    if not data_bytes < content.record_bytes < data_bytes + _MOST_AROUND:
        raise ValueError(f"a record cannot have {content.record_bytes:,} bytes.")
    memory.require(4 * content.record_bytes, "a record")
    if index.record_format.bytes != content.record_bytes:
        raise ValueError(f"a record must have {index.record_format.bytes:,} bytes.")
    return index


def _shards(part, count, record_bytes):
    size = max(1, min(_SHARD_BYTES // record_bytes, max(_SMALLEST, -(-count // _FEWEST))))
    number = -(-count // size)
    firsts = [count * i // number for i in range(number + 1)]
    return tuple(
        Shard(f"{part}-{i:05d}-of-{number:05d}.tfrecord", firsts[i + 1] - firsts[i], None)
        for i in range(number)
    )
