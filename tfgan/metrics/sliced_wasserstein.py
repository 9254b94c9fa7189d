"""The sliced Wasserstein distance of the patches of two sets of images, scale by scale."""

import dataclasses

import numpy as np

from tfgan.metrics.structural_similarity import correlate

_PATCH = 7
_PATCHES = 128  # per image
_DIRECTIONS = 512
_DIRECTIONS_AT_ONCE = 64
_SMALLEST = 16  # pixels of the last level
_FILTER = np.array([1.0, 4.0, 6.0, 4.0, 1.0], np.float32) / np.float32(16.0)


@dataclasses.dataclass(frozen=True)
class SlicedWasserstein:
    """Distances times 1,000: (shorter side in pixels, distance) by level, finest first; mean."""

    levels: tuple
    mean: float


def sliced_wasserstein_distance(real, fake, seed=0):
    """The mean difference of sorted projections of patches, per level of a Laplacian pyramid.

    The levels are the image's size and its halves down to the last of 16 pixels or more; an image
    smaller than 32 pixels has two levels if a patch fits into the half. 128 patches of 7 x 7 pixels
    per image are normalized per channel over all patches of the set, and projected on 512 random
    directions.

    Args:
      real: uint8 or float `[count, height, width, 1, 3 or 4]` in 0..255; the paper has 16,384.
      fake: the same shape.
      seed: int, of the positions of the patches and of the directions, the same for both sets.
    Returns: SlicedWasserstein.
    Source: Karras et al. 2018, https://arxiv.org/abs/1710.10196, section 5.
    """
    real, fake = np.asarray(real), np.asarray(fake)
    _check(real, fake)
    draws = [np.random.default_rng([seed, level]) for level in range(16)]
    levels = []
    for draw, ours, others in zip(draws, _pyramid(real), _pyramid(fake), strict=False):
        levels.append((min(ours.shape[1:3]), 1000.0 * _distance(ours, others, draw)))
    return SlicedWasserstein(tuple(levels), float(np.mean([value for _, value in levels])))


def _pyramid(images):
    """Yields the Laplacian levels `[count, h, w, c]`, finest first, the last one low-pass."""
    remaining = images.astype(np.float32)
    while _has_half(remaining, is_first=remaining.shape == images.shape):
        half = _blurred(remaining)[:, ::2, ::2]
        yield remaining - _doubled(half, remaining.shape)
        remaining = half
    yield remaining


def _has_half(images, is_first):
    half = (min(images.shape[1:3]) + 1) // 2
    return half >= _SMALLEST or (is_first and half >= _PATCH)


def _blurred(images):
    """A 5 x 5 binomial filter, the image mirrored at its border."""
    for axis in (1, 2):
        padding = [(2, 2) if number == axis else (0, 0) for number in range(4)]
        images = correlate(np.pad(images, padding, mode="reflect"), _FILTER, axis)
    return images


def _doubled(half, shape):
    doubled = np.zeros(shape, np.float32)
    doubled[:, ::2, ::2] = half
    return 4.0 * _blurred(doubled)


def _distance(real, fake, draw):
    places = _places(real.shape, draw)
    ours, others = (_descriptors(images, places) for images in (real, fake))
    differences = []
    for _ in range(_DIRECTIONS // _DIRECTIONS_AT_ONCE):
        directions = draw.standard_normal((ours.shape[1], _DIRECTIONS_AT_ONCE)).astype(np.float32)
        directions /= np.linalg.norm(directions, axis=0)
        projected = [np.sort(rows @ directions, axis=0) for rows in (ours, others)]
        differences.append(np.abs(projected[0] - projected[1]).mean(dtype=np.float64))
    return float(np.mean(differences))


def _places(shape, draw):
    """The upper left corners of the patches: (rows, columns), int `[count, patches]` each."""
    count, height, width, _ = shape
    return [draw.integers(side - _PATCH + 1, size=(count, _PATCHES)) for side in (height, width)]


def _descriptors(images, places):
    """The normalized patches as rows: float32 `[count * patches, 7 * 7 * channels]`."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (_PATCH, _PATCH), axis=(1, 2))
    patches = windows[np.arange(len(images))[:, None], places[0], places[1]]  # [n, p, c, 7, 7]
    patches = patches - patches.mean(axis=(0, 1, 3, 4), keepdims=True, dtype=np.float64)
    deviation = patches.std(axis=(0, 1, 3, 4), keepdims=True)
    patches = patches / np.where(deviation > 0.0, deviation, 1.0)  # a flat level has none
    return patches.reshape(-1, images.shape[3] * _PATCH**2).astype(np.float32)


def _check(real, fake):
    if real.ndim != 4 or real.shape[3] not in (1, 3, 4):
        raise ValueError(
            f"real must be images [count, height, width, 1, 3 or 4]; received {list(real.shape)}."
        )
    if real.shape != fake.shape:
        raise ValueError(
            "real and fake must be images of equal counts and shapes; received "
            f"{list(real.shape)} and {list(fake.shape)}."
        )
    if len(real) == 0 or min(real.shape[1:3]) < _PATCH:
        raise ValueError(
            f"real must hold images of at least {_PATCH} x {_PATCH} pixels; received "
            f"{list(real.shape)}."
        )
