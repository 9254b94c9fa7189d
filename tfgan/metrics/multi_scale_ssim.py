"""The similarity of images at five scales (MS-SSIM), and the diversity of a generator's samples.

>>> from tfgan import metrics
>>> image = np.zeros((1, 16, 16, 1))
>>> metrics.multi_scale_ssim(image, image).tolist()
[1.0]
"""

import dataclasses
import functools
import operator

import numpy as np

from tfgan.metrics import checks

_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_WINDOW, _SIGMA = 11, 1.5
_C1, _C2 = (0.01 * 255.0) ** 2, (0.03 * 255.0) ** 2
_PAIRS_AT_ONCE = 64


@dataclasses.dataclass(frozen=True)
class Similarity:
    """The mean over pairs, 0..1 (1: all images are equal), and its error for independent pairs."""

    mean: float
    standard_error: float


def multi_scale_ssim(one, other):
    """The multi-scale structural similarity of pairs of images: float64 `[count]`.

    prod_{j=1..5} cs_j^w_j with l_5 cs_5 at the coarsest scale; l compares means, cs contrast and
    structure, in a Gaussian window of 11 pixels and deviation 1.5. Each factor is a mean over
    pixels and channels, and 0 if that is negative.

    Args:
      one: uint8 or float `[count, height, width, channels]` in 0..255, 16 pixels or more.
      other: the same shape.
    Source: Wang et al. 2003, "Multi-scale structural similarity for image quality assessment", Eq.
      7 and section 3.2. Differs: the window shrinks to the size of small scales.
    """
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape or one.ndim != 4:
        raise ValueError(
            "one and other must be images [count, height, width, channels] of one shape; received "
            f"{list(one.shape)} and {list(other.shape)}."
        )
    if min(one.shape[1:3]) < 16:
        raise ValueError(f"Five scales need 16 x 16 pixels; received {list(one.shape)}.")
    parts = [slice(at, at + _PAIRS_AT_ONCE) for at in range(0, len(one), _PAIRS_AT_ONCE)]
    return np.concatenate([_pairs(one[part], other[part]) for part in parts])


def multi_scale_ssim_diversity(images, pairs=5000, seed=0, label=None):
    """The mean similarity of random pairs of different images: Similarity, high for similar ones.

    Args:
      images: uint8 `[count, height, width, channels]`.
      pairs: int.
      seed: int, of the pairs.
      label: int `[count]`, to pair images of one class; None for any two.
    Raises: ValueError for fewer than two images, or classes of one.
    Source: Odena et al. 2017, https://arxiv.org/abs/1610.09585, section 4.2.
    """
    if len(images) < 2 or pairs < 1:
        raise checks.TooFewError(
            f"A pair needs two images; received {len(images)} images and {pairs} pairs."
        )
    first, second = _draw_pairs(len(images), pairs, np.random.default_rng(seed), label)
    parts = np.array_split(np.arange(pairs), -(-pairs // _PAIRS_AT_ONCE))
    values = [multi_scale_ssim(images[first[part]], images[second[part]]) for part in parts]
    values = np.concatenate(values)
    error = values.std(ddof=1) / np.sqrt(pairs) if pairs > 1 else np.nan
    return Similarity(float(values.mean()), float(error))


def _draw_pairs(count, pairs, draw, label):
    groups = np.zeros(count, int) if label is None else np.asarray(label)
    order = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[order], groups)
    sizes = np.bincount(groups)[groups]
    paired = np.flatnonzero(sizes > 1)
    if not len(paired):
        raise ValueError("label must have a class of two images or more; each class has one.")
    first = draw.choice(paired, pairs)
    place = np.empty(count, int)
    place[order] = np.arange(count) - starts[order]
    # A cyclic step of 1 .. size - 1 within the class leads to another image.
    step = draw.integers(1, sizes[first])
    return first, order[starts[first] + (place[first] + step) % sizes[first]]


def _pairs(one, other):
    one, other = one.astype(np.float64), other.astype(np.float64)
    product = np.ones(len(one))
    for scale, weight in enumerate(_WEIGHTS):
        luminance, contrast = _scale(one, other)
        value = luminance if scale == len(_WEIGHTS) - 1 else contrast
        product *= np.maximum(value, 0.0) ** weight
        one, other = _halved(one), _halved(other)
    return product


def _scale(one, other):
    """(mean of l cs, mean of cs), each `[count]`."""
    window = _window(min(_WINDOW, *one.shape[1:3]))
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
    weights = np.exp(-0.5 * (places / (_SIGMA * size / _WINDOW)) ** 2)
    return weights / weights.sum()


def _filtered(images, window):
    """The weighted mean of the window at each place where it fits."""
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


def _halved(images):
    """The mean of 2 x 2 pixels; the last row or column of an odd side is repeated."""
    odd = [(0, 0), (0, images.shape[1] % 2), (0, images.shape[2] % 2), (0, 0)]
    images = np.pad(images, odd, mode="edge")
    count, height, width, channels = images.shape
    return images.reshape(count, height // 2, 2, width // 2, 2, channels).mean(axis=(2, 4))
