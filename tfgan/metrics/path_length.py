"""Perceptual path length: the change of a sample for a small step between two latents.

>>> from tfgan import metrics
>>> a, b = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
>>> metrics.slerp(a, b, [0.5]).round(4).tolist()
[[0.7071, 0.7071]]
"""

import dataclasses

import numpy as np


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


def lerp(starts, ends, t):
    """Linear interpolation (1 - t) a + t b of rows `[n, d]`, t float `[n]`."""
    return starts + (ends - starts) * np.asarray(t)[:, None]


def slerp(starts, ends, t):
    """Interpolation on the sphere: unit vectors a, b -> sin((1 - t) w) a + sin(t w) b over sin w.

    w is the angle between them; lengths are interpolated linearly. Rows `[n, d]`, t float `[n]`.
    Source: Shoemake 1985; for latents White 2016, https://arxiv.org/abs/1609.04468.
    """
    t = np.asarray(t)[:, None]
    lengths = [np.linalg.norm(rows, axis=1, keepdims=True) for rows in (starts, ends)]
    one, other = starts / lengths[0], ends / lengths[1]
    # atan2 is accurate for nearly parallel vectors, where arccos loses half of the digits.
    angle = 2.0 * np.arctan2(
        np.linalg.norm(one - other, axis=1, keepdims=True),
        np.linalg.norm(one + other, axis=1, keepdims=True),
    )
    sine = np.sin(angle)
    is_line = sine < 1e-9
    safe = np.where(is_line, 1.0, sine)
    ours = np.where(is_line, 1.0 - t, np.sin((1.0 - t) * angle) / safe)
    others = np.where(is_line, t, np.sin(t * angle) / safe)
    return (ours * one + others * other) * (lengths[0] * (1.0 - t) + lengths[1] * t)
