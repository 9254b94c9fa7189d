"""Values of images at places between and beyond their pixels.

Gradients are exact to any order, unlike those of TensorFlow's operations that resize or warp.

>>> import tensorflow as tf
>>> [int(mirrored(tf.constant(place), 4)) for place in (-2, -1, 0, 3, 4, 5)]
[2, 1, 0, 3, 2, 1]
"""

import tensorflow as tf


def mirrored(places: tf.Tensor, side: int) -> tf.Tensor:
    """Places on an axis, those beyond its ends reflected at the middle of the last pixel.

    Args:
      places: int32 or float32 of any shape, in pixels.
      side: int, the pixels of the axis.
    Returns: the same type and shape, from 0 to side - 1.
    """
    period = tf.cast(max(1, 2 * (side - 1)), places.dtype)
    within = tf.math.floormod(places, period)
    return tf.minimum(within, period - within) if side > 1 else tf.zeros_like(places)


def bilinear(images: tf.Tensor, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """The values of images at places; those outside have the value of the nearest border pixel.

    Args:
      images: float32 `[batch, height, width, channels]`.
      x, y: float32 `[batch, rows, columns]`, in pixels from the middle of the first one.
    Returns: float32 `[batch, rows, columns, channels]`.
    """
    height, width = images.shape[1:3]
    x, y = tf.clip_by_value(x, 0.0, width - 1.0), tf.clip_by_value(y, 0.0, height - 1.0)
    left, top = tf.floor(x), tf.floor(y)
    part_x, part_y = (x - left)[..., None], (y - top)[..., None]
    left, top = tf.cast(left, tf.int32), tf.cast(top, tf.int32)
    right, bottom = tf.minimum(left + 1, width - 1), tf.minimum(top + 1, height - 1)

    def at(rows, columns):
        return tf.gather_nd(images, tf.stack([rows, columns], axis=-1), batch_dims=1)

    above = at(top, left) * (1.0 - part_x) + at(top, right) * part_x
    below = at(bottom, left) * (1.0 - part_x) + at(bottom, right) * part_x
    return above * (1.0 - part_y) + below * part_y


def moved(images: tf.Tensor, down: tf.Tensor, right: tf.Tensor) -> tf.Tensor:
    """Images moved by whole pixels; reflections fill the border.

    Args:
      images: float32 `[batch, height, width, channels]`.
      down, right: int32 `[batch]`, in pixels.
    """
    height, width = images.shape[1:3]
    rows = mirrored(tf.range(height) - down[:, None], height)
    columns = mirrored(tf.range(width) - right[:, None], width)
    images = tf.gather(images, rows, axis=1, batch_dims=1)
    return tf.gather(images, columns, axis=2, batch_dims=1)
