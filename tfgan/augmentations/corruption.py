"""Transforms that erase a part of an image, or add to it: noise, cutout, and moves out of sight.

>>> import tensorflow as tf
>>> int(tf.reduce_sum(cutout(tf.ones((1, 8, 8, 1)), tf.constant([0, 3]), p=1.0))) < 64
True
"""

import tensorflow as tf

from tfgan import rng
from tfgan.augmentations import draws, warp


def cutout(
    images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor, *, share: float = 0.5
) -> tf.Tensor:
    """Each image, with probability p, with a rectangle of zeros, the middle gray.

    The center is anywhere in the image, so the rectangle may reach beyond it.

    Args:
      images: float32 `[batch, height, width, channels]`, range [-1, 1].
      seed: int32 `[2]`.
      p: float or float32 scalar tensor from 0 to 1; with 0 the images are returned exactly.
      share: float, the sides of the rectangle as a share of those of the image.
    Source: DeVries & Taylor 2017, https://arxiv.org/abs/1708.04552, as in DiffAugment and ADA.
    """
    is_on = draws.switches(images, seed, p)
    places = draws.uniform(images, seed, 2)
    is_inside = []
    for axis, side in enumerate(images.shape[1:3]):
        length = int(share * side + 0.5)
        first = tf.floor(places[:, axis, None] * (side + 1 - length % 2)) - length // 2
        pixel = tf.range(side, dtype=tf.float32)
        is_inside.append((pixel >= first) & (pixel < first + length))
    rows, columns = is_inside
    is_erased = (is_on & rows)[:, :, None, None] & columns[:, None, :, None]
    return tf.where(is_erased, 0.0, images)


def noise(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Each image, with probability p, with Gaussian noise of the deviation |N(0, .1^2)|.

    Args: see `cutout`.
    Source: ADA, Karras et al. 2020, https://arxiv.org/abs/2006.06676, appendix B.
    """
    deviation = 0.1 * tf.abs(draws.normal(images, seed))
    deviation = tf.where(draws.switches(images, seed, p), deviation, 0.0)
    drawn = rng.normal(rng.fold(seed, 3), rng.count(images), tuple(images.shape[1:]))
    return images + deviation[:, :, None, None] * drawn


def translation(
    images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor, *, share: float = 0.125
) -> tf.Tensor:
    """Each image, with probability p, moved along both axes; zeros fill the border.

    Args:
      images, seed, p: see `cutout`.
      share: float, of a side, rounded to pixels: the largest move; all moves are equally likely.
    Source: DiffAugment, Zhao et al. 2020, https://arxiv.org/abs/2006.10738.
    """
    reach = tf.constant([int(share * side + 0.5) for side in images.shape[1:3]], tf.float32)
    moves = tf.floor(draws.uniform(images, seed, 2) * (2.0 * reach + 1.0)) - reach
    moves = tf.where(draws.switches(images, seed, p), moves, 0.0)
    down, right = tf.unstack(tf.cast(moves, tf.int32), axis=1)
    is_inside = [
        (tf.range(side) >= move[:, None]) & (tf.range(side) < side + move[:, None])
        for side, move in zip(images.shape[1:3], (down, right), strict=True)
    ]
    is_inside = is_inside[0][:, :, None, None] & is_inside[1][:, None, :, None]
    return tf.where(is_inside, warp.moved(images, down, right), 0.0)
