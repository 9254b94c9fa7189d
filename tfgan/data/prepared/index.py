"""`index.json`: what a prepared set holds, so that nobody needs to read its records to know."""

import dataclasses
import json

import tensorflow as tf

from tfgan import files
from tfgan.data import fingerprint
from tfgan.data.prepared.frame import Frame
from tfgan.data.spec import DataSpec

NAME = "index.json"
UNFINISHED = "unfinished.json"  # the same content, as long as shards are missing

_FORMAT, _VERSION = "tfgan prepared images", 1
_SHARD_BYTES = 128 * 2**20
_FEWEST, _SMALLEST = 8, 1000  # shards of a part, unless they would hold fewer examples


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
        return Frame(self.spec.shape, self.spec.classes)

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
    record = Frame(source.spec.shape, source.spec.classes).bytes
    counts = {"train": source.count}
    if source.held_out is not None:
        counts["held_out"] = source.held_out.count
    parts = {part: _shards(part, count, record) for part, count in counts.items()}
    return Index(source.name, made_from, source.spec, parts)


def load(folder, name):
    """The index of a folder, or None if it has no such file.

    Raises: ValueError for a file that is no index, or of another release.
    """
    path = f"{folder}/{name}"
    if not tf.io.gfile.exists(path):
        return None
    with tf.io.gfile.GFile(path, "rb") as file:
        text = file.read()
    try:
        content = json.loads(text)
        if content["format"] == _FORMAT and content["version"] == _VERSION:
            return _parsed(content)
        known = content["format"] == _FORMAT
    except (AttributeError, KeyError, TypeError, ValueError):
        known = False
    if known:
        raise ValueError(
            f"{path} has format version {content['version']}; this release of tfgan reads version "
            f"{_VERSION}."
        )
    raise ValueError(f"{path} is not the index of a set that `tfgan prepare` made.")


def _parsed(content):
    parts = {
        part: tuple(Shard(**shard) for shard in shards) for part, shards in content["parts"].items()
    }
    spec = DataSpec.from_dict(content)
    index = Index(content["source"], content["made_from"], spec, parts)
    if not parts["train"] or index.frame.bytes != content["record_bytes"]:
        raise ValueError("The parts do not fit together.")
    return index


def _shards(part, count, record):
    size = max(1, min(_SHARD_BYTES // record, max(_SMALLEST, -(-count // _FEWEST))))
    number = -(-count // size)
    firsts = [count * i // number for i in range(number + 1)]
    return tuple(
        Shard(f"{part}-{i:05d}-of-{number:05d}.tfrecord", firsts[i + 1] - firsts[i])
        for i in range(number)
    )
