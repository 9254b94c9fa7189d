"""Points between latents, on a path that the prior asks for.

| prior | path |
|---|---|
| `Uniform` | "linear": the range is convex, so that no point leaves it |
| `Normal`, `TruncatedNormal`, `Sphere` | "spherical": the length is kept |
| `Categorical` | "switch": the class of the nearer end |
| `Noise`, `StyleTruncation` | "stay": those of the start; so other inputs, such as labels |
| `Joint` | part by part |

A linear path between two independent draws of many dimensions has sqrt(1/2) of their length in the
middle: the variance of (a + b) / 2 is half of that of a and b. A normal prior draws no such
latents; a uniform one does not either, but every number of them is in its range.

A spherical path between two opposite points follows the great circle that `metrics.slerp` names; in
one dimension there is none, and the point of a `Sphere` changes its sign in the middle.

>>> from tfgan import latents, priors
>>> prior = priors.Joint([priors.Uniform(2), priors.Categorical(3)])
>>> latents.modes_of(prior)
{'latent': 'linear', 'code': 'switch'}
>>> start = {"latent": np.float32([[-1, 0]]), "code": np.float32([[1, 0, 0]])}
>>> end = {"latent": np.float32([[0, 0.5]]), "code": np.float32([[0, 0, 1]])}
>>> path = latents.interpolate(prior, start, end, steps=3)
>>> path["latent"].tolist(), path["code"].argmax(axis=-1).tolist()
([[[-1.0, 0.0], [-0.5, 0.25], [0.0, 0.5]]], [[0, 2, 2]])
"""

import numpy as np

from tfgan import choices, metrics, priors, words
from tfgan.latents import support
from tfgan.parameters import arguments

_OF_PRIORS = {
    priors.Uniform: "linear",
    priors.Normal: "spherical",
    priors.TruncatedNormal: "spherical",
    priors.Sphere: "spherical",
    priors.Categorical: "switch",
    priors.Noise: "stay",
    priors.StyleTruncation: "stay",
}


def modes_of(prior, mode="auto"):
    """How each part of a prior moves on a path: dict of "linear", "spherical", "switch" or "stay".

    Args:
      prior: `priors.Prior`.
      mode: "auto" for what the prior asks for; "linear" or "spherical" for all vectors.
    Raises: ValueError for another mode, and in the mode "auto" for a prior that implies none, such
      as `SwissRoll`, which neither lines nor arcs follow.
    """
    if mode not in choices.PATH_MODES:
        raise words.unknown("mode", mode, choices.PATH_MODES)
    modes = {}
    for part in support.parts(prior):
        implied = next((m for kind, m in _OF_PRIORS.items() if isinstance(part, kind)), None)
        chosen = implied if implied in ("switch", "stay") or mode == "auto" else mode
        if chosen is None:
            raise ValueError(
                f"mode must be linear or spherical for a {type(part).__name__} prior, which "
                f"implies neither; received {mode!r}."
            )
        modes |= dict.fromkeys(part.shapes, chosen)
    return modes


def between(prior, starts, ends, t, mode="auto"):
    """The points at a fraction of the way between two sets of latents: dict of arrays `[n, ...]`.

    Args:
      prior: `priors.Prior`.
      starts, ends: dicts of arrays `[n, ...]` by name, see `runs.Run.latents`; entries that the
        prior does not draw, such as labels, stay those of the starts.
      t: float `[n]` in 0..1; 0 and 1 give the starts and the ends exactly.
      mode: see `modes_of`. A path that the prior asks for never leaves its range.
    Raises: ValueError for ends of other shapes, fractions of another number or outside 0..1, and as
      `modes_of` and `support.check`.
    """
    starts, ends = support.check(prior, starts, "starts"), support.check(prior, ends, "ends")
    shapes = [{name: np.shape(rows) for name, rows in side.items()} for side in (starts, ends)]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"starts and ends must be latents of one shape; received {shapes[0]} and {shapes[1]}."
        )
    modes, t = modes_of(prior, mode), _fractions(t, len(next(iter(starts.values()))))
    points = {
        name: _MOVES[modes.get(name, "stay")](rows, ends[name], t) for name, rows in starts.items()
    }
    return support.nearest(prior, points) if mode == "auto" else points


def _fractions(t, count):
    if np.ndim(t) != 1:
        raise ValueError(f"t must be a list of numbers; received {t!r}.")
    t = arguments.vector("t", t, count)
    if count and not (t.min() >= 0.0 and t.max() <= 1.0):
        raise ValueError(f"t must be from 0 to 1; received {t[(t < 0.0) | (t > 1.0)][0]}.")
    return t


def interpolate(prior, starts, ends, steps, mode="auto"):
    """Paths of equal steps, with both ends: dict of arrays `[n, steps, ...]`.

    Args:
      prior, starts, ends, mode: see `between`.
      steps: int, 2 or more, the points of a path.
    Raises: ValueError for fewer steps, and as `between`.
    """
    steps = arguments.whole("steps", steps, 2)
    starts, ends = support.check(prior, starts, "starts"), support.check(prior, ends, "ends")
    count = len(next(iter(starts.values())))
    sides = [
        {name: np.repeat(rows, steps, axis=0) for name, rows in side.items()}
        for side in (starts, ends)
    ]
    points = between(prior, *sides, np.tile(np.linspace(0.0, 1.0, steps), count), mode)
    return {name: rows.reshape(count, steps, *rows.shape[1:]) for name, rows in points.items()}


def _along(interpolation):
    """An interpolation of vectors in float64 that gives the ends exactly, in their type."""

    def move(starts, ends, t):
        points = interpolation(starts.astype(np.float64), ends.astype(np.float64), t)
        t = t[:, None]
        return np.where(t == 0.0, starts, np.where(t == 1.0, ends, points)).astype(starts.dtype)

    return move


def _switch(starts, ends, t):
    is_start = (t < 0.5).reshape(-1, *[1] * (starts.ndim - 1))
    return np.where(is_start, starts, ends)


_MOVES = {
    "linear": _along(metrics.lerp),
    "spherical": _along(metrics.slerp),
    "switch": _switch,
    "stay": lambda starts, ends, t: starts,
}
