"""Padding by reflection, and images of any size for networks that halve them.

>>> import numpy as np
>>> from tfgan import layers
>>> row = np.float32([1, 2, 3]).reshape(1, 1, 3, 1)
>>> layers.PadToMultiple(4)(row).numpy()[0, 0, :, 0].tolist()
[1.0, 2.0, 3.0, 2.0]
"""

import keras
import numpy as np
import tensorflow as tf
from keras import ops


@keras.saving.register_keras_serializable("tfgan")
class ReflectPadding(keras.layers.Layer):
    """Adds pixels at each edge of an image, its mirror image without the edge: 2 1 | 0 1 2 | 1 0.

    Args:
      size: int, 0 or more, pixels at each of the four edges; below both sides of the image.
    """

    def __init__(self, size, **kwargs):
        if size < 0:
            raise ValueError(f"size must be 0 or more; received {size}.")
        super().__init__(**kwargs)
        self.size = size

    def call(self, inputs):
        return ops.pad(inputs, ((0, 0), *[(self.size, self.size)] * 2, (0, 0)), mode="reflect")

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        return (batch, *(side and side + 2 * self.size for side in sides), channels)

    def get_config(self):
        return {**super().get_config(), "size": self.size}


@keras.saving.register_keras_serializable("tfgan")
class PadToMultiple(keras.layers.Layer):
    """Reflects an image at its bottom and right edges, until both sides are multiples.

    Sides may be as small as 1: the reflection is repeated, 0 1 2 | 1 0 1 2 ...

    Args:
      multiple: int, 1 or more.
      least: int, 1 or more, the smallest side of the result; it is rounded up to a multiple.
    """

    def __init__(self, multiple, least=1, **kwargs):
        for name, value in (("multiple", multiple), ("least", least)):
            if value < 1:
                raise ValueError(f"{name} must be 1 or more; received {value}.")
        super().__init__(**kwargs)
        self.multiple = multiple
        self.least = least

    def call(self, inputs):
        x = inputs
        for axis in (1, 2):
            side = x.shape[axis]
            if side is None:
                x = ops.take(x, self._dynamic_places(ops.shape(x)[axis]), axis=axis)
            elif self._padded(side) > side:
                x = ops.take(x, _reflected(side, self._padded(side)), axis=axis)
        return x

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        return (batch, *(side and self._padded(side) for side in sides), channels)

    def get_config(self):
        return {**super().get_config(), "multiple": self.multiple, "least": self.least}

    def _padded(self, side):
        return -(-max(side, self.least) // self.multiple) * self.multiple

    def _dynamic_places(self, side):
        padded = -(-tf.maximum(side, self.least) // self.multiple) * self.multiple
        period = tf.maximum(2 * (side - 1), 1)
        place = tf.range(padded) % period
        return tf.minimum(place, tf.maximum(side - 1, 0) * 2 - place)


def _reflected(side, padded):
    """The position in a row of `side` pixels of each of `padded` pixels: a triangle wave."""
    place = np.arange(padded) % max(2 * (side - 1), 1)
    return np.minimum(place, 2 * (side - 1) - place).astype(np.int32)


@keras.saving.register_keras_serializable("tfgan")
class CropLike(keras.layers.Layer):
    """The top left part of an image of the height and width of another: `CropLike()([x, like])`."""

    def call(self, inputs):
        x, like = inputs
        if None not in (*x.shape[1:3], *like.shape[1:3]) and x.shape[1:3] == like.shape[1:3]:
            return x
        height, width = ops.shape(like)[1:3]
        return x[:, :height, :width]

    def compute_output_shape(self, input_shape):
        x, like = input_shape
        return (*x[:1], *like[1:3], *x[3:])


@keras.saving.register_keras_serializable("tfgan")
class Cropping2D(keras.layers.Cropping2D):
    """Keras' layer, whose gradient is fast on CPUs where only the top and the left are cropped."""

    def call(self, inputs):
        (top, bottom), (left, right) = self.cropping
        if bottom or right or self.data_format != "channels_last":
            return super().call(inputs)
        # The gradient of this slice is a padding; that of Keras' strided slice takes longer.
        return tf.slice(inputs, [0, top, left, 0], [-1] * 4)
