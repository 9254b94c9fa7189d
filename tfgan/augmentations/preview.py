"""What an augmentation does to some examples, as rows of a picture.

>>> import tensorflow as tf
>>> from tfgan import augmentations
>>> rows(augmentations.get("ada:p=0.5"), tf.zeros((4, 8, 8, 3)), seed=0, count=2).shape
TensorShape([12, 8, 8, 3])
"""

import tensorflow as tf

from tfgan import rng
from tfgan.augmentations.augmentation import Augmentation
from tfgan.augmentations.probability import Adaptive, Rising


def rows(augmentation: Augmentation, data: tf.Tensor, seed: int, count: int) -> tf.Tensor:
    """The examples, and `count` times what a discriminator receives of them.

    Args:
      augmentation: `Augmentation`; one whose p changes is shown with the largest.
      data: float32 images or videos, `[n, ...]`, range [-1, 1].
    Returns: float32 `[(1 + count) * n, ...]`, range [-1, 1], row by row.
    """
    p = largest_p(augmentation)
    views = [augmentation(data, rng.stream(seed, step, "preview"), p) for step in range(count)]
    return tf.clip_by_value(tf.concat([data, *views], axis=0), -1.0, 1.0)


def largest_p(augmentation: Augmentation) -> float:
    """The largest probability in training: that of an adaptive one is its limit."""
    match augmentation.p:
        case Adaptive(limit=limit):
            return limit
        case Rising(p=p):
            return p
        case int() | float():
            return float(augmentation.p)
    return 1.0
