"""Scales, rotations, stretches and moves by parts of pixels, as one warp.

>>> import tensorflow as tf
>>> image = tf.reshape(tf.range(16.0), (1, 4, 4, 1))
>>> bool(tf.reduce_all(geometry(image, tf.constant([0, 1]), p=0.0) == image))
True
"""

import math

import tensorflow as tf

from tfgan import rng
from tfgan.augmentations import draws, warp


def geometry(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Each image scaled, rotated, stretched, rotated again and moved, each with a probability.

    The scale is 2^n and the stretch (2^n, 2^-n) with n ~ N(0, .2^2), the angles are uniform, and
    the moves N(0, .125^2) of the sides. Each happens with probability p; a rotation with 1 -
    sqrt(1 - p), so that one or both happen with p. Bilinear; reflections fill the border.

    Args:
      images: float32 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
      p: float or float32 scalar tensor from 0 to 1; with 0 the images are returned exactly.
    Returns: float32 of the same shape; gradients are exact to any order.
    Source: ADA, Karras et al. 2020, https://arxiv.org/abs/2006.06676, appendix B.
    Differs: without supersampling, so that strongly reduced images have aliases.
    """
    height, width = images.shape[1:3]
    p = tf.convert_to_tensor(p, tf.float32)
    p_of_rotation = 1.0 - tf.sqrt(1.0 - p)
    # Scale, stretch, first rotation, second rotation, move.
    is_on = draws.switches(images, seed, tf.stack([p, p, p_of_rotation, p_of_rotation, p]), 5)
    exponents = tf.where(is_on[:, :2], 0.2 * draws.normal(images, rng.fold(seed, 3), 2), 0.0)
    scale, stretch = draws.columns(2.0**exponents)
    angles = draws.uniform(images, seed, 2, -math.pi, math.pi)
    first, second = draws.columns(tf.where(is_on[:, 2:4], angles, 0.0))
    moves = tf.where(is_on[:, 4:], 0.125 * draws.normal(images, rng.fold(seed, 4), 2), 0.0)
    down, right = draws.columns(moves)

    # The place in the image of each pixel of the result: the changes undone, the last one first.
    y = tf.range(height, dtype=tf.float32)[None, :, None] - (height - 1) / 2 - height * down
    x = tf.range(width, dtype=tf.float32)[None, None, :] - (width - 1) / 2 - width * right
    x, y = _rotated(x, y, -second)
    x, y = _rotated(x / stretch, y * stretch, -first)
    x, y = x / scale + (width - 1) / 2, y / scale + (height - 1) / 2
    return warp.bilinear(images, warp.mirrored(x, width), warp.mirrored(y, height))


def _rotated(x, y, angle):
    cos, sin = tf.cos(angle), tf.sin(angle)
    return cos * x - sin * y, sin * x + cos * y
