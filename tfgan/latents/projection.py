"""The latents whose image is nearest to a given one, by gradient descent from several starts.

The starts move together, one per row, and stay where the prior could have drawn them: clipped to
the range of `Uniform` and `TruncatedNormal`, on a `Sphere`, and under a `Normal` prior with a
length of sqrt(size) - 2 to sqrt(size) + 2, which nearly all of its draws have; a start of another
length may keep it. Classes, seeds of noise and labels stay those of the start.

>>> import numpy as np
>>> from tfgan import latents, priors
>>> def loss(points):  # the squared distance to (0.5, 2)
...     difference = points["latent"] - [0.5, 2.0]
...     return np.sum(difference**2, axis=1), {"latent": 2.0 * difference}
>>> starts = {"latent": np.float32([[-0.5, 0.25]])}
>>> points, losses = latents.descend(priors.Uniform(2), starts, loss, steps=200)
>>> points["latent"].round(2).tolist(), losses.round(2).tolist()
([[0.5, 1.0]], [1.0])
"""

import math

import numpy as np

from tfgan import priors
from tfgan.latents import support
from tfgan.parameters import arguments

_BETAS, _EPSILON = (0.9, 0.999), 1e-12
_RAMP_UP, _RAMP_DOWN = 0.05, 0.25  # of the steps
_LENGTHS = 2.0  # to either side of sqrt(size); the standard deviation is about sqrt(1/2)


def moving_parts(prior):
    """The names of the parts that gradients move, those that are vectors of numbers: list of str.

    Raises: ValueError for a prior without such a part.
    """
    parts = support.parts(prior)
    fixed = (priors.Categorical, *support.FIXED)
    names = [name for part in parts if not isinstance(part, fixed) for name in part.shapes]
    if not names:
        kinds = ", ".join(type(part).__name__ for part in parts)
        raise ValueError(f"prior must have a vector of numbers to project into; received {kinds}.")
    return names


def descend(prior, starts, loss, *, steps, learning_rate=0.2, progress=None):
    """Moves latents to where a loss is small, by Adam.

    The rate rises over the first 5 % of the steps and falls over the last 25 %.

    Args:
      prior: `priors.Prior`.
      starts: dict of arrays `[n, ...]` by name, see `runs.Run.latents`.
      loss: function of such latents -> (float `[n]`, one loss per row; dict of its gradients
        `[n, ...]` by the names of `moving_parts`).
      steps: int, 1 or more.
      learning_rate: float, in units of the root mean square of the starts.
      progress: function (done, total), or None.
    Returns: (dict of arrays `[n, ...]`, float64 `[n]`): of each row the latents of the smallest
      loss on its way, and this loss; the start itself, if nothing was better.
    Raises: ValueError for fewer steps, a prior without a vector of numbers, and as `support.check`.
    Source: Kingma & Ba 2015, https://arxiv.org/abs/1412.6980, Algorithm 1; the rate of Karras et
      al. 2020, https://arxiv.org/abs/1912.04958, appendix D.
    """
    steps, starts = arguments.whole("steps", steps, 1), support.check(prior, starts, "starts")
    lengths, move = _lengths(prior, starts), _Adam(moving_parts(prior), starts)
    points = {name: np.array(rows) for name, rows in starts.items()}
    best, (least, gradients) = points, loss(points)
    for step in range(steps):
        moved = move(points, gradients, learning_rate * _ramp(step / steps))
        points = _within(support.nearest(prior, moved), lengths)
        losses, gradients = loss(points)
        is_better = np.asarray(losses) < least
        least = np.where(is_better, losses, least)
        best = {name: _chosen(is_better, points[name], rows) for name, rows in best.items()}
        if progress:
            progress(step + 1, steps)
    return best, np.float64(least)


class _Adam:
    """Moves the named parts of latents; the rate is in units of their root mean square."""

    def __init__(self, names, starts):
        squares = {name: np.mean(np.square(starts[name], dtype=np.float64)) for name in names}
        self._scales = {name: np.sqrt(square) or 1.0 for name, square in squares.items()}
        self._moments = {name: [0.0, 0.0] for name in names}
        self._step = 0

    def __call__(self, points, gradients, rate):
        self._step += 1
        moved = dict(points)
        for name, moments in self._moments.items():
            gradient = np.asarray(gradients[name], np.float64)
            for i, beta in enumerate(_BETAS):
                moments[i] += (1.0 - beta) * (gradient ** (i + 1) - moments[i])
            mean, square = (
                moment / (1.0 - beta**self._step)
                for moment, beta in zip(moments, _BETAS, strict=True)
            )
            change = rate * self._scales[name] * mean / (np.sqrt(square) + _EPSILON)
            moved[name] = (points[name] - change).astype(points[name].dtype)
        return moved


def _lengths(prior, starts):
    """The least and the largest length under `Normal` priors: dict of pairs of `[n, 1]`."""
    limits = {}
    for part in support.parts(prior):
        if isinstance(part, priors.Normal):
            own, center = _norms(starts[part.name]), math.sqrt(part.size)
            low, high = max(center - _LENGTHS, 0.0), center + _LENGTHS
            limits[part.name] = np.minimum(own, low), np.maximum(own, high)
    return limits


def _within(points, lengths):
    clipped = {
        name: support.scaled(points[name], np.clip(_norms(points[name]), *limits))
        for name, limits in lengths.items()
    }
    return points | clipped


def _norms(rows):
    return np.linalg.norm(np.asarray(rows, np.float64), axis=1, keepdims=True)


def _ramp(t):
    falling = 0.5 - 0.5 * math.cos(math.pi * min(1.0, (1.0 - t) / _RAMP_DOWN))
    return falling * min(1.0, max(t, 0.01) / _RAMP_UP)


def _chosen(is_chosen, rows, others):
    return np.where(is_chosen.reshape(-1, *[1] * (rows.ndim - 1)), rows, others)
