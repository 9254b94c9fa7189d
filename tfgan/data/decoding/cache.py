"""Decoded images, kept in memory or, above a limit, in a file that is mapped into it.

The file's name is a hash of all that the pixels depend on; no run reads half of it.
"""

import contextlib
import dataclasses
import logging
import mmap
import os
import time

import msgspec
import numpy as np
import tensorflow as tf

from tfgan import files
from tfgan import memory as memory_
from tfgan.data import disk_space, fingerprint

_LOG = logging.getLogger(__name__)

MEMORY_LIMIT = 128 * 2**20  # bytes of pixels that are kept in memory by default
_MAPPED = 64 * 2**20  # bytes of a file that are filled before their memory is given back
_REPORT_SECONDS = 10.0


@dataclasses.dataclass(frozen=True)
class Images:
    """Decoded images.

    Attributes:
      data: uint8 `[count, height, width, channels]`, an array or a read-only `np.memmap`.
      label: int32 `[count]`, or None.
      left_out: dict of the names of the images that could not be decoded -> why, as a clause.
      decisions: dict of str about the pixels, see `survey.Survey`.
    """

    data: np.ndarray
    label: np.ndarray | None
    left_out: dict
    decisions: dict


class _Metadata(msgspec.Struct):
    count: int
    label: list[int] | None
    left_out: dict[str, str]
    decided: dict[str, str]


def memory_limit(memory=None):
    """Bytes of pixels kept in memory: half of `memory`; by default `MEMORY_LIMIT` or less."""
    return min(MEMORY_LIMIT, memory_.budget()) if memory is None else memory // 2


def cache_directory(directory=None):
    """A directory for what can be computed again; ValueError for one that is remote."""
    if directory and "://" in directory:
        raise ValueError(f"cache_dir must be a local directory; received {directory!r}.")
    return directory or os.path.join(os.path.expanduser("~"), ".cache", "tfgan")


class Cache:
    """The path of a dataset in a `cache_directory`, by a dict of all that its pixels depend on."""

    def __init__(self, directory, key):
        self.directory = cache_directory(directory)
        self._path = os.path.join(self.directory, fingerprint.of_json(key)[:32])

    def find(self):
        """The images that an earlier run has stored, or None."""
        try:
            metadata = files.read_json(self._path + ".json", _Metadata, "a decoded dataset")
            data = np.load(self._path + ".npy", mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, tf.errors.OpError):
            return None
        label = None if metadata.label is None else np.array(metadata.label, np.int32)
        return Images(data[: metadata.count], label, metadata.left_out, metadata.decided)

    def allocate(self, shape):
        """(uint8 `np.memmap` to be filled, its path); ValueError if it does not fit."""
        os.makedirs(self.directory, exist_ok=True)
        needed = int(np.prod(shape, dtype=np.int64))
        # A mapped file on a full disk would kill the process.
        advice = "another --cache_dir, a larger --memory or a smaller --image_size"
        disk_space.require(needed, "The decoded images", self.directory, advice)
        part = files.part_of(self._path + ".npy")
        return np.lib.format.open_memmap(part, "w+", np.uint8, shape), part

    def keep(self, part, count, label, left_out, decisions):
        """Makes a filled file the one that `find` finds, and returns what it finds."""
        os.replace(part, self._path + ".npy")
        metadata = _Metadata(count, label, left_out, decisions)
        files.write_bytes(self._path + ".json", msgspec.json.encode(metadata))
        return self.find()


def collect(name, examples, count, cache, limit, decisions=None):
    """Gathers decoded images into one array, without a second copy of them.

    Args:
      examples: iterable of (name, uint8 `[h, w, channels]` or str: why not, label or None).
      count: int, how many examples there are, broken ones included.
      cache: `Cache`, used if the images have more bytes than `limit`.
    Returns: `Images`, in the order of `examples`, without the broken ones.
    Raises: ValueError for images of different sizes, no images, or too little disk space.
    """
    data, part, first, labels, left_out = None, None, None, [], {}
    progress = ProgressLog(f"{name}: decoded %s of {count:,} images")
    try:
        for example, image, label in examples:
            progress.step()
            if isinstance(image, str):
                left_out[example] = image
                continue
            if data is None:
                first, shape = example, (count, *image.shape)
                fits = np.prod(shape, dtype=np.int64) <= limit
                data, part = (np.empty(shape, np.uint8), None) if fits else cache.allocate(shape)
            elif image.shape != data.shape[1:]:
                raise ValueError(different(name, first, data.shape[1:], example, image.shape))
            data[len(labels)] = image
            labels.append(label)
            is_due = part and len(labels) % max(1, _MAPPED // image.nbytes) == 0
            if is_due and hasattr(mmap, "MADV_DONTNEED"):  # it stays in the file
                data._mmap.madvise(mmap.MADV_DONTNEED)
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


def different(name, first, shape, second, other):
    """The error message for images of two shapes, (height, width, channels)."""
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


class ProgressLog:
    """Logs a line, with one %s for the number of things done, every ten seconds of long work."""

    def __init__(self, line):
        self._line, self._done = line, 0
        self._last = time.monotonic()

    def step(self, count=1):
        """Counts `count` more things as done."""
        self._done += count
        if time.monotonic() - self._last >= _REPORT_SECONDS:
            self._last = time.monotonic()
            _LOG.info(self._line, f"{self._done:,}")
