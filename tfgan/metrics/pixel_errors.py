"""The errors of images to their targets, pixel by pixel.

>>> from tfgan import metrics
>>> black, gray = np.zeros((1, 2, 2, 1)), np.full((1, 2, 2, 1), 51.0)
>>> metrics.mean_absolute_error(black, gray).tolist()
[0.2]
"""

import numpy as np

from tfgan.metrics import checks

_PEAK = 255.0
_ROWS = 256


def mean_absolute_error(one, other):
    """The mean absolute difference of pairs of images, with pixels in 0..1: float64 `[count]`.

    It is half of the L1 term in training, whose pixels are in -1..1.

    Args:
      one: uint8 or float `[count, height, width, channels]` in 0..255.
      other: the same shape.
    Raises: ValueError for two shapes.
    """
    return _means(np.abs, one, other) / _PEAK


def peak_signal_to_noise(one, other):
    """The peak signal-to-noise ratio of pairs of images in dB: float64 `[count]`.

    10 log10(255^2 / mean squared difference); infinite for equal images.

    Args, Raises: see `mean_absolute_error`.
    """
    with np.errstate(divide="ignore"):
        return 10.0 * np.log10(_PEAK**2 / _means(np.square, one, other))


def _means(function, one, other):
    """The mean of a function of the differences of each pair: float64 `[count]`."""
    one, other = checks.images(one, other)
    parts = [
        function(block - other[first : first + len(block)]).mean(axis=(1, 2, 3))
        for first, block in checks.blocks(one, _ROWS)
    ]
    return np.concatenate(parts)
