"""Traversals: one coordinate or code of a point varies, all others stay.

>>> from tfgan import latents, priors
>>> point = {"latent": np.float32([[0.5, 0.25]])}
>>> latents.traverse(priors.Uniform(2), point, "latent", 1, steps=3)["latent"].round(3).tolist()
[[0.5, -1.0], [0.5, 0.0], [0.5, 1.0]]
"""

import numpy as np

from tfgan import priors
from tfgan.latents import support
from tfgan.parameters import arguments

_DEVIATIONS = 2.0  # of a normal prior to either side


def traverse(prior, point, name, index=0, *, steps=9, values=None):
    """A point with other values of one coordinate, or with each class: dict of `[steps, ...]`.

    Args:
      prior: `priors.Prior`.
      point: dict of arrays `[1, ...]` by name, see `runs.Run.latents`.
      name: str, the part of the prior that varies. A `Categorical` part takes each class once.
      index: int, the coordinate.
      steps: int, the number of values.
      values: float `[steps]` instead; by default evenly from one end of the prior to the other, of
        normal priors and spheres from -2 to 2 standard deviations.
    Returns: latents that the prior could have drawn. On a sphere the other coordinates are scaled,
      and values are at most the radius.
    Raises: ValueError for a part or a coordinate that the prior does not have, without values for a
      prior that implies none, and as `support.check`.
    """
    parts = {each: part for part in support.parts(prior) for each in part.shapes}
    varied = [each for each, part in parts.items() if not isinstance(part, support.FIXED)]
    if name not in varied:
        known = f"one of {', '.join(varied)}" if varied else "of which this one has none"
        raise ValueError(f"name must be a vector or code of the prior, {known}; received {name!r}.")
    part, point = parts[name], support.check_one(prior, point)
    if isinstance(part, priors.Categorical):
        changed = np.eye(part.classes, dtype=point[name].dtype)
    else:
        [size] = part.shapes[name]
        index = arguments.whole("index", index, 0, size - 1)
        if values is None:
            values = _values(part, arguments.whole("steps", steps, 1))
        values = arguments.vector("values", values)
        changed = _with_coordinate(part, np.repeat(point[name], len(values), axis=0), index, values)
    rows = {n: np.repeat(x, len(changed), axis=0) for n, x in point.items()}
    return support.nearest(prior, rows | {name: changed})


def _with_coordinate(part, rows, index, values):
    """Rows `[n, size]` with values of one coordinate, on a sphere scaled in the others."""
    if isinstance(part, priors.Sphere):
        values = np.clip(values, -part.length, part.length)
        rows[:, index] = 0.0
        rows = support.scaled(rows, np.sqrt(part.length**2 - values[:, None] ** 2))
    rows[:, index] = values
    return rows


def _values(part, steps):
    if isinstance(part, priors.Uniform):
        return np.linspace(part.low, part.high, steps)
    if isinstance(part, priors.TruncatedNormal):
        reach = min(_DEVIATIONS, part.threshold)
    elif isinstance(part, priors.Normal):
        reach = _DEVIATIONS
    elif isinstance(part, priors.Sphere):
        reach = _DEVIATIONS * part.length / part.size**0.5
    else:
        raise ValueError(
            f"values must be a list of numbers for a {type(part).__name__} prior, which implies no "
            "range; received None."
        )
    return np.linspace(-reach, reach, steps)
