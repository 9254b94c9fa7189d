"""Gaussians, whose divergences have closed forms.

Symbols: m mean, S covariance, d dimensions.

>>> from tfgan.divergences import Gaussian
>>> Gaussian(0.0, 1.0).kullback_leibler(Gaussian(1.0, 1.0))
0.5
"""

import dataclasses

import numpy as np

_SYMMETRY = 1e-9  # of the largest entry


@dataclasses.dataclass(frozen=True, eq=False)
class Gaussian:
    """N(m, S), S positive definite.

    Args:
      mean: float, or floats `[d]`.
      covariance: float (the variance, not the deviation), or floats `[d, d]`, symmetric.
    """

    mean: np.ndarray
    covariance: np.ndarray

    def __post_init__(self):
        mean = np.atleast_1d(np.asarray(self.mean, np.float64))
        covariance = np.atleast_2d(np.asarray(self.covariance, np.float64))
        if mean.ndim != 1 or covariance.shape != (mean.size, mean.size):
            raise ValueError(
                "mean and covariance must be numbers, or [d] and [d, d]; received shapes "
                f"{np.shape(self.mean)} and {np.shape(self.covariance)}."
            )
        if not np.isfinite(mean).all() or not _positive_definite(covariance):
            raise ValueError("mean must be finite and covariance symmetric and positive definite.")
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "covariance", covariance)

    @classmethod
    def fit(cls, samples):
        """The Gaussian of maximum likelihood: m = mean x, S = mean (x - m)(x - m)^T.

        S divides by N, so its expectation is (N - 1) / N times the true covariance.

        Args:
          samples: floats `[n]` or `[n, d]`, independent draws of one distribution.
        Raises: ValueError if the samples do not span all dimensions: the likelihood is unbounded.
        """
        samples = _rows(samples)
        mean = samples.mean(axis=0)
        centered = samples - mean
        covariance = centered.T @ centered / len(samples)
        if not _positive_definite(covariance):
            raise ValueError(
                f"{len(samples)} samples do not span their {samples.shape[1]} dimensions: the "
                "likelihood of a Gaussian has no maximum."
            )
        return cls(mean, covariance)

    def log_density(self, points):
        """-1/2 (x - m)^T S^-1 (x - m) - 1/2 log det(2 pi S): points `[n, d]` -> float64 `[n]`."""
        lower = np.linalg.cholesky(self.covariance)
        scaled = np.linalg.solve(lower, (_rows(points) - self.mean).T)
        log_det = 2.0 * np.log(np.diag(lower)).sum() + self.mean.size * np.log(2.0 * np.pi)
        return -0.5 * (np.sum(scaled**2, axis=0) + log_det)

    def sample(self, count, seed):
        """Draws: float64 `[count, d]`; one int `seed`, one set of rows."""
        normal = np.random.default_rng(seed).standard_normal((count, self.mean.size))
        return self.mean + normal @ np.linalg.cholesky(self.covariance).T

    def kullback_leibler(self, other):
        """KL(self || other) in closed form: float.

        1/2 (tr(S2^-1 S1) + (m2 - m1)^T S2^-1 (m2 - m1) - d + log(det S2 / det S1))
        """
        _check_dimensions(self, other)
        shift = other.mean - self.mean
        ratio = np.linalg.solve(other.covariance, self.covariance)
        value = np.trace(ratio) + shift @ np.linalg.solve(other.covariance, shift) - len(shift)
        return float(max(0.5 * (value - np.linalg.slogdet(ratio)[1]), 0.0))

    def wasserstein2(self, other):
        """W2 in closed form: float; the root of the Frechet distance.

        W2^2 = ||m1 - m2||^2 + tr S1 + tr S2 - 2 tr (S1^1/2 S2 S1^1/2)^1/2

        Source: Dowson & Landau 1982, https://doi.org/10.1016/0047-259X(82)90077-X.
        """
        _check_dimensions(self, other)
        values, vectors = np.linalg.eigh(self.covariance)
        root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
        cross = np.linalg.eigvalsh(root @ other.covariance @ root)
        squared = np.sum((self.mean - other.mean) ** 2)
        squared += np.trace(self.covariance) + np.trace(other.covariance)
        squared -= 2.0 * np.sqrt(np.maximum(cross, 0.0)).sum()
        return float(np.sqrt(max(squared, 0.0)))


def _rows(points):
    points = np.asarray(points, np.float64)
    return points[:, None] if points.ndim == 1 else points


def _positive_definite(covariance):
    if not np.isfinite(covariance).all():
        return False
    if np.abs(covariance - covariance.T).max() > _SYMMETRY * np.abs(covariance).max():
        return False
    values = np.linalg.eigvalsh(covariance)
    return values[0] > len(values) * np.finfo(np.float64).eps * values[-1]


def _check_dimensions(one, other):
    if one.mean.size != other.mean.size:
        raise ValueError(
            f"Both Gaussians must have the same number of dimensions; received {one.mean.size} and "
            f"{other.mean.size}."
        )
