"""The structural similarity (SSIM) of pairs of images.

>>> from tfgan import metrics
>>> image = np.zeros((1, 11, 11, 3))
>>> metrics.structural_similarity(image, image).tolist()
[1.0]
"""

import functools
import operator

import numpy as np

from tfgan.metrics import checks

SSIM_WINDOW = 11

_SIGMA = 1.5
_C1, _C2 = (0.01 * 255.0) ** 2, (0.03 * 255.0) ** 2
_PAIRS_AT_ONCE = 64


def structural_similarity(one, other):
    """The structural similarity of pairs of images: float64 `[count]` in -1..1, 1 for equal images.

    The mean of l cs over the positions of a Gaussian window of 11 x 11 pixels and deviation 1.5
    inside the image, and over channels; l compares means, cs contrast and structure.

    Args:
      one: uint8 or float `[count, height, width, channels]` in 0..255, 11 pixels or more.
      other: the same shape.
    Raises: ValueError for two shapes, and for images that are smaller than the window.
    Source: Wang et al. 2004, "Image quality assessment: from error visibility to structural
      similarity", Eq. 13 with K1 = 0.01 and K2 = 0.03, and section III.C.
    """
    one, other = checks.images(one, other)
    if min(one.shape[1:3]) < SSIM_WINDOW:
        raise ValueError(
            f"one and other must be images of at least {SSIM_WINDOW} x {SSIM_WINDOW} pixels, the "
            f"window of SSIM; received {one.shape[1]} x {one.shape[2]}."
        )
    starts = range(0, len(one), _PAIRS_AT_ONCE)
    blocks = (
        [x[at : at + _PAIRS_AT_ONCE].astype(np.float64) for x in (one, other)] for at in starts
    )
    return np.concatenate([of_scale(*block)[0] for block in blocks])


def of_scale(one, other):
    """The means of l cs and of cs over the positions of the window, each float64 `[count]`.

    Args:
      one, other: float64 `[count, height, width, channels]` in 0..255; for less than 11 pixels the
        window shrinks to their number.
    """
    window = _window(min(SSIM_WINDOW, *one.shape[1:3]))
    means = _filtered(one, window), _filtered(other, window)
    products = means[0] * means[1]
    squares = means[0] ** 2 + means[1] ** 2
    variances = _filtered(one**2 + other**2, window) - squares
    covariances = _filtered(one * other, window) - products
    contrast = (2.0 * covariances + _C2) / (variances + _C2)
    luminance = (2.0 * products + _C1) / (squares + _C1)
    return (luminance * contrast).mean(axis=(1, 2, 3)), contrast.mean(axis=(1, 2, 3))


def _window(size):
    places = np.arange(size) - (size - 1) / 2.0
    weights = np.exp(-0.5 * (places / (_SIGMA * size / SSIM_WINDOW)) ** 2)
    return weights / weights.sum()


def _filtered(images, window):
    """The weighted mean of the window at each position where it fits."""
    for axis in (1, 2):
        images = correlate(images, window, axis)
    return images


def correlate(images, window, axis):
    """The sums of successive rows or columns, weighted by a window, where it fits.

    Args:
      images: float `[count, height, width, channels]`.
      window: float `[n]`, of the same type.
      axis: int, 1 or 2, which becomes shorter by n - 1.
    """
    size = images.shape[axis] - len(window) + 1
    shifted = (
        weight * np.take(images, np.arange(offset, offset + size), axis=axis)
        for offset, weight in enumerate(window)
    )
    return functools.reduce(operator.add, shifted)
