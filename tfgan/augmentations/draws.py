"""The random numbers of a transform: one row per example, by its index in the global batch.

>>> import tensorflow as tf
>>> images, seed = tf.zeros((3, 4, 4, 1)), tf.constant([1, 2])
>>> switches(images, seed, 0.0, 2).numpy().tolist()
[[False, False], [False, False], [False, False]]
"""

import tensorflow as tf

from tfgan import rng


def switches(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor, count: int = 1) -> tf.Tensor:
    """Which of some transforms are on for each example: bool `[batch, count]`, true with p."""
    return uniform(images, rng.fold(seed, 0), count) < p


def uniform(
    images: tf.Tensor, seed: tf.Tensor, count: int = 1, low: float = 0.0, high: float = 1.0
) -> tf.Tensor:
    """Uniform numbers in [low, high): float32 `[batch, count]`."""
    return rng.uniform(rng.fold(seed, 1), rng.count(images), (count,), low, high)


def normal(images: tf.Tensor, seed: tf.Tensor, count: int = 1) -> tf.Tensor:
    """Standard normal numbers: float32 `[batch, count]`."""
    return rng.normal(rng.fold(seed, 2), rng.count(images), (count,))


def columns(values: tf.Tensor, rank: int = 3) -> list[tf.Tensor]:
    """The columns of `[batch, count]`, each `[batch, 1, ...]` with as many axes as `rank`."""
    shape = [-1] + [1] * (rank - 1)
    return [tf.reshape(each, shape) for each in tf.unstack(values, axis=1)]
