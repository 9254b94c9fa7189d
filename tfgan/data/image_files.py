"""Decodes many image files, as fast as the processor's cores can and within a limit of memory.

An image of 32 x 32 pixels is decoded in less time than TensorFlow takes to start a function and
Python to receive a result, so one call decodes many. A photo takes more memory than all else, so
headers are read first, and no more images are decoded at once than there is room for.
"""

import collections
import concurrent.futures
import contextlib
import dataclasses
import functools
import os

import numpy as np
import tensorflow as tf

from tfgan import memory
from tfgan.data import decoding, image_header, pixels

TOGETHER = 32  # small files that one call decodes

_READERS = 16  # more than cores, because a remote read is mostly waiting
_CALLS = max(4, os.cpu_count() or 1)  # that decode at once
_READ_BYTES = 4 * 2**20  # of files that one call reads; more for a larger file
_HEAD_BYTES = 64 * 2**10
_USUAL_BYTES = 160 * 2**20  # taken at once, unless a single image needs more


@dataclasses.dataclass(frozen=True)
class Limits:
    """Bytes of memory that decoding may take.

    Attributes:
      one: int, for a single image.
      together: int, for all images that are decoded at once.
    """

    one: int
    together: int

    @classmethod
    def of(cls, limit=None):
        """Half of what the data may take: of `limit`, or by default of half of what is free."""
        one = memory.budget(limit) // 2
        return cls(one, one if limit else min(one, _USUAL_BYTES))


@dataclasses.dataclass(frozen=True)
class Found:
    """What was found in a file.

    Attributes:
      header: `image_header.Header`; None for a file that cannot be decoded.
      image: uint8 `[height, width, channels]`, fitted; None for such a file, and of `headers`.
      reason: str, why it cannot be decoded, as a clause.
    """

    header: image_header.Header | None = None
    image: np.ndarray | None = None
    reason: str = ""


def headers(read, names, fit, limits):
    """The headers of files, in their order; of a large file only the beginning is read.

    Args:
      read: function (name, number of bytes or -1 for all) -> bytes, called in several threads.
      names: list of str.
      fit: `decoding.Fit`.
      limits: `Limits`; an image that needs more cannot be decoded.
    Yields: `Found` without an image.
    Raises: tf.errors.OpError, or what else `read` does, when the turn of its file has come.
    """
    look = functools.partial(_beginning, read, fit, limits)
    with _threads() as pool:
        jobs = ((0, functools.partial(_each, look, some)) for some, _ in _chunks(names))
        for items in _ahead(pool, jobs, 0, _READERS):
            yield from (item.found for item in _in_turn(items))


def decoded(read, names, sizes, fit, limits, white=pixels.WHITE):
    """The images of files, in their order.

    Args:
      read, names, fit, limits: as of `headers`.
      sizes: list of int, the bytes of each file.
      white: int, as of `pixels.decode`.
    Yields: `Found`.
    Raises: as `headers`.
    """
    return _through(read, names, sizes, fit, limits, lambda group: _fitted(group, fit, white))


def largest(read, names, sizes, fit, limits):
    """The largest number in each of some files of 16 bits: yields int, 0 for a broken file.

    Args: as of `decoded`.
    """

    def of_group(group):
        return [_largest(item) for item in group]

    return _through(read, names, sizes, fit, limits, of_group)


