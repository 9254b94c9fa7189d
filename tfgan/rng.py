"""Stateless random numbers, the only source of randomness in training and sampling.

Every draw is a function of (seed, step, purpose, index of the example in the global batch), without
any state. So a resumed run draws what it would have drawn without the interruption, and N replicas
draw what one device would.

Symbols: a *seed* is an int32 tensor `[2]`; a *purpose* is a short name such as "latent", which
separates the draws of one step.

>>> from tfgan import rng
>>> seed = rng.stream(seed=7, step=0, purpose="latent")
>>> rng.normal(seed, 4, (3,)).shape
TensorShape([4, 3])
>>> bool((rng.normal(seed, 4, (3,)) == rng.normal(seed, 4, (3,))).numpy().all())
True
"""

import contextlib
import math
import threading
import zlib

import numpy as np
import tensorflow as tf

from tfgan import philox, replicas

_ALGORITHM = "philox"  # "auto" depends on the device


def stream(seed, step, purpose):
    """The seed of one purpose at one step.

    Args:
      seed: int, the seed of the run, any 64-bit integer; or int64 `[n]`, one seed per row.
      step: int or int64 scalar tensor.
      purpose: str.
    Returns: int32 `[2]`, or `[n, 2]` for n seeds.
    """
    return fold(fold(_halves(seed), zlib.crc32(purpose.encode()) - 2**31), step)


