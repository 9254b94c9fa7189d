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


def decoded(paths, fit):
    """The images of files, in their order.

    Args:
      paths: list of str.
      fit: `decoding.Fit`.
    Yields: uint8 `[height, width, channels]`, or None for a file that cannot be decoded.
    Raises: tf.errors.OpError for a file that cannot be read, when its turn has come.
    """
    together = len(paths) - len(paths) % TOGETHER
    batches = _batches(paths[:together], fit) if together else None
    for first in range(0, len(paths), TOGETHER):
        images = None
        if first < together:
            try:
                images = next(batches)
            except tf.errors.OpError:  # a broken file, or several sizes; the iterator goes on
                images = None
        if images is None:
            images = _one_by_one(paths[first : first + TOGETHER], fit)
        yield from images


def _batches(paths, fit):
    options = tf.data.Options()
    options.threading.private_threadpool_size = _THREADS

    return (
        tf.data.Dataset.from_tensor_slices(paths)
        .batch(TOGETHER, drop_remainder=True)
        .map(_reader(fit), num_parallel_calls=_CALLS, deterministic=True)
        .prefetch(_CALLS)
        .with_options(options)
        .as_numpy_iterator()
    )


@functools.lru_cache(maxsize=8)
def _reader(fit):
    """A graph that reads files; making it takes as long as decoding thousands of small images."""

    @tf.function(input_signature=[tf.TensorSpec([TOGETHER], tf.string)])
    def read(paths):
        contents = [tf.io.read_file(path) for path in tf.unstack(paths)]
        return decoding.decode_many(contents, fit)

    return read


def _one_by_one(paths, fit):
    """The images of a few files of which one is broken or unlike the others."""

    def read(path):
        try:
            return fit(decoding.decode(tf.io.read_file(path))).numpy()
        except tf.errors.InvalidArgumentError:
            return None

    with concurrent.futures.ThreadPoolExecutor(_THREADS) as pool:
        yield from pool.map(read, paths)
