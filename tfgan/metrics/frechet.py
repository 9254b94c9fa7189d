"""The Frechet distance between two clouds of features, each taken for a Gaussian.

    d^2 = ||m1 - m2||^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2)

With S = A A^T the last trace is the sum of the singular values of A1^T A2. These are never negative
and never complex, so this form needs no matrix square root and holds for fewer examples than
dimensions and for a generator that has collapsed.

The distance falls with the number of examples (its bias is about c / N): distances at different
counts are not comparable.
"""

import functools

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.moments import Moments

_EPSILON = np.finfo(np.float64).eps
_ACCURATE = 1e-11  # of the traces: what the fast way may be wrong by
_NOISE = 1e-8  # of the traces: how far below 0 rounding can bring the distance of equal sets


def frechet_distance(real, fake):
    """The Frechet distance between two sets of features.

    Args:
      real, fake: float `[count, d]`, at least 2 rows each; the counts may differ.
    Returns: float, 0 or more; the squared distance, as it is always given.
    Raises: ValueError for sets that are too small, differ in dimension or are not finite.
    Source: Heusel et al. 2017, https://arxiv.org/abs/1706.08500, Eq. 6. It may be called FID only
      with the published Inception network.
    """
    real, fake = checks.pair(real, fake)
    sides = Moments.of(real), Moments.of(fake)
    if min(len(real), len(fake)) > real.shape[1]:
        return FrechetReference(sides[0]).distance(sides[1])
    # Rows that are fewer than the dimensions are a factor of their covariance, and an exact one.
    factors = [
        _centred(rows) if len(rows) <= rows.shape[1] else _factor(side.covariance)
        for rows, side in zip((real, fake), sides, strict=True)
    ]
    return _distance(*sides, _nuclear_norm(*factors))


def frechet_distance_from_moments(real, fake):
    """The Frechet distance between two `Moments`, each of 2 rows at least: float."""
    return FrechetReference(real).distance(fake)


def frechet_distance_mean_only(real, fake):
    """||m1 - m2||^2, the part of the Frechet distance that the means make: float.

    Args:
      real, fake: float `[count, d]`.
    """
    real, fake = checks.pair(real, fake, least=1)
    return float(np.sum((Moments.of(real).mean - Moments.of(fake).mean) ** 2))


def frechet_distance_diagonal(real, fake):
    """The Frechet distance of features taken for independent: sum_i (m1 - m2)^2 + (s1 - s2)^2.

    Args:
      real, fake: float `[count, d]`, at least 2 rows each; s are standard deviations.
    """
    real, fake = checks.pair(real, fake)
    one, other = Moments.of(real), Moments.of(fake)
    deviations = [np.sqrt(np.diag(side.covariance)) for side in (one, other)]
    return float(np.sum((one.mean - other.mean) ** 2 + (deviations[0] - deviations[1]) ** 2))


class FrechetReference:
    """One side of many distances: what depends on it alone is computed once.

    Args:
      real: `Moments` of 2 rows at least.
    """

    def __init__(self, real):
        self._moments = real
        self._covariance = real.covariance

    def distance(self, fake):
        """The Frechet distance to other features.

        Args:
          fake: `Moments` of 2 rows at least.
        Returns: float, 0 or more.
        Raises: ValueError for another dimension.
        """
        if len(fake.mean) != len(self._moments.mean):
            raise ValueError(
                "real and fake must have features of one dimension; received "
                f"{len(self._moments.mean)} and {len(fake.mean)}."
            )
        trace = self._fast_trace(fake.covariance)
        if trace is None:
            trace = _nuclear_norm(self._factor, _factor(fake.covariance))
        return _distance(self._moments, fake, trace)

    @functools.cached_property
    def _cholesky(self):
        try:
            return np.linalg.cholesky(self._covariance)
        except np.linalg.LinAlgError:
            return None

    @functools.cached_property
    def _factor(self):
        return _factor(self._covariance)

    def _fast_trace(self, covariance):
        """tr (S1 S2)^(1/2) from the eigenvalues of L^T S2 L, S1 = L L^T; None if not accurate.

        An eigenvalue is wrong by about epsilon times the largest, which its root makes worse the
        smaller it is.
        """
        lower = self._cholesky
        if lower is None:
            return None
        values = np.linalg.eigvalsh(lower.T @ covariance @ lower)
        if values[0] <= 0.0:
            return None
        roots = np.sqrt(values)
        error = _EPSILON * values[-1] * np.linalg.norm(1.0 / roots)
        traces = np.trace(self._covariance) + np.trace(covariance)
        return float(roots.sum()) if error < _ACCURATE * traces else None


def _distance(real, fake, trace):
    traces = np.trace(real.covariance) + np.trace(fake.covariance)
    value = float(np.sum((real.mean - fake.mean) ** 2) + traces - 2.0 * trace)
    return 0.0 if -_NOISE * traces < value < 0.0 else value


def _centred(rows):
    """The factor `[count, d]` of the covariance of a few rows."""
    rows = np.asarray(rows, np.float64)
    return (rows - rows.mean(axis=0)) / np.sqrt(len(rows) - 1)


def _factor(covariance):
    """A^T `[rank, d]` with covariance = A A^T; directions that are only rounding are left out."""
    values, vectors = np.linalg.eigh(covariance)
    kept = values > max(values[-1], 0.0) * len(values) * _EPSILON
    return (vectors[:, kept] * np.sqrt(values[kept])).T


def _nuclear_norm(one, other):
    """The sum of the singular values of A1^T A2."""
    if not (len(one) and len(other)):
        return 0.0
    return float(np.linalg.svd(one @ other.T, compute_uv=False).sum())