def _halves(seed):
    """The lower and the upper 32 bits of a 64-bit integer, each minus 2^31: int32 `[..., 2]`."""
    if not tf.is_tensor(seed):
        low, high = int(seed) & 0xFFFFFFFF, (int(seed) >> 32) & 0xFFFFFFFF
        return tf.constant([low - 2**31, high - 2**31], tf.int32)
    mask = tf.constant(0xFFFFFFFF, tf.int64)
    parts = [tf.bitwise.bitwise_and(part, mask) - 2**31 for part in (seed, seed // 2**32)]
    return tf.cast(tf.stack(parts, axis=-1), tf.int32)


def fold(seed, data):
    """A new seed from a seed and an integer.

    Args:
      seed: int32 `[2]`, or `[n, 2]`.
      data: int or integer scalar tensor, or `[n]`; two different integers give unrelated seeds.
    Returns: int32 `[2]`, or `[n, 2]` if the seed or the integer has n rows.
    """
    seed, data = tf.convert_to_tensor(seed), tf.cast(data, tf.int32)
    if seed.shape.rank == 1 and data.shape.rank == 0:
        return tf.random.experimental.stateless_fold_in(seed, data, _ALGORITHM)
    rows = count(seed if seed.shape.rank == 2 else data)
    first = philox.bits(tf.broadcast_to(seed, [rows, 2]), 1)
    return tf.concat(
        [tf.bitcast(first, tf.int32), tf.broadcast_to(tf.reshape(data, [-1, 1]), [rows, 1])], axis=1
    )


def normal(seed, count, shape=()):
    """Standard normal numbers, one row per example: float32 `[count, *shape]`.

    Inside a replica the rows are its slice of a draw for the global batch, so that replicas never
    share noise; so for `uniform` and `categorical`. With one seed per row, row i depends on seed i
    alone: with `fold(seed, indices)`, sample i of a seed is the same in every batch. That is for
    sampling, outside of a replica's training step.

    Args:
      seed: int32 `[2]`, or `[count, 2]`.
      count: int or int32 scalar tensor, examples in this replica's batch.
      shape: tuple of int, of one example.
    """
    centered = uniform(seed, count, shape, -1.0, 1.0) + 2.0**-23  # symmetric, and never -1 or 1
    return math.sqrt(2.0) * tf.math.erfinv(centered)


def uniform(seed, count, shape=(), low=0.0, high=1.0):
    """Uniform numbers in [low, high), one row per example: float32 `[count, *shape]`.

    Computed from the generator's bits, which XLA and TensorFlow convert to different floats.
    """

    if _is_by_row(seed):
        bits = philox.bits(seed, math.prod(shape))
        rows = tf.reshape(_of_bits(bits), [-1, *shape])
    else:
        rows = _rows_of_this_replica(lambda rows: _whole_numbers(seed, [rows, *shape]), count)
    return low + (high - low) * 2.0**-23 * rows


def shared_uniform(seed, shape):
    """Uniform numbers in [0, 1) that do not belong to examples: the same on every replica.

    Args:
      seed: int32 `[2]`.
      shape: tuple of int or int32 scalar tensors.
    Returns: float32 `shape`.
    """
    return 2.0**-23 * _whole_numbers(seed, shape)


def _whole_numbers(seed, shape):
    """Whole numbers in 0 .. 2^23 - 1 as float32, from the generator's bits."""
    bits = tf.random.stateless_uniform(shape, seed, None, None, tf.uint32, alg=_ALGORITHM)
    return _of_bits(bits)


def _of_bits(bits):
    return tf.cast(tf.bitwise.right_shift(bits, tf.constant(9, tf.uint32)), tf.float32)


def categorical(seed, count, classes):
    """Equally likely classes: int32 `[count]` in 0 .. classes - 1; arguments: see `normal`."""
    if _is_by_row(seed):
        return tf.cast(philox.bits(seed, 1)[:, 0] % np.uint32(classes), tf.int32)

    def draw(rows):
        return tf.random.stateless_uniform([rows], seed, 0, classes, tf.int32, alg=_ALGORITHM)

    return _rows_of_this_replica(draw, count)


def per_example(draw, seeds, *inputs):
    """Draws whose row i depends on row i of the seeds alone, whatever draws them, in a loop.

    Functions that draw by this module alone need no loop: they take one seed per row, see `normal`.

    Args:
      draw: function (count, seed, *rows) -> structure of tensors `[count, ...]`, such as a prior.
      seeds: int32 `[n, 2]`.
      *inputs: tensors `[n, ...]`, such as labels, whose rows `draw` takes.
    Returns: the structure of `draw`, with n rows.
    """

    def one(arguments):
        seed, *rows = arguments
        drawn = draw(1, seed, *(row[None] for row in rows))
        return tf.nest.map_structure(lambda rows: rows[0], drawn)

    seeds = tf.convert_to_tensor(seeds)
    # The specs of the results; no number of this draw is used.
    template = tf.nest.map_structure(
        lambda rows: tf.TensorSpec(rows.shape[1:], rows.dtype),
        draw(1, tf.zeros([2], tf.int32), *(tf.zeros([1, *x.shape[1:]], x.dtype) for x in inputs)),
    )
    return tf.map_fn(one, (seeds, *inputs), fn_output_signature=template)


def _is_by_row(seed):
    return tf.convert_to_tensor(seed).shape.rank == 2


def count(batch: tf.Tensor) -> int | tf.Tensor:
    """The examples of a batch: int, or an int32 scalar tensor where their number is not static."""
    size = batch.shape[0]
    return tf.shape(batch)[0] if size is None else size


def _rows_of_this_replica(draw, count):
    """The rows of this replica's examples among those of the global batch."""
    position, stride = replicas.global_rows(count), _draws.stride
    if position is None:
        return draw(count * stride)[::stride]
    first, whole = position
    rows = draw(whole * stride)
    begin = tf.stack([first * stride] + [0] * (rows.shape.rank - 1))
    return tf.slice(rows, begin, [count * stride, *rows.shape[1:]])[::stride]


class _Draws(threading.local):
    stride = 1


_draws = _Draws()


@contextlib.contextmanager
def every(stride):
    """Inside the block the draws for n examples are those of every k-th of k n examples.

    Args:
      stride: int, k, 1 or more.
    """
    outer, _draws.stride = _draws.stride, stride
    try:
        yield
    finally:
        _draws.stride = outer


class _LayerSeeds(threading.local):
    seed = None


_layer_seeds = _LayerSeeds()  # per thread: MirroredStrategy traces each replica in its own


@contextlib.contextmanager
def layer_seeds(seed):
    """Seeds the random layers (dropout) that are called inside the block.

    Args:
      seed: int32 `[2]`, for instance `stream(seed, step, "discriminator on real")`.
    """
    outer, _layer_seeds.seed = _layer_seeds.seed, seed
    try:
        yield
    finally:
        _layer_seeds.seed = outer


def layer_seed(name):
    """The seed of the layer `name`, int32 `[2]`; RuntimeError outside a `layer_seeds` block."""
    if _layer_seeds.seed is None:
        raise RuntimeError(
            f"Layer {name!r} draws random numbers in training and was called outside "
            "`with rng.layer_seeds(seed):`."
        )
    return fold(_layer_seeds.seed, zlib.crc32(name.encode()))
