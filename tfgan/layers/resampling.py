"""Images of twice and of half the size, through the filter [1, 3, 3, 1] along both sides.

In the interior it is bilinear interpolation between the centers of pixels; beyond the edges it
reads zeros. These layers have all derivatives; `keras.layers.UpSampling2D` with "bilinear" has no
second one.

>>> import numpy as np
>>> from tfgan import layers
>>> column = np.float32([0, 4, 8, 8]).reshape(1, 4, 1, 1).repeat(6, axis=2)
>>> layers.Upsample2D()(column)[0, :, 3, 0].numpy().tolist()
[0.0, 1.0, 3.0, 5.0, 7.0, 8.0, 8.0, 6.0]
>>> layers.Downsample2D()(column)[0, :, 1, 0].numpy().tolist()
[2.5, 6.5]
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable("tfgan")
class Upsample2D(keras.layers.Layer):
    """Doubles both sides: `[batch, h, w, channels]` -> `[batch, 2 h, 2 w, channels]`.

    Row 2 i + 1 is 3/4 of row i and 1/4 of row i + 1, row 2 i is 3/4 of row i and 1/4 of row i - 1;
    so for columns. It is four times the transpose of `Downsample2D`.
    """

    def call(self, inputs):
        return _doubled(_doubled(inputs, 1), 2)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return (batch, 2 * height, 2 * width, channels)


@keras.saving.register_keras_serializable("tfgan")
class Downsample2D(keras.layers.Layer):
    """Halves both sides, even numbers: `[batch, 2 h, 2 w, channels]` -> `[batch, h, w, channels]`.

    Row i is 3/8 of rows 2 i and 2 i + 1 each and 1/8 of rows 2 i - 1 and 2 i + 2 each; so for
    columns.
    """

    def build(self, input_shape):
        _, height, width, _ = input_shape
        if height % 2 or width % 2:
            raise ValueError(
                f"inputs must have even sides for Downsample2D; received {height} x {width}."
            )

    def call(self, inputs):
        return _halved(_halved(inputs, 1), 2)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return (batch, height // 2, width // 2, channels)


def _doubled(x, axis):
    near, (before, after) = 0.75 * x, _neighbors(x, x, axis)
    pairs = ops.stack([near + 0.25 * before, near + 0.25 * after], axis=axis + 1)
    _, *sides = x.shape
    sides[axis - 1] *= 2
    return ops.reshape(pairs, (-1, *sides))


def _halved(x, axis):
    _, *sides = x.shape
    sides[axis - 1 : axis] = [sides[axis - 1] // 2, 2]
    even, odd = ops.unstack(ops.reshape(x, (-1, *sides)), 2, axis=axis + 1)
    before, after = _neighbors(odd, even, axis)
    return 0.375 * (even + odd) + 0.125 * (before + after)


def _neighbors(x, y, axis):
    """Row i - 1 of x and row i + 1 of y in the place of row i, zeros beyond the edges; or columns.

    By `split`: its gradient is one concatenation, that of slices of Python many times as slow.
    """
    first, last = ([(0, 0)] * axis + [pad] + [(0, 0)] * (3 - axis) for pad in ((1, 0), (0, 1)))
    before, _ = ops.split(ops.pad(x, first), [x.shape[axis]], axis=axis)
    _, after = ops.split(ops.pad(y, last), [1], axis=axis)
    return before, after
