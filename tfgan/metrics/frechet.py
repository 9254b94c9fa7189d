"""The Frechet distance between two sets of features, each as a Gaussian.

    d^2 = ||m1 - m2||^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2)

With S = A A^T the last trace is the sum of the singular values of A1^T A2: no matrix square root,
also for fewer examples than dimensions. The bias is about c / N: compare at equal counts only.
"""

import functools

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.moments import Moments

_EPSILON = np.finfo(np.float64).eps
_ACCURATE = 1e-11  # of the traces: the largest error of the fast way
_SINGULAR = 1e-10  # of a feature's variance: a smaller unexplained part may be rounding
_PANEL = 256  # columns
_NOISE = 1e-8  # of the traces: the largest rounding error of the distance of equal sets


def frechet_distance(real, fake):
    """The squared Frechet distance between two sets of features, at least 2 rows each: float.

    Source: Heusel et al. 2017, https://arxiv.org/abs/1706.08500, Eq. 6. It may be called FID only
      with the published Inception network.
    """
    real, fake = checks.pair(real, fake)
    if min(len(real), len(fake)) > real.shape[1]:
        return FrechetReference(Moments.of(real)).distance(Moments.of(fake))
    (mean, factor), (other_mean, other_factor) = _mean_and_factor(real), _mean_and_factor(fake)
    traces = np.sum(factor**2) + np.sum(other_factor**2)
    return _distance(mean - other_mean, traces, _nuclear_norm(factor, other_factor))


def frechet_distance_from_moments(real, fake):
    """The Frechet distance between two `Moments`, each of 2 rows at least: float."""
    return FrechetReference(real).distance(fake)


def frechet_distance_mean_only(real, fake):
    """||m1 - m2||^2, the part of the means in the Frechet distance: float."""
    real, fake = checks.pair(real, fake, least=1)
    return float(np.sum((Moments.of(real).mean - Moments.of(fake).mean) ** 2))


def frechet_distance_diagonal(real, fake):
    """The Frechet distance of independent features: sum_i (m1 - m2)^2 + (s1 - s2)^2, a float.

    s^2 = sum (x - m)^2 / (n - 1), at least 2 rows.

    Differs: TF-GAN's `diagonal_only_frechet_classifier_distance_from_activations` divides by n, so
      that for n rows on both sides its (s1 - s2)^2 is (n - 1) / n of this.
    """
    real, fake = checks.pair(real, fake)
    one, other = Moments.of(real), Moments.of(fake)
    deviations = [np.sqrt(np.diag(side.covariance)) for side in (one, other)]
    return float(np.sum((one.mean - other.mean) ** 2 + (deviations[0] - deviations[1]) ** 2))


class FrechetReference:
    """One side of many distances, whose factors are computed once.

    Args:
      real: `Moments` of 2 rows at least; rows that are added later are ignored.
    """

    def __init__(self, real):
        self._mean, self._covariance = real.mean, real.covariance

    def distance(self, fake):
        """The Frechet distance to other features: float, 0 or more.

        Args:
          fake: `Moments` of 2 rows at least, or the features `[count, d]` themselves.
        Raises: ValueError for another dimension, too few rows or numbers that are not finite.
        """
        fake = fake if isinstance(fake, Moments) else Moments.of(fake)
        if len(fake.mean) != len(self._mean):
            raise ValueError(
                "real and fake must have features of one dimension; received "
                f"{len(self._mean)} and {len(fake.mean)}."
            )
        covariance = fake.covariance
        trace = self._fast_trace(covariance)
        if trace is None:
            trace = _nuclear_norm(self._factor, _factor(covariance, _cholesky(covariance)))
        traces = np.trace(self._covariance) + np.trace(covariance)
        return _distance(self._mean - fake.mean, traces, trace)

    @functools.cached_property
    def _lower(self):
        return _cholesky(self._covariance)

    @functools.cached_property
    def _factor(self):
        return _factor(self._covariance, self._lower)

    def _fast_trace(self, covariance):
        """tr (S1 S2)^(1/2) from the eigenvalues of L^T S2 L, S1 = L L^T; None if not accurate.

        An eigenvalue has an error of about epsilon times the largest, which its root magnifies for
        small ones. The errors are independent and add up like standard deviations.
        """
        if self._lower is None:
            return None
        values = np.linalg.eigvalsh(_congruent(self._lower, covariance))
        if values[0] <= 0.0:
            return None
        roots = np.sqrt(values)
        error = _EPSILON * values[-1] * np.linalg.norm(1.0 / roots)
        traces = np.trace(self._covariance) + np.trace(covariance)
        return float(roots.sum()) if error < _ACCURATE * traces else None


def _mean_and_factor(rows):
    """The mean, and A^T with covariance = A A^T: fewer rows than dimensions are one themselves."""
    if len(rows) > rows.shape[1]:
        moments = Moments.of(rows)
        return moments.mean, _factor(moments.covariance, _cholesky(moments.covariance))
    mean = rows.mean(axis=0, dtype=np.float64)
    return mean, (rows - mean) / np.sqrt(len(rows) - 1)


def _distance(shift, traces, trace):
    value = float(shift @ shift + traces - 2.0 * trace)
    return 0.0 if -_NOISE * traces < value < 0.0 else value


def _cholesky(covariance):
    """Lower L with covariance = L L^T; None for a covariance that is singular or nearly so.

    L_ii^2 is the variance of feature i that the preceding features do not explain.
    """
    try:
        lower = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return None
    unexplained = np.diag(lower) ** 2
    return lower if (unexplained > _SINGULAR * np.diag(covariance)).all() else None


def _congruent(lower, covariance):
    """The lower half of L^T S L in panels of columns, with arbitrary numbers above it."""
    panels = [slice(first, first + _PANEL) for first in range(0, len(lower), _PANEL)]
    product = np.empty_like(covariance)
    for panel in panels:
        product[:, panel] = covariance[:, panel.start :] @ lower[panel.start :, panel]
    for panel in panels:  # later panels do not need this one of S L, so it is overwritten
        below = slice(panel.start, None)
        product[panel, : panel.stop] = lower[below, panel].T @ product[below, : panel.stop]
    return product


def _factor(covariance, lower):
    """A^T `[rank, d]` with covariance = A A^T: the Cholesky factor, or from the eigenvectors."""
    if lower is not None:
        return lower.T
    values, vectors = np.linalg.eigh(covariance)
    is_nonzero = values > max(values[-1], 0.0) * len(values) * _EPSILON
    return (vectors[:, is_nonzero] * np.sqrt(values[is_nonzero])).T


def _nuclear_norm(one, other):
    """The sum of the singular values of A1^T A2."""
    if not (len(one) and len(other)):
        return 0.0
    return float(np.linalg.svd(one @ other.T, compute_uv=False).sum())
