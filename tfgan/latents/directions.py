"""Directions in a latent space: by the generator's first layer, by variance, by a property.

A direction is a unit vector whose largest entry, in size, is positive.

>>> from tfgan import latents
>>> directions = latents.sefa(np.float64([[1.0, 0.0], [0.0, 2.0]]), normalize=False)
>>> np.abs(directions.vectors).tolist(), directions.scores.tolist()
([[0.0, 1.0], [1.0, 0.0]], [4.0, 1.0])
"""

import dataclasses

import numpy as np

from tfgan import summaries, words
from tfgan.latents import support
from tfgan.parameters import arguments

_HELD_OUT = 5  # every fifth row
_RIDGE = 1e-3  # of the mean variance of the latents


@dataclasses.dataclass(frozen=True, repr=False)
class Directions(summaries.Summary):
    """Directions, best first.

    Attributes:
      vectors: float64 `[k, d]`, unit vectors.
      scores: float64 `[k]`: of `sefa` eigenvalues, of `pca` variances, of `probe` the fraction of
        the variance on held-out rows that the direction explains, 1 at most.
    """

    vectors: np.ndarray
    scores: np.ndarray

    def first(self, count):
        """The first directions: Directions."""
        return Directions(self.vectors[:count], self.scores[:count])


def sefa(kernel, *, normalize=True):
    """Closed-form factorization: the directions that change the first layer most.

    The eigenvectors of A A^T, by eigenvalue: the unit vectors n with the largest ||A^T n||.

    Args:
      kernel: float A `[d, units]`, of the layer that the latents enter.
      normalize: bool, whether each column of A is scaled to length 1 first, as in the paper's code:
        batch normalization makes the scale of a unit meaningless.
    Source: Shen & Zhou 2021, https://arxiv.org/abs/2007.06600, Eq. 5 and 6.
    """
    kernel = _matrix("kernel", kernel)
    if normalize:
        lengths = np.linalg.norm(kernel, axis=0)
        kernel = kernel / np.where(lengths > 0.0, lengths, 1.0)
    return _eigenvectors(kernel @ kernel.T)


def pca(rows):
    """Principal components: the directions of the largest variance of rows `[n, d]`, n at least 2.

    Source: Harkonen et al. 2020, https://arxiv.org/abs/2004.02546, section 3.1.
    """
    rows = _matrix("rows", rows)
    if len(rows) < 2:
        raise ValueError(f"rows must be two or more; received {len(rows)}.")
    centered = (rows - rows.mean(axis=0)) / np.sqrt(len(rows) - 1)
    if rows.shape[1] <= len(rows):
        return _eigenvectors(centered.T @ centered)
    # With fewer rows than columns, the eigenvectors of C C^T lead to those of C^T C.
    beside = _eigenvectors(centered @ centered.T)
    is_there = beside.scores > 1e-12 * beside.scores[0]  # the mean takes one dimension
    return Directions(_signed(beside.vectors[is_there] @ centered), beside.scores[is_there])


def regress(latents, rows, components):
    """The directions of latents that move rows along their principal components: Directions.

    Least squares: the U that minimizes ||Z - X U||^2, X the coordinates of the rows in the
    components and Z the latents, both without their means. The scores are those of the components.

    Args:
      latents: float Z `[n, d]`.
      rows: float `[n, units]`, activations for these latents.
      components: Directions `[k, units]` of the rows, see `pca`.
    Source: Harkonen et al. 2020, https://arxiv.org/abs/2004.02546, section 3.2.
    """
    latents, rows = _matrix("latents", latents), _matrix("rows", rows)
    coordinates = (rows - rows.mean(axis=0)) @ components.vectors.T
    solution, *_ = np.linalg.lstsq(coordinates, latents - latents.mean(axis=0), rcond=None)
    return Directions(_signed(solution), components.scores)


