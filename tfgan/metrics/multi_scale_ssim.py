"""The similarity of images at five scales (MS-SSIM), and the diversity of a generator's samples.

>>> from tfgan import metrics
>>> image = np.zeros((1, 16, 16, 1))
>>> metrics.multi_scale_ssim(image, image).tolist()
[1.0]
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks, structural_similarity

_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
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
    one, other = checks.images(one, other)
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
        luminance, contrast = structural_similarity.of_scale(one, other)
        value = luminance if scale == len(_WEIGHTS) - 1 else contrast
        product *= np.maximum(value, 0.0) ** weight
        one, other = _halved(one), _halved(other)
    return product


def _halved(images):
    """The mean of 2 x 2 pixels; the last row or column of an odd side is repeated."""
    odd = [(0, 0), (0, images.shape[1] % 2), (0, images.shape[2] % 2), (0, 0)]
    images = np.pad(images, odd, mode="edge")
    count, height, width, channels = images.shape
    return images.reshape(count, height // 2, 2, width // 2, 2, channels).mean(axis=(2, 4))
