"""Changes of the colors of images, one for all pixels of an image.

Symbols: x a pixel's channels, m their mean, v = (1, 1, 1) / sqrt(3) the axis of grays.

>>> import tensorflow as tf
>>> image = tf.random.stateless_uniform((1, 2, 2, 3), [0, 1])
>>> bool(tf.reduce_all(color(image, tf.constant([0, 1]), p=0.0) == image))
True
"""

import math

import tensorflow as tf

from tfgan import rng
from tfgan.augmentations import draws


def color(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Brightness, contrast, inversion of the luma, hue and saturation, each with probability p.

    In this order: + N(0, .2^2); x 2^N(0, .5^2); the part along v changes its sign or not, both
    equally likely; a rotation about v by a uniform angle; x 2^N(0, 1) of the part across v. All
    are linear: x -> a x + b m + c (v x x) + d, which keeps grays gray. Images without three colors
    have no hue, and gray ones no saturation.

    Args:
      images: float32 `[batch, height, width, channels]`, range [-1, 1]; of four channels the last
        one, transparency, is kept.
      seed: int32 `[2]`.
      p: float or float32 scalar tensor from 0 to 1; with 0 the images are returned exactly.
    Returns: float32 of the same shape; values may leave [-1, 1].
    Source: ADA, Karras et al. 2020, https://arxiv.org/abs/2006.06676, appendix B.
    """
    if images.shape[-1] == 4:
        return tf.concat([color(images[..., :3], seed, p), images[..., 3:]], axis=-1)
    # Brightness, contrast, inversion (with half the probability), hue, saturation.
    p = tf.convert_to_tensor(p, tf.float32)
    is_on = draws.switches(images, seed, tf.stack([p, p, p / 2.0, p, p]), 5)
    normals = draws.normal(images, rng.fold(seed, 3), 3)
    brightness = tf.where(is_on[:, 0], 0.2 * normals[:, 0], 0.0)
    contrast = tf.where(is_on[:, 1], 2.0 ** (0.5 * normals[:, 1]), 1.0)
    sign = tf.where(is_on[:, 2], -1.0, 1.0)
    saturation = tf.where(is_on[:, 4], 2.0 ** normals[:, 2], 1.0)
    angle = draws.uniform(images, seed, 1, -math.pi, math.pi)[:, 0]
    angle = tf.where(is_on[:, 3], angle, 0.0) if images.shape[-1] == 3 else tf.zeros_like(angle)
    if images.shape[-1] == 1:
        return _linear(images, sign * contrast, None, None, sign * contrast * brightness)
    across = contrast * saturation
    of_pixel = across * tf.cos(angle)
    of_mean = sign * contrast - of_pixel
    of_turned = across * tf.sin(angle) if images.shape[-1] == 3 else None
    return _linear(images, of_pixel, of_mean, of_turned, sign * contrast * brightness)


def _linear(images, of_pixel, of_mean, of_turned, offset):
    """a x + b m + c (v x x) + d, with `[batch]` coefficients or None for 0."""

    def times(coefficient, values):
        return coefficient[:, None, None, None] * values

    changed = times(of_pixel, images) + offset[:, None, None, None]
    if of_mean is not None:
        changed += times(of_mean, tf.reduce_mean(images, axis=-1, keepdims=True))
    if of_turned is not None:
        next_ones, last_ones = (tf.roll(images, move, axis=-1) for move in (1, -1))
        changed += times(of_turned / math.sqrt(3.0), next_ones - last_ones)
    return changed


def jitter(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Brightness, saturation and contrast, all three with probability p.

    In this order: + U(-.5, .5); m + U(0, 2) (x - m); M + U(.5, 1.5) (x - M), where M is the mean of
    the image.

    Args and Returns: see `color`.
    Source: DiffAugment, Zhao et al. 2020, https://arxiv.org/abs/2006.10738.
    """
    if images.shape[-1] == 4:
        return tf.concat([jitter(images[..., :3], seed, p), images[..., 3:]], axis=-1)
    factors = draws.uniform(images, seed, 3)
    neutral = tf.constant([0.5, 0.5, 0.5])
    factors = tf.where(draws.switches(images, seed, p), factors, neutral)
    brightness, saturation, contrast = draws.columns(factors, 4)
    images = images + (brightness - 0.5)
    if images.shape[-1] > 1:
        images = _about(tf.reduce_mean(images, axis=-1, keepdims=True), images, 2.0 * saturation)
    return _about(tf.reduce_mean(images, axis=[1, 2, 3], keepdims=True), images, 0.5 + contrast)


def _about(mean, images, factor):
    """mean + factor (x - mean), which is exactly x for a factor of 1."""
    return factor * images + (1.0 - factor) * mean
