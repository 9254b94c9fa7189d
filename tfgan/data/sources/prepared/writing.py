"""Writes a prepared set, shard by shard, so that a killed program loses one shard at most.

A shard is written beside its place, hashed and renamed; `unfinished.json` tells which are done. At
the end `index.json` takes its place: no reader ever takes a part for the whole.
"""

import dataclasses
import hashlib
import itertools
import math
import os
import shutil

import numpy as np
import tensorflow as tf

from tfgan import files
from tfgan.data.sources.prepared import index as index_file

_BLOCK = 2**22  # bytes hashed at once
_TELL_EVERY = 64  # examples
_TOGETHER, _BYTES_TOGETHER = 256, 64 * 2**20  # read from the source at once, at most


class Unfinished(Exception):  # noqa: N818
    """The writing of a set was interrupted; what is done is kept."""


def write(source, folder, options, on_progress=None):
    """Writes a set, or goes on with one that an earlier call has begun.

    Equal sources and options give equal files, however often the writing was interrupted. The
    shards that are there are read and compared with their checksums; what is damaged or missing is
    made again.

    Args:
      source: `Source`, or what has its `name`, `spec`, `count`, `fingerprint`, `held_out` and
        `examples`.
      folder: str, anything that `tf.io.gfile` takes; made if it is missing.
      options: dict that JSON can hold: what besides the source decides what the set holds.
      on_progress: function (examples done, examples in all), called often.
    Returns: (`index.Index`, int: the shards that were written; 0 for a set that was whole).
    Raises: ValueError for a folder that holds another set, and no room on the disk;
      `files.Locked`, if another process writes there; Unfinished for Ctrl-C, when at least one
      shard is kept.
    """
    if tf.io.gfile.exists(folder) and not tf.io.gfile.isdir(folder):
        raise ValueError(f"--out must be a folder; {folder} is a file.")
    with files.locked(folder, "tfgan prepare"):
        return _write(source, folder, options, on_progress)


def _write(source, folder, options, on_progress):
    wanted = index_file.plan(source, {"fingerprint": source.fingerprint, **options})
    begun = _begun(folder, wanted)
    index = begun.with_shards(_checked(folder, begun))
    missing = [shard for shard in index.shards if not shard.sha256]
    files.remove_parts(folder)  # what a killed program has left half written
    if missing:
        _check_room(folder, sum(shard.count for shard in missing) * index.frame.bytes)
        index.save(folder, index_file.UNFINISHED)
        files.remove(f"{folder}/{index_file.NAME}")
        index = _write_missing(source, folder, index, on_progress or (lambda done, total: None))
    if missing or not tf.io.gfile.exists(f"{folder}/{index_file.NAME}"):
        index.save(folder, index_file.NAME)
    files.remove(f"{folder}/{index_file.UNFINISHED}")
    return index, len(missing)


def check(folder):
    """Compares all files of a finished set with their checksums.

    Args:
      folder: str, anything that `tf.io.gfile` takes.
    Returns: `index.Index`.
    Raises: ValueError for no set, an unfinished one, and for damaged or missing files.
    """
    index = index_file.load(folder, index_file.NAME)
    if index is None:
        raise ValueError(f"{folder} holds no finished set: there is no {index_file.NAME} in it.")
    wrong = [shard.file for shard in _checked(folder, index) if not shard.sha256]
    if wrong:
        raise ValueError(
            f"{folder}: {len(wrong)} of {len(index.shards)} files are damaged or missing, such as "
            f"{wrong[0]}; run the same `tfgan prepare` again to rebuild them."
        )
    return index


def _begun(folder, wanted):
    """The index that the folder has already, or the wanted one."""
    if tf.io.gfile.exists(folder) and not tf.io.gfile.isdir(folder):
        raise ValueError(f"--out must be a folder; {folder} is a file.")
    begun = index_file.begun(folder)
    if begun is None:
        return wanted
    differences = _differences(begun, wanted)
    if differences:
        raise ValueError(
            f"{folder} holds a set that was prepared from other data or with other options: "
            f"{'; '.join(differences)}; choose another --out."
        )
    return begun


