"""Writes a prepared dataset, shard by shard, so that a killed program loses one shard at most.

A shard is written under another name, hashed and renamed; `unfinished.json` lists which shards are
done. At the end `index.json` replaces it, so that no reader takes a part for the whole.
"""

import hashlib
import itertools

import msgspec
import tensorflow as tf

from tfgan import files
from tfgan.data import disk_space
from tfgan.data.sources.prepared import index as index_file

_BLOCK = 2**22  # bytes hashed at once
_REPORT_EVERY = 64  # examples
_TOGETHER, _BYTES_TOGETHER = 256, 64 * 2**20  # read from the source at once, at most


class Interrupted(Exception):  # noqa: N818
    """The writing of a dataset was interrupted; the shards that are done are kept."""


def write(source, folder, options, on_progress=None):
    """Writes a dataset, or continues one that an earlier call has begun.

    Equal sources and options give equal files, however often the writing was interrupted. Shards
    that are missing or do not match their checksums are written.

    Args:
      source: `Source`.
      folder: str, anything that `tf.io.gfile` takes; made if it is missing.
      options: dict that JSON can hold: what besides the source determines the content.
      on_progress: function (examples done, all examples), called often.
    Returns: (`index.Index`, int: how many shards were written).
    Raises: ValueError for a folder of another dataset, too little space and unpaired domains;
      `files.Locked` if another process writes there; `Interrupted` for Ctrl-C.
    """
    if not source.spec.is_paired:
        raise ValueError(
            f"{source.name} has two unpaired domains, and a dataset holds examples of one: train "
            "from the files of both, or prepare each domain on its own."
        )
    if tf.io.gfile.exists(folder) and not tf.io.gfile.isdir(folder):
        raise ValueError(f"--out must be a folder; {folder} is a file.")
    with files.locked(folder, "tfgan prepare"):
        return _write(source, folder, options, on_progress)


def check(folder):
    """Compares all files of a finished dataset with their checksums: its `index.Index`.

    Raises: ValueError for a missing or unfinished dataset, and damaged or missing files.
    """
    index = index_file.load(folder, index_file.NAME)
    if index is None:
        raise ValueError(f"{folder} holds no finished dataset: it has no {index_file.NAME}.")
    wrong = [shard.file for shard in _verified(folder, index) if not shard.sha256]
    if wrong:
        raise ValueError(
            f"{folder}: {len(wrong)} of {len(index.shards)} files are damaged or missing, such as "
            f"{wrong[0]}; run the same `tfgan prepare` again to rebuild them."
        )
    return index


def _write(source, folder, options, on_progress):
    planned = index_file.plan(source, {"fingerprint": source.fingerprint, **options})
    index = index_file.load_any(folder) or planned
    if differences := _differences(index, planned):
        raise ValueError(
            f"{folder} holds a dataset that was prepared from other data or with other options: "
            f"{'; '.join(differences)}; choose another --out."
        )
    index = index.with_shards(_verified(folder, index))
    missing = [shard for shard in index.shards if not shard.sha256]
    files.remove_parts(folder)  # what a killed program has left half written
    if missing:
        needed = sum(shard.count for shard in missing) * index.record_format.bytes
        disk_space.require(needed, "The dataset", folder, "another --out or a smaller --image_size")
        index.save(folder, index_file.UNFINISHED)
        files.remove(f"{folder}/{index_file.NAME}")
        index = _write_missing(source, folder, index, on_progress or (lambda done, total: None))
    if missing or not tf.io.gfile.exists(f"{folder}/{index_file.NAME}"):
        index.save(folder, index_file.NAME)
    files.remove(f"{folder}/{index_file.UNFINISHED}")
    return index, len(missing)


def _differences(index, planned):
    old, new = ({**each.made_from, **each.spec.to_dict()} for each in (index, planned))
    differences = [
        f"{name} was {old.get(name)}, and is {new.get(name)}"
        for name in old | new
        if name != "fingerprint" and old.get(name) != new.get(name)
    ]
    if old["fingerprint"] != new["fingerprint"]:
        differences.insert(
            0,
            f"data was {index.source} with fingerprint {old['fingerprint'][:8]}, and is "
            f"{planned.source} with {new['fingerprint'][:8]}",
        )
    forms = ([(each.file, each.count) for each in one.shards] for one in (index, planned))
    if not differences and next(forms) != next(forms):
        differences.append("the files have other names or counts")
    return differences


def _verified(folder, index):
    """The shards of an index; those whose files differ from it have no checksum."""
    record_bytes = index.record_format.bytes
    for shard in index.shards:
        path = f"{folder}/{shard.file}"
        is_right = (
            shard.sha256
            and tf.io.gfile.exists(path)
            and tf.io.gfile.stat(path).length == shard.count * record_bytes
            and _hash(path) == shard.sha256
        )
        yield shard if is_right else msgspec.structs.replace(shard, sha256=None)


def _write_missing(source, folder, index, on_progress):
    total = sum(index.counts.values())
    done = sum(shard.count for shard in index.shards if shard.sha256)
    try:
        for part, shards in index.parts.items():
            examples = source if part == "train" else source.held_out
            for shard, rows in _with_rows(examples, shards):
                records = _encoded(rows, index, lambda n, done=done: on_progress(done + n, total))
                digest = _write_shard(f"{folder}/{shard.file}", records)
                index = index.with_shards([msgspec.structs.replace(shard, sha256=digest)])
                index.save(folder, index_file.UNFINISHED)
                done += shard.count
                on_progress(done, total)
    except KeyboardInterrupt as error:
        kind = index.spec.modality.kind
        raise Interrupted(f"{done:,} of {total:,} {kind} are prepared and kept") from error
    return index


def _with_rows(source, shards):
    first, rows = 0, None
    spec = source.spec
    example_bytes = sum(each.raw_bytes for each in (spec, *spec.conditions.values()))
    together = max(1, min(_TOGETHER, _BYTES_TOGETHER // example_bytes))
    for shard in shards:
        if shard.sha256:
            rows = None
        else:
            rows = rows or _rows(source.examples(batch_size=together, start=first))
            yield shard, itertools.islice(rows, shard.count)
        first += shard.count


def _rows(batches):
    for batch in batches:
        for values in zip(*batch.values(), strict=True):
            yield dict(zip(batch, values, strict=True))


def _encoded(rows, index, on_progress):
    record_format = index.record_format
    for number, example in enumerate(rows):
        if number % _REPORT_EVERY == 0:
            on_progress(number)
        yield record_format.encode(example)


def _write_shard(path, records):
    """Writes one file; returns the SHA-256 of what can be read from the disk."""
    with files.atomic_file(path) as part:
        with tf.io.TFRecordWriter(part) as writer:
            for record in records:
                writer.write(record)
        return _hash(part)


def _hash(path):
    digest = hashlib.sha256()
    with tf.io.gfile.GFile(path, "rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
