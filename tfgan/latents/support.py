"""The nearest latents that a prior could have drawn.

>>> from tfgan import latents, priors
>>> latents.nearest(priors.Uniform(3), {"latent": np.float64([[-1.5, 0.25, 0.5]])})
{'latent': array([[-1.  ,  0.25,  0.5 ]])}
"""

import functools
import math

import numpy as np

from tfgan import priors

FIXED = (priors.Noise, priors.StyleTruncation)  # no path and no sum of latents changes them


def parts(prior):
    """The priors side by side in a `Joint`, at any depth; else the prior itself: list."""
    if not isinstance(prior, priors.Joint):
        return [prior]
    return [part for each in prior.priors for part in parts(each)]


def nearest(prior, latents):
    """Latents in the support of a prior, with the smallest change: dict of arrays `[n, ...]`.

    Numbers are clipped to the range of `Uniform` and `TruncatedNormal`, rows are scaled to the
    radius of a `Sphere`, and the largest entry of a `Categorical` becomes 1, the others 0. A
    `Normal` prior can draw every vector; other priors and entries are not changed either.

    Args:
      prior: `priors.Prior`.
      latents: dict of arrays `[n, ...]` by name.
    """
    changed = {
        name: _nearest(part, np.asarray(latents[name]))
        for part in parts(prior)
        for name in part.shapes
        if name in latents
    }
    return {**latents, **changed}


@functools.singledispatch
def _nearest(prior, rows):
    return rows


@_nearest.register
def _(prior: priors.Uniform, rows):
    return np.clip(rows, prior.low, prior.high).astype(rows.dtype)


@_nearest.register
def _(prior: priors.TruncatedNormal, rows):
    return np.clip(rows, -prior.threshold, prior.threshold).astype(rows.dtype)


@_nearest.register
def _(prior: priors.Sphere, rows):
    radius = math.sqrt(prior.size) if prior.radius is None else prior.radius
    return scaled(rows, radius)


@_nearest.register
def _(prior: priors.Categorical, rows):
    return np.eye(prior.classes, dtype=rows.dtype)[rows.argmax(axis=-1)]


def scaled(rows, length):
    """Rows `[n, d]` with a length, a number or `[n, 1]`; rows of zeros stay."""
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return (rows * (length / np.where(lengths > 0.0, lengths, 1.0))).astype(rows.dtype)
