"""Decodes many image files, on all cores and within a limit of memory.

One call decodes many small images, because starting it takes longer than decoding one.
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
_USUAL_BYTES = 128 * 2**20  # for all images at once, unless a single image needs more


@dataclasses.dataclass(frozen=True)
class Limits:
    """Bytes of memory that decoding may take: for one image, and for all decoded at once."""

    one: int
    together: int

    @classmethod
    def of(cls, limit=None):
        """Half of what the data may take: of `limit`, or by default of half of what is free."""
        one = memory.budget(limit) // 2
        return cls(one, one if limit else min(one, _USUAL_BYTES))


@dataclasses.dataclass(frozen=True)
class Result:
    """What reading a file gives.

    Attributes:
      header: `image_header.Header`; None for a file that cannot be decoded.
      image: uint8 `[height, width, channels]`, preprocessed; None before it is decoded.
      reason: str, why it cannot be decoded, as a clause.
      content: bytes, until it is decoded.
      needed: int, bytes of memory that decoding takes.
    """

    header: image_header.Header | None = None
    image: np.ndarray | None = None
    reason: str = ""
    content: bytes = b""
    needed: int = 0


def headers(read, names, sizes, preprocess, limits):
    """The headers of files, in their order; of a large file only the beginning is read.

    Args:
      read: function (name, number of bytes or -1 for all) -> bytes, called in several threads.
      names: list of str.
      sizes: list of int, the bytes of each file.
      preprocess: `preprocessing.ImagePreprocessing`.
      limits: `Limits`; an image that needs more cannot be decoded.
    Yields: `Result` without an image.
    Raises: tf.errors.OpError, or what else `read` does, when the turn of its file has come.
    """
    read_file = functools.partial(_read, _beginning, read, preprocess, limits)
    files = list(zip(names, sizes, strict=True))
    groups = (files[first : first + TOGETHER] for first in range(0, len(files), TOGETHER))
    jobs = ((0, functools.partial(prefetch.values_or_error, read_file, some)) for some in groups)
    with prefetch.threads(_READERS) as pool:
        for results in prefetch.results(pool, jobs, 0, _READERS):
            yield from prefetch.raise_in_turn(results)


def decoded(read, names, sizes, preprocess, limits, white=pixels.WHITE):
    """Yields the `Result` of each file; see `headers`, and for `white` `pixels.decode`."""
    decode = functools.partial(_decoded, preprocess=preprocess, white=white)
    return _in_groups(decode, read, names, sizes, preprocess, limits)


def largest(read, names, sizes, preprocess, limits):
    """Yields the largest number in each file of 16 bits, 0 for a broken one; as `decoded`."""

    def of_group(results):
        return list(map(_largest, results))

    return _in_groups(of_group, read, names, sizes, preprocess, limits)


def _in_groups(job, read, names, sizes, preprocess, limits):
    """Yields what `job` returns for groups of `Result`, one by one."""
    read_file = functools.partial(_read, _whole, read, preprocess, limits)
    files = zip(names, sizes, strict=True)
    reads = (
        (size, functools.partial(prefetch.values_or_error, read_file, some))
        for some, size in prefetch.groups(files, sizes, _READ_BYTES, TOGETHER)
    )
    with prefetch.threads(_READERS + _CALLS) as pool:
        jobs = (
            (cost, functools.partial(job, group))
            for results in prefetch.results(pool, reads, limits.together // 4, _READERS)
            for group, cost in _by_memory(results, limits.together // 2)
        )
        for values in prefetch.results(pool, jobs, limits.together, _CALLS):
            yield from prefetch.raise_in_turn(values)


def _by_memory(results, limit):
    needed = (0 if isinstance(result, Exception) else result.needed for result in results)
    return prefetch.groups(results, needed, limit, TOGETHER)


def _read(part, read, preprocess, limits, file):
    """The `Result` of a file (name, bytes) without its image; `part`: `_whole` or `_beginning`."""
    name, size = file
    if size > limits.one:
        reason = f"its {memory.format_bytes(size)} are more than memory may take (--memory)"
        return Result(reason=reason)
    try:
        content, header = part(read, name, size)
        needed = pixels.needed(header)
        needed += preprocess.needed(header.height, header.width, header.channels)
        pixels.check_size(header, needed, limits.one, preprocess.size)
    except ValueError as error:
        return Result(reason=str(error))
    return Result(header, content=content, needed=needed + len(content))


def _whole(read, name, size):
    if size > _READ_BYTES:
        _in_beginning(read, name)  # else all of it is read for nothing
    content = read(name, -1)
    return content, image_header.read(content)


def _beginning(read, name, size):
    """No content, and the header in the beginning of a file, if it ends there."""
    header = _in_beginning(read, name) if size > _HEAD_BYTES else None
    if header is None or header.kind == image_header.OTHER:
        header = image_header.read(read(name, -1))
    return b"", header


def _in_beginning(read, name):
    """The header in the beginning of a file, None if it does not end there; raises as `read`."""
    try:
        return image_header.read(read(name, _HEAD_BYTES))
    except image_header.Unfinished:
        return None


def _decoded(results, preprocess, white):
    """`Result` of each with its image; plain images of one shape are decoded in one call."""
    images = {}
    for (kind, channels, *_), rows in _plain_forms(results, preprocess).items():
        forms = {results[row].header for row in rows}
        if len(rows) == 1 and all(_is_final(header, preprocess) for header in forms):
            continue  # a large one, which a call for many would copy
        is_even = len(rows) == TOGETHER and len(forms) == 1
        decode = _decoder(kind, channels, preprocess, is_even)
        try:
            together = decode(tf.constant([results[row].content for row in rows]))
        except tf.errors.OpError:  # one of them is broken
            continue
        images |= zip(rows, pixels.shared(together), strict=True)
    return [
        Result(result.header, images[row]) if row in images else _alone(result, preprocess, white)
        for row, result in enumerate(results)
    ]


def _plain_forms(results, preprocess):
    """The rows of plain images by what selects their decoder: dict of lists."""
    forms = {}
    for row, result in enumerate(results):
        header = None if isinstance(result, Exception) else result.header
        if header and header.is_plain:
            sides = () if preprocess.size else (header.height, header.width)
            forms.setdefault((header.kind, header.channels, *sides), []).append(row)
    return forms


@functools.lru_cache(maxsize=64)
def _decoder(kind, channels, preprocess, is_even):
    def decode(content):
        if kind == image_header.JPEG:
            return preprocessing.decode_jpeg(content, channels)
        return tf.io.decode_png(content, channels)

    @tf.function(input_signature=[tf.TensorSpec([TOGETHER if is_even else None], tf.string)])
    def decode_all(contents):
        if is_even:
            return preprocess(tf.stack([decode(content) for content in tf.unstack(contents)]))
        # A loop costs as much as decoding a small image.
        return tf.map_fn(
            lambda content: preprocess(decode(content)),
            contents,
            fn_output_signature=tf.uint8,
            parallel_iterations=TOGETHER,
        )

    return decode_all


def _alone(result, preprocess, white):
    if isinstance(result, Exception) or result.header is None:
        return result
    header = result.header
    try:
        image = pixels.decode(result.content, header, white)
        if not _is_final(header, preprocess):
            image = _preprocessor(header.channels, preprocess)(image).numpy()
    except ValueError as error:
        return Result(reason=str(error))
    except (tf.errors.ResourceExhaustedError, MemoryError):
        return Result(reason="it needs more memory than there is")
    return Result(header, image)


def _is_final(header, preprocess):
    form = header.height, header.width, header.channels
    return header.channels != 2 and preprocess.shape(*form) == form


@functools.lru_cache(maxsize=64)
def _preprocessor(channels, preprocess):
    image = tf.TensorSpec([None, None, channels], tf.uint8)
    return tf.function(preprocess, input_signature=[image])


def _largest(result):
    if isinstance(result, Exception) or result.header is None:
        return result if isinstance(result, Exception) else 0
    try:
        return pixels.largest(result.content, result.header)
    except ValueError:
        return 0
