"""Decodes many image files, as fast as the processor's cores can.

An image of 32 x 32 pixels is decoded in less time than TensorFlow takes to start a function and
Python to receive a result, so one call decodes many.
"""

import concurrent.futures
import functools

import tensorflow as tf

from tfgan.data import decoding

TOGETHER = 32  # files a call

_THREADS = 16  # more than cores, because a remote read is mostly waiting
_CALLS = 4  # at once


def decoded(paths, fit, read=tf.io.read_file):
    """The images of files, in their order.

    Args:
      paths: list of str.
      fit: `decoding.Fit`.
      read: function, str scalar tensor (a path) -> str scalar tensor, the content of that file.
    Yields: uint8 `[height, width, channels]`, or None for a file that cannot be decoded.
    Raises: tf.errors.OpError for a file that cannot be read, when its turn has come.
    """
    together = len(paths) - len(paths) % TOGETHER
    batches = _batches(paths[:together], fit, read) if together else None
    for first in range(0, len(paths), TOGETHER):
        images = None
        if first < together:
            try:
                images = next(batches)
            except tf.errors.OpError:  # a broken file, or several sizes; the iterator goes on
                images = None
        if images is None:
            images = _one_by_one(paths[first : first + TOGETHER], fit, read)
        yield from images


def _batches(paths, fit, read):
    options = tf.data.Options()
    options.threading.private_threadpool_size = _THREADS

    return (
        tf.data.Dataset.from_tensor_slices(paths)
        .batch(TOGETHER, drop_remainder=True)
        .map(_reader(fit, read), num_parallel_calls=_CALLS, deterministic=True)
        .prefetch(_CALLS)
        .with_options(options)
        .as_numpy_iterator()
    )


@functools.lru_cache(maxsize=8)
def _reader(fit, read):
    """A graph that reads files; making it takes as long as decoding thousands of small images."""

    @tf.function(input_signature=[tf.TensorSpec([TOGETHER], tf.string)])
    def images(paths):
        contents = [read(path) for path in tf.unstack(paths)]
        return decoding.decode_many(contents, fit)

    return images


def _one_by_one(paths, fit, read):
    """The images of a few files of which one is broken or unlike the others."""

    def image(path):
        try:
            return fit(decoding.decode(read(path))).numpy()
        except tf.errors.InvalidArgumentError:
            return None

    with concurrent.futures.ThreadPoolExecutor(_THREADS) as pool:
        yield from pool.map(image, paths)
