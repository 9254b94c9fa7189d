"""Decodes many image files, as fast as the processor's cores can and within a limit of memory.

An image of 32 x 32 pixels is decoded in less time than TensorFlow takes to start a function and
Python to receive a result, so one call decodes many. A photo takes more memory than all else, so
headers are read first, and no more images are decoded at once than there is room for.
"""

import dataclasses
import functools
import os

import numpy as np
import tensorflow as tf

from tfgan import memory
from tfgan.data import prefetch
from tfgan.data.decoding import image_header, pixels, preprocessing

TOGETHER = 32  # small files that one call decodes

_READERS = 16  # more than cores, because a remote read is mostly waiting
_CALLS = max(4, os.cpu_count() or 1)  # that decode at once
_READ_BYTES = 4 * 2**20  # of files that one call reads; more for a larger file
_HEAD_BYTES = 64 * 2**10
_USUAL_BYTES = 128 * 2**20  # taken at once, unless a single image needs more


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


def headers(read, names, sizes, fit, limits):
    """The headers of files, in their order; of a large file only the beginning is read.

    Args:
      read: function (name, number of bytes or -1 for all) -> bytes, called in several threads.
      names: list of str.
      sizes: list of int, the bytes of each file.
      fit: `preprocessing.ImagePreprocessing`.
      limits: `Limits`; an image that needs more cannot be decoded.
    Yields: `Found` without an image.
    Raises: tf.errors.OpError, or what else `read` does, when the turn of its file has come.
    """
    look = functools.partial(_item, _beginning, read, fit, limits)
    with prefetch.threads(_READERS) as pool:
        files = list(zip(names, sizes, strict=True))
        some = (files[first : first + TOGETHER] for first in range(0, len(files), TOGETHER))
        jobs = ((0, functools.partial(prefetch.of_each, look, few)) for few in some)
        for items in prefetch.results(pool, jobs, 0, _READERS):
            yield from (item.found for item in prefetch.in_turn(items))


def decoded(read, names, sizes, fit, limits, white=pixels.WHITE):
    """The images of files, in their order.

    Args:
      read, names, sizes, fit, limits: as of `headers`.
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
    look = functools.partial(_item, _whole, read, fit, limits)
    with prefetch.threads(_READERS + _CALLS) as pool:
        files = zip(names, sizes, strict=True)
        some = prefetch.neighbors(files, sizes, _READ_BYTES, TOGETHER)
        reads = ((size, functools.partial(prefetch.of_each, look, few)) for few, size in some)
        groups = (
            (cost, functools.partial(job, group))
            for items in prefetch.results(pool, reads, limits.together // 4, _READERS)
            for group, cost in _groups(items, limits.together // 2)
        )
        for values in prefetch.results(pool, groups, limits.together, _CALLS):
            yield from prefetch.in_turn(values)


def _groups(items, room):
    needed = (0 if isinstance(item, Exception) else item.needed for item in items)
    return prefetch.neighbors(items, needed, room, TOGETHER)


@dataclasses.dataclass(frozen=True)
class _Item:
    """A file that was read: its bytes, what they declare, and the memory that decoding takes."""

    content: bytes
    found: Found
    needed: int = 0


def _item(look, read, fit, limits, file):
    name, size = file
    if size > limits.one:
        reason = f"its {memory.format_bytes(size)} are more than memory may take (--memory)"
        return _Item(b"", Found(reason=reason))
    try:
        content, header = look(read, name, size)
        needed = pixels.needed(header) + fit.needed(header.height, header.width, header.channels)
        pixels.check_size(header, needed, limits.one)
    except ValueError as error:
        return _Item(b"", Found(reason=str(error)))
    return _Item(content, Found(header), needed + len(content))


def _whole(read, name, size):
    if size > _READ_BYTES:
        _in_beginning(read, name)  # else all of it is read for nothing
    content = read(name, -1)
    return content, image_header.read(content)


def _beginning(read, name, size):
    """No content, and the header in the beginning of a file, if that does for it."""
    header = _in_beginning(read, name) if size > _HEAD_BYTES else None
    if header is None or header.kind == image_header.OTHER:
        header = image_header.read(read(name, -1))
    return b"", header


def _in_beginning(read, name):
    """The header in the beginning of a file; None, if it does not end there.

    Raises: ValueError, if the file cannot be an image.
    """
    try:
        return image_header.read(read(name, _HEAD_BYTES))
    except image_header.Unfinished:
        return None


def _fitted(items, fit, white):
    """`Found` of each item; of those that are plain and alike, many at a time."""
    images = {}
    for (kind, channels, *_), rows in _alike(items, fit).items():
        headers_ = {items[row].found.header for row in rows}
        if len(rows) == 1 and all(_fits(header, fit) for header in headers_):
            continue  # a large one, which a call for many would copy
        decode = _decoder(kind, channels, fit, len(rows) == TOGETHER and len(headers_) == 1)
        try:
            together = decode(tf.constant([items[row].content for row in rows]))
        except tf.errors.OpError:  # one of them is broken
            continue
        images |= zip(rows, pixels.shared(together), strict=True)
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
      fit: `preprocessing.ImagePreprocessing`.
      is_even: bool, whether there are `TOGETHER` of them, of one size.
    """

    def decode(content):
        if kind == image_header.JPEG:
            return preprocessing.decode_jpeg(content, channels)
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
        stored = pixels.decode(item.content, header, white)
        image = stored if _fits(header, fit) else _fitter(header.channels, fit)(stored).numpy()
    except ValueError as error:
        return Found(reason=str(error))
    except (tf.errors.ResourceExhaustedError, MemoryError):
        return Found(reason="it needs more memory than there is")
    return Found(header, image)


def _fits(header, fit):
    """Whether nothing is to be done to the pixels of an image."""
    form = header.height, header.width, header.channels
    return header.channels != 2 and fit.shape(*form) == form


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
