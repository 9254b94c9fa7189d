"""Random views of images in TensorFlow, differentiable, for use inside a training step.

>>> import tensorflow as tf
>>> from tfgan import augmentations
>>> still = {"degrees": 0.0, "scale": 0.0, "shear": 0.0, "shift": 0.0}
>>> image = tf.reshape(tf.range(16.0), (1, 4, 4, 1))
>>> bool(tf.reduce_all(augmentations.random_affine(image, tf.constant([0, 1]), **still) == image))
True
"""

import math

import tensorflow as tf

from tfgan import rng
from tfgan.augmentations import warp


def random_affine(
    images: tf.Tensor,
    seed: tf.Tensor,
    *,
    degrees: float = 20.0,
    scale: float = 0.2,
    shear: float = 0.3,
    shift: float = 0.1,
) -> tf.Tensor:
    """Each image rotated, scaled, sheared and moved about its middle by draws of its own.

    Bilinear; what comes from outside has the value of the nearest pixel of the border.

    Args:
      images: float32 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
      degrees: float, the largest angle; angles are uniform.
      scale: float, each side is scaled by exp(u), u uniform in [-scale, scale).
      shear: float, the largest tangent of the angle by which verticals lean.
      shift: float, the largest move along each axis, as a fraction of the side.
    Returns: float32 of the same shape; gradients are exact to any order.
    """
    height, width = images.shape[1:3]
    draws = rng.uniform(seed, rng.count(images), (6,), -1.0, 1.0)
    angle, of_x, of_y, lean, right, down = tf.unstack(draws[:, :, None, None], axis=1)
    cos, sin = tf.cos(math.radians(degrees) * angle), tf.sin(math.radians(degrees) * angle)
    x_scale, y_scale, lean = tf.exp(scale * of_x), tf.exp(scale * of_y), shear * lean
    # The place in the source of each pixel of the result: rotation x (scale and shear) + shift.
    y = tf.range(height, dtype=tf.float32)[None, :, None] - (height - 1) / 2
    x = tf.range(width, dtype=tf.float32)[None, None, :] - (width - 1) / 2
    across, along = x_scale * x + lean * y, y_scale * y
    source_x = cos * across - sin * along + shift * width * right + (width - 1) / 2
    source_y = sin * across + cos * along + shift * height * down + (height - 1) / 2
    return warp.bilinear(images, source_x, source_y)
