"""Checks of features: one row per example, finite, enough of them."""

import numpy as np

_ROWS = 4096  # of a block, so that a mapped file is never copied whole


class TooFewError(ValueError):
    """A set has fewer examples than a metric needs."""


def features(name, values, least=2):
    """Checks features `[count, d]`, finite, at least `least` rows: NumPy array, not copied.

    Raises: ValueError that starts with `name`; TooFewError, which is one, for too few rows.
    """
    values = np.asarray(values)
    if values.ndim != 2 or values.shape[1] < 1:
        raise ValueError(f"{name} must be features [count, d]; received {list(values.shape)}.")
    if values.dtype.kind not in "fiu":
        raise ValueError(f"{name} must hold real numbers; received {values.dtype.name}.")
    if len(values) < least:
        raise TooFewError(
            f"{name} holds {len(values)} examples; this metric needs at least {least}."
        )
    for first in range(0, len(values), _ROWS):
        is_finite = np.isfinite(values[first : first + _ROWS])
        if not is_finite.all():
            wrong = first + np.flatnonzero(~is_finite.all(axis=1))[0]
            raise ValueError(f"{name} must be finite; row {wrong} holds NaN or infinity.")
    return values


def pair(real, fake, least=2):
    """Checks two sets of `features` of one dimension, at least `least` rows each: (real, fake)."""
    real, fake = features("real", real, least), features("fake", fake, least)
    if real.shape[1] != fake.shape[1]:
        raise ValueError(
            f"real and fake must have features of one dimension; received {real.shape[1]} and "
            f"{fake.shape[1]}."
        )
    return real, fake


def images(one, other):
    """Checks pairs of images `[count, height, width, channels]` of one shape: (one, other)."""
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape or one.ndim != 4 or not len(one):
        raise ValueError(
            "one and other must be images [count, height, width, channels] of one shape; received "
            f"{list(one.shape)} and {list(other.shape)}."
        )
    return one, other


def blocks(values, rows):
    """Blocks of rows of an array: yields (index of the first row, float64 block)."""
    for first in range(0, len(values), rows):
        yield first, np.asarray(values[first : first + rows], np.float64)