def _differences(begun, wanted):
    """What differs, one phrase each."""
    found = []
    old, new = ({**index.made_from, **index.spec.to_dict()} for index in (begun, wanted))
    if old["fingerprint"] != new["fingerprint"]:
        one, other = (made["fingerprint"][:8] for made in (old, new))
        found.append(
            f"data was {begun.source} with fingerprint {one}, and is {wanted.source} with {other}"
        )
    names = [name for name in [*old, *new] if name != "fingerprint"]
    found += [
        f"{name} was {old.get(name)}, and is {new.get(name)}"
        for name in dict.fromkeys(names)
        if old.get(name) != new.get(name)
    ]
    forms = [
        {part: [(s.file, s.count) for s in shards] for part, shards in index.parts.items()}
        for index in (begun, wanted)
    ]
    if not found and forms[0] != forms[1]:
        found.append("the files have other names or counts")
    return found


def _checked(folder, index):
    """The shards of an index; those that are not as it says have no checksum."""
    record = index.frame.bytes
    for shard in index.shards:
        path = f"{folder}/{shard.file}"
        right = (
            shard.sha256
            and tf.io.gfile.exists(path)
            and tf.io.gfile.stat(path).length == shard.count * record
            and _hash(path) == shard.sha256
        )
        yield shard if right else dataclasses.replace(shard, sha256=None)


def _write_missing(source, folder, index, on_progress):
    total = sum(shard.count for shard in index.shards)
    done = sum(shard.count for shard in index.shards if shard.sha256)
    frame = index.frame
    try:
        for part, shards in index.parts.items():
            examples = source if part == "train" else source.held_out
            for shard, rows in _with_rows(examples, shards):
                records = _counted(rows, frame, lambda n, done=done: on_progress(done + n, total))
                digest = _write_shard(f"{folder}/{shard.file}", records)
                index = index.with_shards([dataclasses.replace(shard, sha256=digest)])
                index.save(folder, index_file.UNFINISHED)
                done += shard.count
                on_progress(done, total)
    except KeyboardInterrupt as error:
        kind = index.spec.modality.kind
        raise Unfinished(f"{done:,} of {total:,} {kind} are prepared and kept") from error
    return index


def _with_rows(source, shards):
    """Yields the shards to write, each with an iterator over its (example, label)."""
    first, rows = 0, None
    example_bytes = math.prod(source.spec.raw_shape) * np.dtype(source.spec.dtype).itemsize
    for shard in shards:
        if shard.sha256:
            rows = None
        else:
            together = max(1, min(_TOGETHER, _BYTES_TOGETHER // example_bytes))
            rows = rows or _rows(source.examples(batch_size=together, start=first))
            yield shard, itertools.islice(rows, shard.count)
        first += shard.count


def _rows(batches):
    for batch in batches:
        yield from zip(batch["data"], batch.get("label", itertools.repeat(None)), strict=False)


def _counted(rows, frame, on_progress):
    for number, (example, label) in enumerate(rows):
        if number % _TELL_EVERY == 0:
            on_progress(number)
        yield frame.content(example, label)


def _write_shard(path, records):
    """Writes one file beside and renames it; its SHA-256, of what can be read from the disk."""
    part = files.part_of(path)
    try:
        with tf.io.TFRecordWriter(part) as writer:
            for record in records:
                writer.write(record)
        digest = _hash(part)
        tf.io.gfile.rename(part, path, overwrite=True)
    except BaseException:
        files.remove(part)
        raise
    return digest


def _hash(path):
    digest = hashlib.sha256()
    with tf.io.gfile.GFile(path, "rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _check_room(folder, needed):
    if "://" in folder:
        return
    free = shutil.disk_usage(os.path.abspath(folder)).free
    if needed > free:
        raise ValueError(
            f"The set needs {needed / 2**30:.1f} GiB in {folder}, which has "
            f"{free / 2**30:.1f} GiB left; choose another --out or a smaller --image_size."
        )
