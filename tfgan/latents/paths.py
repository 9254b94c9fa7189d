"""Paths through many points.

>>> from tfgan import latents, priors
>>> corners = {"latent": np.float32([[0, 0], [0.5, 0], [0.5, 0.25]])}
>>> latents.through(priors.Uniform(2), corners, count=4)["latent"].tolist()
[[0.0, 0.0], [0.25, 0.0], [0.5, 0.0], [0.5, 0.25]]
"""

import numpy as np

from tfgan.latents import interpolation, support
from tfgan.parameters import arguments


def segments(points, closed=False):
    """The starts and the ends of the segments of a path: two dicts of arrays `[n, ...]`.

    Args:
      points: dict of arrays `[count, ...]`, two or more points.
      closed: bool, whether the last point is followed by the first.
    Raises: ValueError for fewer points, and entries of different numbers of rows.
    """
    points = support.arrays(points, "points")
    count = len(next(iter(points.values())))
    if count < 2:
        raise ValueError(f"A path must have two or more points; received {count}.")
    first = np.arange(count if closed else count - 1)
    return [{name: rows[at % count] for name, rows in points.items()} for at in (first, first + 1)]


def through(prior, points, count, *, mode="auto", closed=False):
    """Equal steps along the path through all points, in their order: dict of arrays `[count, ...]`.

    A segment has a part of the steps in proportion to the distance of its ends.

    Args:
      prior: `priors.Prior`.
      points: dict of arrays `[n, ...]` by name, see `runs.Run.latents`.
      count: int, 2 or more.
      mode: see `interpolation.modes_of`.
      closed: bool, whether the path returns to the first point, which is not repeated at the end.
    Raises: ValueError for fewer than two points or steps, and as `interpolation.between`.
    """
    count = arguments.whole("count", count, 2)
    starts, ends = segments(support.check(prior, points, "points"), closed)
    modes = interpolation.modes_of(prior, mode)
    moving = [name for name in starts if modes.get(name) in ("linear", "spherical")]
    squares = [np.sum((starts[n].astype(float) - ends[n]) ** 2, axis=1) for n in moving]
    lengths = np.sqrt(sum(squares)) if moving else np.zeros(len(next(iter(starts.values()))))
    if not lengths.any():
        lengths = np.ones_like(lengths)
    reached = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0.0, reached[-1], count, endpoint=not closed)
    segment = np.clip(np.searchsorted(reached, places, side="right") - 1, 0, len(lengths) - 1)
    t = (places - reached[segment]) / np.where(lengths > 0.0, lengths, 1.0)[segment]
    t = np.where(np.abs(t - np.round(t)) < 1e-9, np.round(t), t)  # the points themselves
    sides = [{name: rows[segment] for name, rows in side.items()} for side in (starts, ends)]
    return interpolation.between(prior, *sides, np.clip(t, 0.0, 1.0), mode)
