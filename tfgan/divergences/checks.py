"""Checks of the arguments of divergences."""

import numpy as np

_TOTAL = 1e-6  # the tolerance of a total, which a grid without its far tails needs


def masses(name, values, cell=1.0):
    """Probabilities from probabilities, or from densities on a grid.

    Args:
      name: str, of the distribution in messages.
      values: float array, 0 or more.
      cell: float, or floats that multiply `values`: the volume of each point of the grid.
    Returns: float64 array, values * cell.
    Raises: ValueError for negative or non-finite numbers and a total other than 1.
    """
    mass = nonnegative(name, np.asarray(values, np.float64) * np.asarray(cell, np.float64))
    total = float(mass.sum())
    if abs(total - 1.0) > _TOTAL:
        raise ValueError(f"{name} must sum to 1 with `cell`; it sums to {total:.9g}.")
    return mass


def nonnegative(name, values):
    """Numbers that are finite and 0 or more: float64 array; else raises ValueError."""
    values = np.asarray(values, np.float64)
    if not np.isfinite(values).all() or (values < 0.0).any():
        raise ValueError(f"{name} must hold finite numbers that are 0 or more.")
    return values


def pair(p, q, cell=1.0):
    """Two distributions over the same points, see `masses`: (p, q), float64 of one shape."""
    return same_shape(masses("p", p, cell), masses("q", q, cell))


def same_shape(p, q):
    """p and q; raises ValueError if their shapes differ."""
    if p.shape != q.shape:
        raise ValueError(f"p and q must have one shape; received {p.shape} and {q.shape}.")
    return p, q


def numbers(name, values):
    """One or more finite numbers in a row: float64 `[n]`; else raises ValueError."""
    values = np.asarray(values, np.float64)
    if values.ndim != 1 or not values.size:
        raise ValueError(f"{name} must be numbers [n], n at least 1; received {values.shape}.")
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite.")
    return values
