"""Decoded images, kept in memory or - above a limit - in a file that is mapped into it.

The file lies in a cache directory under a key that stands for everything the pixels depend on, and
is found again by the next run. It is written beside and renamed, so that no run reads half of it.
"""

import contextlib
import dataclasses
import hashlib
import json
import logging
import mmap
import os
import shutil
import time

import msgspec
import numpy as np
import tensorflow as tf

from tfgan import files
from tfgan import memory as memory_

_LOG = logging.getLogger(__name__)

MEMORY_LIMIT = 128 * 2**20  # bytes of pixels that are kept in memory, unless there is a limit
_MAPPED = 64 * 2**20  # bytes of a file that are filled before their memory is given back
_REPORT_SECONDS = 10.0


@dataclasses.dataclass(frozen=True)
class Images:
    """Decoded images.

    Attributes:
      data: uint8 `[count, height, width, channels]`, an array or a read-only `np.memmap`.
      label: int32 `[count]`, or None.
      left_out: dict of the names of the images that could not be decoded -> why, as a clause.
      decisions: dict of str, what was decided about the pixels, as of `survey.Survey`.
    """

    data: np.ndarray
    label: np.ndarray | None
    left_out: dict
    decisions: dict


class _About(msgspec.Struct):
    """What is kept beside the pixels."""

    count: int
    label: list[int] | None
    left_out: dict[str, str]
    decided: dict[str, str]


def most(limit=None):
    """Bytes of pixels that are kept in memory.

    Args:
      limit: int, bytes that the data may take, of which this is half; None for `MEMORY_LIMIT`, and
        half of what is free at most.
    """
    return min(MEMORY_LIMIT, memory_.budget()) if limit is None else limit // 2


def cache_directory(directory=None):
    """Where things are kept that can be made again: a local path.

    Args:
      directory: str, a local directory; None for `~/.cache/tfgan`.
    Raises: ValueError for a remote directory, which cannot be mapped into memory.
    """
    if directory and "://" in directory:
        raise ValueError(f"cache_dir must be a local directory; received {directory!r}.")
    return directory or os.path.join(os.path.expanduser("~"), ".cache", "tfgan")


class Cache:
    """The place on disk of one decoded set.

    Args:
      directory: str, a local directory; None for `~/.cache/tfgan`.
      facts: dict that JSON can hold: everything that the pixels depend on.
    Raises: ValueError for a remote directory, which cannot be mapped into memory.
    """

    def __init__(self, directory, facts):
        self.directory = cache_directory(directory)
        key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]
        self._path = os.path.join(self.directory, key)

    def find(self):
        """The images that an earlier run has left, or None."""
        try:
            about = files.read_json(self._path + ".json", _About, "a decoded set")
            data = np.load(self._path + ".npy", mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, tf.errors.OpError):
            return None
        label = None if about.label is None else np.array(about.label, np.int32)
        return Images(data[: about.count], label, about.left_out, about.decided)

    def allocate(self, shape):
        """A file of the wanted shape, to be filled: (uint8 `np.memmap`, its path).

        Raises: ValueError, if the disk has no room for it.
        """
        os.makedirs(self.directory, exist_ok=True)
        needed = int(np.prod(shape, dtype=np.int64))
        free = shutil.disk_usage(self.directory).free
        if needed > free:  # a mapped file on a full disk would kill the process
            raise ValueError(
                f"The decoded images need {memory_.format_bytes(needed)} in {self.directory}, which "
                f"has {memory_.format_bytes(free)} left; choose another --cache_dir, a larger --memory "
                "or a smaller --image_size."
            )
        part = files.part_of(self._path + ".npy")
        return np.lib.format.open_memmap(part, "w+", np.uint8, shape), part

    def keep(self, part, count, label, left_out, decisions):
        """Makes a filled file the one that `find` finds, and returns what it finds."""
        os.replace(part, self._path + ".npy")
        about = _About(count, label, left_out, decisions)
        files.write_bytes(self._path + ".json", msgspec.json.encode(about))
        return self.find()


def collect(name, examples, count, cache, most_bytes, decisions=None):
    """Gathers decoded images into one array, without a second copy of them.

    Args:
      name: str, how messages call the set.
      examples: iterable of (name of the image, uint8 `[height, width, channels]` or str: why it
        cannot be decoded, label or None).
      count: int, how many examples there are, broken ones included.
      cache: `Cache`, used if the images are larger than `most_bytes`.
      most_bytes: int, as of `most`.
      decisions: dict, as of `Images`.
    Returns: `Images`, in the order of `examples`, without the broken ones.
    Raises: ValueError for images of different sizes, no images, or no room on the disk.
    """
    data, part, first, labels, left_out = None, None, None, [], {}
    report = Report(f"{name}: decoded %s of {count:,} images")
    try:
        for example, image, label in examples:
            report.step()
            if isinstance(image, str):
                left_out[example] = image
                continue
            if data is None:
                first = example
                data, part = _room((count, *image.shape), cache, most_bytes)
            elif image.shape != data.shape[1:]:
                raise ValueError(different(name, first, data.shape[1:], example, image.shape))
            data[len(labels)] = image
            labels.append(label)
            if part and len(labels) % max(1, _MAPPED // image.nbytes) == 0:
                _give_back(data)
        if data is None:
            raise ValueError(f"{name} holds no image that can be decoded.")
        label = None if labels[0] is None else [int(value) for value in labels]
        if part:
            data.flush()
            return cache.keep(part, len(labels), label, left_out, decisions or {})
        label = None if label is None else np.array(label, np.int32)
        return Images(data[: len(labels)], label, left_out, decisions or {})
    finally:
        if part:
            with contextlib.suppress(FileNotFoundError):
                os.remove(part)


def _room(shape, cache, most_bytes):
    """(an array to fill, its file or None)."""
    if np.prod(shape, dtype=np.int64) <= most_bytes:
        return np.empty(shape, np.uint8), None
    return cache.allocate(shape)


def _give_back(data):
    """Lets the system write what is filled and take its memory; it stays in the file."""
    if hasattr(mmap, "MADV_DONTNEED"):
        data._mmap.madvise(mmap.MADV_DONTNEED)


def different(name, first, shape, second, other):
    """The sentence that refuses images of two forms.

    Args:
      name: str, the set.
      first, second: str, an image of each form.
      shape, other: their (height, width, channels).
    """
    if shape[:2] == other[:2]:
        kinds = {1: "gray", 3: "color"}
        return (
            f"{name} holds gray and color images, such as {first} ({kinds[shape[2]]}) and "
            f"{second} ({kinds[other[2]]}); give --channels 1 or 3."
        )
    return (
        f"{name} holds images of several sizes, such as {shape[0]} x {shape[1]} ({first}) and "
        f"{other[0]} x {other[1]} ({second}); give --image_size."
    )


class Report:
    """A line in the log every ten seconds of long work.

    Args:
      line: str, with one %s for the number of things done.
    """

    def __init__(self, line):
        self._line, self._done = line, 0
        self._last = time.monotonic()

    def step(self, count=1):
        """Says that `count` more things are done."""
        self._done += count
        if time.monotonic() - self._last >= _REPORT_SECONDS:
            self._last = time.monotonic()
            _LOG.info(self._line, f"{self._done:,}")
