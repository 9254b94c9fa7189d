"""Perceptual path length: the change of a sample for a small step between two latents.

>>> from tfgan import metrics
>>> a, b = np.zeros((50, 2)), np.ones((50, 2))
>>> length = metrics.perceptual_path_length(
...     lambda z: 3.0 * z, lambda x, y: np.sum((x - y) ** 2, axis=1), a, b,
...     interpolate=metrics.lerp,
... )
>>> round(length.mean, 6)
18.0
"""

import dataclasses

import numpy as np

from tfgan.metrics.interpolation import slerp


@dataclasses.dataclass(frozen=True)
class PathLength:
    """The mean over `count` paths (the lower, the smoother) and its standard error."""

    mean: float
    standard_error: float
    count: int


def perceptual_path_length(
    generate, distance, starts, ends, *, interpolate=None, epsilon=1e-4, crop=0.01, seed=0
):
    """E[distance(G(z_t), G(z_{t + e})) / e^2], z_t between two latents: PathLength.

    Args:
      generate: function, latents `[n, d]` -> float images `[n, ...]`, not rounded to uint8.
      distance: function, two such arrays -> `[n]`, a squared distance.
      starts, ends: float `[n, d]`, latents.
      interpolate: function (starts, ends, t `[n]`) -> latents; `slerp` by default.
      epsilon: float, the step e.
      crop: float, the excluded fraction of the shortest and of the longest paths.
      seed: int, of t, uniform in [0, 1).
    Source: Karras et al. 2019, https://arxiv.org/abs/1812.04948, section 4.1, Eq. 2.
    """
    starts, ends = np.asarray(starts, np.float64), np.asarray(ends, np.float64)
    if starts.shape != ends.shape or starts.ndim != 2 or len(starts) < 2:
        raise ValueError(
            "starts and ends must be latents [n, d] of one shape, n at least 2; received "
            f"{list(starts.shape)} and {list(ends.shape)}."
        )
    interpolate = interpolate or slerp
    t = np.random.default_rng(seed).random(len(starts))
    near, far = (generate(interpolate(starts, ends, place)) for place in (t, t + epsilon))
    lengths = np.asarray(distance(near, far), np.float64) / epsilon**2
    low, high = np.quantile(lengths, [crop, 1.0 - crop])
    cropped = lengths[(lengths >= low) & (lengths <= high)]
    error = cropped.std(ddof=1) / np.sqrt(len(cropped)) if len(cropped) > 1 else np.nan
    return PathLength(float(cropped.mean()), float(error), len(cropped))