def probe(latents, values):
    """The direction along which each of several numbers grows, by linear regression: Directions.

    Ridge regression on four fifths of the rows; the scores are of the others. A label is probed by
    its one-hot columns, one direction per class.

    Args:
      latents: float `[n, d]`.
      values: float `[n]` or `[n, k]`, of the images of these latents.
    Returns: one direction per column of values, in their order; zeros, with the score 0, for a
      column that is constant, such as that of a class that no image has.
    Raises: ValueError for fewer than ten rows, other values than finite numbers of each row, and if
      all columns are constant.
    """
    latents, values = _matrix("latents", latents), np.asarray(values)
    count = len(latents)
    if count < 2 * _HELD_OUT:
        raise ValueError(f"latents must be {2 * _HELD_OUT} or more; received {count}.")
    if values.shape[:1] != (count,) or values.ndim > 2 or values.dtype.kind not in "biuf":
        raise ValueError(
            f"values must be numbers [{count}] or [{count}, k], of each latent; received "
            f"{values.dtype.name} {list(values.shape)}."
        )
    values = _finite("values", values.astype(np.float64).reshape(count, -1))
    if not values.std(axis=0).any():
        raise ValueError(
            f"values must differ between the latents; received the same for all {count:,}, so no "
            "direction changes them."
        )
    is_held_out = np.arange(len(latents)) % _HELD_OUT == 0
    z, y = latents[~is_held_out], values[~is_held_out]
    centers = z.mean(axis=0), y.mean(axis=0)
    z, y = z - centers[0], y - centers[1]
    ridge = _RIDGE * z.var() * len(z)
    slopes = np.linalg.solve(z.T @ z + ridge * np.eye(z.shape[1]), z.T @ y)
    error = values[is_held_out] - centers[1] - (latents[is_held_out] - centers[0]) @ slopes
    spread = np.sum((values[is_held_out] - values[is_held_out].mean(axis=0)) ** 2, axis=0)
    lengths = np.linalg.norm(slopes, axis=0)  # the sign is that of growth
    is_known = (spread > 0.0) & (lengths > 0.0)
    ratio = np.sum(error**2, axis=0) / np.where(is_known, spread, 1.0)
    vectors = (slopes / np.where(is_known, lengths, np.inf)).T
    return Directions(vectors, np.where(is_known, 1.0 - ratio, 0.0))


def move(prior, point, name, vector, amounts):
    """A point moved along a direction: dict of arrays `[len(amounts), ...]`.

    Args:
      prior: `priors.Prior`; the results are the nearest that it could have drawn.
      point: dict of arrays `[1, ...]` by name.
      name: str, the part that moves.
      vector: float `[d]`.
      amounts: float `[n]`.
    Raises: ValueError for a part that is not a vector of the prior, another number of rows or of
      numbers than these, and as `support.check`.
    """
    point, amounts = support.check_one(prior, point), arguments.vector("amounts", amounts)
    moving = [n for p in support.parts(prior) if not isinstance(p, support.FIXED) for n in p.shapes]
    if name not in moving:
        raise words.unknown("name", name, moving)
    vector = arguments.vector("vector", vector, point[name].shape[1])
    rows = {n: np.repeat(x, len(amounts), axis=0) for n, x in point.items()}
    moved = rows[name] + np.outer(amounts, vector)
    return support.nearest(prior, rows | {name: moved.astype(rows[name].dtype)})


def _matrix(name, rows):
    rows = np.asarray(rows, np.float64)
    if rows.ndim != 2 or not rows.size:
        raise ValueError(f"{name} must be a matrix; received the shape {list(rows.shape)}.")
    return _finite(name, rows)


def _finite(name, rows):
    is_finite = np.isfinite(rows)
    if not is_finite.all():
        raise ValueError(f"{name} must be finite; received {rows[~is_finite][0]}.")
    return rows


def _eigenvectors(matrix):
    scores, vectors = np.linalg.eigh(matrix)  # ascending
    return Directions(_signed(vectors.T[::-1]), np.maximum(scores[::-1], 0.0))


def _signed(vectors):
    """Unit vectors `[k, d]` whose largest entry is positive."""
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(axis=1)[:, None], axis=1)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors * np.where(largest < 0.0, -1.0, 1.0) / np.where(lengths > 0.0, lengths, 1.0)