def _through(read, names, sizes, fit, limits, job):
    """Yields what `job` returns for groups of files, one by one."""
    look = functools.partial(_whole, read, fit, limits)
    with _threads() as pool:
        reads = (
            (size, functools.partial(_each, look, some)) for some, size in _chunks(names, sizes)
        )
        groups = (
            (cost, functools.partial(job, group))
            for items in _ahead(pool, reads, limits.together // 4, _READERS)
            for group, cost in _groups(items, limits.together // 2)
        )
        for results in _ahead(pool, groups, limits.together, _CALLS):
            yield from _in_turn(results)


@dataclasses.dataclass(frozen=True)
class _Item:
    """A file that was read: its bytes, what they declare, and the memory that decoding takes."""

    content: bytes
    found: Found
    needed: int = 0


def _beginning(read, fit, limits, name):
    content = read(name, _HEAD_BYTES)
    item = _item(content, fit, limits)
    header = item.found.header
    if len(content) == _HEAD_BYTES and (header is None or header.kind == image_header.OTHER):
        item = _item(read(name, -1), fit, limits)
    return dataclasses.replace(item, content=b"")


def _whole(read, fit, limits, name):
    return _item(read(name, -1), fit, limits)


def _item(content, fit, limits):
    try:
        header = image_header.read(content)
        needed = pixels.needed(header) + fit.needed(header.height, header.width, header.channels)
        pixels.check_size(header, needed, limits.one)
    except ValueError as error:
        return _Item(b"", Found(reason=str(error)))
    return _Item(content, Found(header), needed + len(content))


def _each(function, names):
    """The results of some names, up to the first that fails: its exception is the last."""
    results = []
    for name in names:
        try:
            results.append(function(name))
        except Exception as error:
            return [*results, error]
    return results


def _in_turn(results):
    for result in results:
        if isinstance(result, Exception):
            raise result
        yield result


def _chunks(names, sizes=None):
    """Yields neighbors that one call reads, (names, bytes)."""
    some, taken = [], 0
    for name, size in zip(names, sizes or [0] * len(names), strict=True):
        if len(some) == TOGETHER or (some and taken + size > _READ_BYTES):
            yield some, taken
            some, taken = [], 0
        some.append(name)
        taken += size
    yield some, taken


def _groups(items, room):
    """Yields neighbors that one call decodes, (items, bytes)."""
    some, taken = [], 0
    for item in items:
        needed = 0 if isinstance(item, Exception) else item.needed
        if some and taken + needed > room:
            yield some, taken
            some, taken = [], 0
        some.append(item)
        taken += needed
    yield some, taken


def _ahead(pool, jobs, room, most):
    """Yields what jobs return, in their order, while the next ones run.

    Args:
      pool: executor.
      jobs: iterable of (bytes of memory, function).
      room: int, bytes that unfinished and unread results may take; a single job may take more.
      most: int, jobs at once.
    """
    running, taken = collections.deque(), 0
    for cost, job in jobs:
        while running and (taken + cost > room or len(running) == most):
            finished, future = running.popleft()
            yield future.result()
            taken -= finished
        running.append((cost, pool.submit(job)))
        taken += cost
    while running:
        yield running.popleft()[1].result()


@contextlib.contextmanager
def _threads():
    pool = concurrent.futures.ThreadPoolExecutor(_READERS + _CALLS)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _fitted(items, fit, white):
    """`Found` of each item; of those that are plain and alike, many at a time."""
    images = {}
    for (kind, channels, *_), rows in _alike(items, fit).items():
        headers_ = {items[row].found.header for row in rows}
        decode = _decoder(kind, channels, fit, len(rows) == TOGETHER and len(headers_) == 1)
        try:
            together = decode(tf.constant([items[row].content for row in rows])).numpy()
        except tf.errors.OpError:  # one of them is broken
            continue
        images |= zip(rows, together, strict=True)
    return [
        Found(item.found.header, images[row]) if row in images else _alone(item, fit, white)
        for row, item in enumerate(items)
    ]


def _alike(items, fit):
    """The numbers of plain images by what their decoder must know: dict of lists."""
    forms = {}
    for row, item in enumerate(items):
        header = None if isinstance(item, Exception) else item.found.header
        if header and header.is_plain:
            sides = () if fit.size else (header.height, header.width)
            forms.setdefault((header.kind, header.channels, *sides), []).append(row)
    return forms


@functools.lru_cache(maxsize=64)
def _decoder(kind, channels, fit, is_even):
    """A graph that decodes plain images; making it takes as long as decoding thousands of them.

    Args:
      kind, channels: as of `image_header.Header`.
      fit: `decoding.Fit`.
      is_even: bool, whether there are `TOGETHER` of them, of one size.
    """

    def decode(content):
        if kind == image_header.JPEG:
            return decoding.decode_jpeg(content, channels)
        return tf.io.decode_png(content, channels)

    @tf.function(input_signature=[tf.TensorSpec([TOGETHER if is_even else None], tf.string)])
    def decode_all(contents):
        if is_even:
            return fit(tf.stack([decode(content) for content in tf.unstack(contents)]))
        # A loop costs as much as decoding a small image.
        return tf.map_fn(
            lambda content: fit(decode(content)),
            contents,
            fn_output_signature=tf.uint8,
            parallel_iterations=TOGETHER,
        )

    return decode_all


def _alone(item, fit, white):
    if isinstance(item, Exception) or item.found.header is None:
        return item if isinstance(item, Exception) else item.found
    header = item.found.header
    try:
        image = _fitter(header.channels, fit)(pixels.decode(item.content, header, white)).numpy()
    except ValueError as error:
        return Found(reason=str(error))
    except (tf.errors.ResourceExhaustedError, MemoryError):
        return Found(reason="it needs more memory than there is")
    return Found(header, image)


@functools.lru_cache(maxsize=64)
def _fitter(channels, fit):
    return tf.function(fit, input_signature=[tf.TensorSpec([None, None, channels], tf.uint8)])


def _largest(item):
    if isinstance(item, Exception) or item.found.header is None:
        return item if isinstance(item, Exception) else 0
    try:
        return pixels.largest(item.content, item.found.header)
    except ValueError:
        return 0
