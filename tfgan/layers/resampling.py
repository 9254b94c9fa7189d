"""Images and maps of half and double size by the low-pass filter [1, 3, 3, 1].

All of it is made of sums of slices, which have exact second derivatives on every device. Outside of
an image there are zeros.

Source: Karras et al. 2020, https://arxiv.org/abs/1912.04958; Zhang 2019,
https://arxiv.org/abs/1904.11486, low-pass filters in front of a stride.

>>> from tfgan.layers import resampling
>>> x = np.float32([0, 8, 0, 0]).reshape(1, 1, 4, 1)
>>> resampling.blurred(np.repeat(x, 4, axis=1), margin=2).numpy()[0, 2, :, 0].tolist()
[0.0, 1.0, 3.0, 3.0, 1.0]
"""

import keras
from keras import ops

_HEIGHT, _WIDTH = 1, 2
_AXES = (_HEIGHT, _WIDTH)


def blurred(x, margin, gain=1.0):
    """Maps filtered by [1, 3, 3, 1] / 8 in both directions.

    [1, 3, 3, 1] is [1, 1] three times: sums of neighbors.

    Args:
      x: `[n, height, width, channels]`.
      margin: int, zeros around the maps; 1 and 2 give maps that are one smaller and one larger.
      gain: float, by which the result is multiplied.
    Returns: `[n, height + 2 margin - 3, width + 2 margin - 3, channels]`.
    """
    x = ops.pad(x, [[0, 0], [margin, margin], [margin, margin], [0, 0]])
    for axis in _AXES:
        for _ in range(3):
            x = _part(x, axis, 0, -1) + _part(x, axis, 1, None)
    return x * (gain / 64.0)


def halved(x):
    """Maps of half the size: filtered by [1, 3, 3, 1] / 8, every second number.

    Pixel i is (x[2i - 1] + 3 x[2i] + 3 x[2i + 1] + x[2i + 2]) / 8 in each direction.

    Args:
      x: `[n, height, width, channels]`, even sides.
    Returns: `[n, height / 2, width / 2, channels]`.
    """
    for axis in _AXES:
        even, odd = _part(x, axis, 0, None, 2), _part(x, axis, 1, None, 2)
        x = 3.0 * (even + odd) + _shifted(odd, axis, 1) + _shifted(even, axis, -1)
    return x * (1.0 / 64.0)


def doubled(x):
    """Maps of double size, zeros between the numbers filtered by [1, 3, 3, 1] / 4.

    Pixels 2i and 2i + 1 are (3 x[i] + x[i - 1]) / 4 and (3 x[i] + x[i + 1]) / 4 in each direction:
    linear interpolation between the centers of pixels.

    Args:
      x: `[n, height, width, channels]`.
    Returns: `[n, 2 height, 2 width, channels]`.
    """
    for axis in _AXES:
        even, odd = (3.0 * x + _shifted(x, axis, by) for by in (1, -1))
        count, height, width, channels = x.shape
        sides = (-1, 2 * height, width) if axis == _HEIGHT else (-1, height, 2 * width)
        x = ops.reshape(ops.stack([even, odd], axis=axis + 1), (*sides, channels))
    return x * (1.0 / 16.0)


def _part(x, axis, first, last, step=1):
    return x[(slice(None),) * axis + (slice(first, last, step),)]


def _shifted(x, axis, by):
    """x moved by one position to the right (1) or to the left (-1); a zero moves in."""
    margins = [[0, 0]] * 4
    margins[axis] = [1, 0] if by > 0 else [0, 1]
    rest = _part(x, axis, None, -1) if by > 0 else _part(x, axis, 1, None)
    return ops.pad(rest, margins)


@keras.saving.register_keras_serializable("tfgan")
class FilteredUpSampling2D(keras.layers.Layer):
    """Doubles the sides by the low-pass filter: see `resampling.doubled`."""

    def call(self, inputs):
        return doubled(inputs)

    def compute_output_shape(self, input_shape):
        count, height, width, channels = input_shape
        return count, 2 * height, 2 * width, channels
