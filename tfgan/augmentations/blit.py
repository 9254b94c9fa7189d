"""Flips, turns and moves by whole pixels: every pixel keeps its value, none is interpolated.

>>> import tensorflow as tf
>>> image = tf.reshape(tf.range(4.0), (1, 2, 2, 1))
>>> bool(tf.reduce_all(turn(image, tf.constant([0, 1]), p=0.0) == image))
True

Source: the group "pixel blitting" of ADA, Karras et al. 2020, https://arxiv.org/abs/2006.06676,
appendix B.
"""

import tensorflow as tf

from tfgan.augmentations import draws, warp


def flip(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Each image, with probability p, mirrored left to right or not, both equally likely.

    Args:
      images: float32 `[batch, height, width, channels]`.
      seed: int32 `[2]`.
      p: float or float32 scalar tensor from 0 to 1; with 0 the images are returned exactly.
    """
    (is_flipped,) = draws.columns(draws.switches(images, seed, p / 2.0), 4)
    return tf.where(is_flipped, tf.reverse(images, [2]), images)


def turn(images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor) -> tf.Tensor:
    """Each image, with probability p, turned by 0, 1, 2 or 3 quarters, equally likely.

    Images that are not square turn by 0 or 2 quarters, which keep their shape.

    Args: see `flip`.
    """
    is_square = images.shape[1] == images.shape[2]
    angle = tf.floor(draws.uniform(images, seed, 1, 0.0, 4.0 if is_square else 2.0))
    quarters = angle if is_square else 2.0 * angle
    (quarters,) = draws.columns(tf.where(draws.switches(images, seed, p), quarters, 0.0), 4)
    turned = tf.where(quarters == 2.0, tf.reverse(images, [1, 2]), images)
    if not is_square:
        return turned
    across = tf.transpose(images, [0, 2, 1, 3])
    turned = tf.where(quarters == 1.0, tf.reverse(across, [1]), turned)
    return tf.where(quarters == 3.0, tf.reverse(across, [2]), turned)


def shift(
    images: tf.Tensor, seed: tf.Tensor, p: float | tf.Tensor, *, share: float = 0.125
) -> tf.Tensor:
    """Each image, with probability p, moved along both axes; reflections fill the border.

    Args:
      images, seed, p: see `flip`.
      share: float, of a side, the largest move, which is uniform and then rounded to pixels.
    """
    moves = draws.uniform(images, seed, 2, -share, share)
    moves = tf.where(draws.switches(images, seed, p), moves, 0.0)
    sides = tf.constant(tuple(images.shape[1:3]), tf.float32)
    down, right = tf.unstack(tf.cast(tf.round(moves * sides), tf.int32), axis=1)
    return warp.moved(images, down, right)
