"""Points between two vectors: on the line, and on the sphere.

>>> from tfgan import metrics
>>> a, b = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
>>> metrics.slerp(a, b, [0.5]).round(4).tolist(), metrics.lerp(a, b, [0.5]).tolist()
([[0.7071, 0.7071]], [[0.5, 0.5]])
"""

import numpy as np


def lerp(starts, ends, t):
    """Linear interpolation (1 - t) a + t b of rows `[n, d]`, t float `[n]`."""
    return starts + (ends - starts) * np.asarray(t)[:, None]


def slerp(starts, ends, t):
    """Interpolation on the sphere: unit vectors a, b -> sin((1 - t) w) a + sin(t w) b over sin w.

    w is the angle between them; lengths are interpolated linearly. Rows `[n, d]`, t float `[n]`.
    Between opposite vectors, a = -b, all great circles are equally short: the path is on the one
    through the part orthogonal to a of the axis in which a is smallest (of equal ones the first).
    Source: Shoemake 1985; for latents White 2016, https://arxiv.org/abs/1609.04468.
    """
    t = np.asarray(t)[:, None]
    lengths = [np.linalg.norm(rows, axis=1, keepdims=True) for rows in (starts, ends)]
    one, other = (
        rows / np.where(length > 0.0, length, 1.0)
        for rows, length in zip((starts, ends), lengths, strict=True)
    )
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
    is_opposite = is_line & (angle > 1.0)
    if is_opposite.any():
        ours = np.where(is_opposite, np.cos(np.pi * t), ours)
        others = np.where(is_opposite, np.sin(np.pi * t), others)
        other = np.where(is_opposite, _orthogonal(one), other)
    return (ours * one + others * other) * (lengths[0] * (1.0 - t) + lengths[1] * t)


def _orthogonal(units):
    """Unit vectors orthogonal to others `[n, d]`, see `slerp`; zeros in one dimension."""
    axis = np.eye(units.shape[1])[np.abs(units).argmin(axis=1)]
    rest = axis - np.sum(axis * units, axis=1, keepdims=True) * units
    length = np.linalg.norm(rest, axis=1, keepdims=True)
    return rest / np.where(length > 0.0, length, 1.0)
