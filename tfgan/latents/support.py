"""The nearest latents that a prior could have drawn.

>>> from tfgan import latents, priors
>>> latents.nearest(priors.Uniform(3), {"latent": np.float64([[-1.5, 0.25, 0.5]])})
{'latent': array([[-1.  ,  0.25,  0.5 ]])}
"""

import functools
from collections.abc import Mapping

import numpy as np

from tfgan import priors

FIXED = (priors.Noise, priors.StyleTruncation)  # no path and no sum of latents changes them


def parts(prior):
    """The priors side by side in a `Joint`, at any depth; else the prior itself: list."""
    if not isinstance(prior, priors.Joint):
        return [prior]
    return [part for each in prior.priors for part in parts(each)]


def check(prior, latents, argument="latents"):
    """Latents as arrays; whole numbers where the prior draws others become float32.

    Args:
      prior: `priors.Prior`.
      latents: dict of arrays `[n, ...]` by name: all that the prior draws, and other entries, such
        as labels.
      argument: str, what messages call them.
    Returns: dict of NumPy arrays `[n, ...]`.
    Raises: ValueError for what is not a dict of arrays, and for entries of the prior that are
      missing, of another size, or not finite numbers; and for entries of different numbers of rows.
    """
    rows = arrays(latents, argument)
    for part in parts(prior):
        for name, shape in part.shapes.items():
            if name not in rows:
                raise ValueError(
                    f"{argument} must have the entry {name}, which the prior draws; received "
                    f"{', '.join(rows)}."
                )
            values = rows[name]
            if values.shape[1:] != tuple(shape) or values.dtype.kind not in "iuf":
                raise ValueError(
                    f"{argument} must hold numbers {name} [{', '.join(map(str, ('n', *shape)))}]; "
                    f"received {values.dtype.name} {list(values.shape)}."
                )
            if not np.isfinite(values).all():
                raise ValueError(f"{argument} must be finite; received NaN or infinity in {name}.")
            if not isinstance(part, priors.Noise) and values.dtype.kind != "f":
                rows[name] = values.astype(np.float32)
    return rows


def check_one(prior, point):
    """As `check`, and that there is one row: dict of NumPy arrays `[1, ...]`."""
    rows = check(prior, point, "point")
    count = len(next(iter(rows.values())))
    if count != 1:
        raise ValueError(f"point must be one latent; received {count} rows.")
    return rows


def arrays(latents, argument="latents"):
    """Entries of equally many rows as arrays, whatever the prior: dict; see `check`."""
    if not isinstance(latents, Mapping) or not latents:
        received = "an empty dict" if isinstance(latents, Mapping) else type(latents).__name__
        raise ValueError(
            f"{argument} must be a dict of arrays, with one row per point; received {received}."
        )
    rows = {name: np.asarray(values) for name, values in latents.items()}
    counts = {name: values.shape[:1] for name, values in rows.items()}
    if len(set(counts.values())) != 1 or () in counts.values():
        shapes = ", ".join(f"{name} {list(values.shape)}" for name, values in rows.items())
        raise ValueError(
            f"{argument} must have equally many rows in each entry; received {shapes}."
        )
    return rows


def nearest(prior, latents):
    """Latents in the support of a prior, with the smallest change: dict of arrays `[n, ...]`.

    Numbers are clipped to the range of `Uniform` and `TruncatedNormal`, rows are scaled to the
    radius of a `Sphere`, and the largest entry of a `Categorical` becomes 1, the others 0. A
    `Normal` prior can draw every vector; other priors and entries are not changed either.

    Args:
      prior: `priors.Prior`.
      latents: dict of arrays `[n, ...]` by name, see `check`.
    Raises: ValueError as `check`.
    """
    rows = check(prior, latents)
    return rows | {name: _nearest(p, rows[name]) for p in parts(prior) for name in p.shapes}


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
    return scaled(rows, prior.length)


@_nearest.register
def _(prior: priors.Categorical, rows):
    return np.eye(prior.classes, dtype=rows.dtype)[rows.argmax(axis=-1)]


def scaled(rows, length):
    """Rows `[n, d]` with a length, a number or `[n, 1]`; rows of zeros stay."""
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return (rows * (length / np.where(lengths > 0.0, lengths, 1.0))).astype(rows.dtype)
