"""Mean and covariance of features, gathered batch by batch and merged over machines."""

import numpy as np

from tfgan.metrics import checks

_ROWS = 2048  # more than this at once gains no speed and costs memory


class Moments:
    """The mean and the covariance of rows, in float64.

    With n rows of mean m and scatter M = sum (x - m)(x - m)^T, two parts are one by

        m = m_a + (m_b - m_a) n_b / n,   M = M_a + M_b + (m_b - m_a)(m_b - m_a)^T n_a n_b / n

    so batches may have any sizes, and the order and the machine do not matter.

    Attributes:
      count: int, the rows seen; None where statistics from a file do not tell it.
      mean: float64 `[d]`.

    Args:
      dimensions: int, d.
    Source: Chan et al. 1979, "Updating formulae and a pairwise algorithm for computing sample
      variances".
    """

    def __init__(self, dimensions):
        self.count = 0
        self.mean = np.zeros(dimensions)
        self._scatter = np.zeros((dimensions, dimensions))

    @classmethod
    def of(cls, features):
        """The moments of one set of features `[count, d]`."""
        features = checks.features("features", features, least=1)
        moments = cls(features.shape[1])
        moments.update(features)
        return moments

    @classmethod
    def from_statistics(cls, mean, covariance, count=None):
        """The moments that a file of statistics holds.

        Args:
          mean: float `[d]`.
          covariance: float `[d, d]`, symmetric, divided by count - 1.
          count: int, or None, if it is not known; then they cannot be merged.
        Raises: ValueError for other shapes, numbers that are not finite, or no covariance.
        """
        mean, covariance = np.asarray(mean, np.float64), np.asarray(covariance, np.float64)
        _check_statistics(mean, covariance)
        moments = cls(len(mean))
        moments.count, moments.mean = count, mean
        moments._scatter = None
        moments._covariance = covariance
        return moments

    @property
    def covariance(self):
        """float64 `[d, d]`, divided by count - 1.

        Raises: ValueError for fewer than two rows, which have none.
        """
        if self._scatter is None:
            return self._covariance
        if self.count < 2:
            raise ValueError(f"A covariance needs at least 2 examples; there are {self.count}.")
        return self._scatter / (self.count - 1)

    def update(self, features):
        """Adds rows.

        Args:
          features: float `[n, d]`, n may be 0.
        Raises: ValueError for another dimension, or numbers that are not finite.
        """
        features = checks.features("features", features, least=0)
        if features.shape[1] != len(self.mean):
            raise ValueError(
                f"features must have {len(self.mean)} dimensions; received {features.shape[1]}."
            )
        for _, block in checks.blocks(features, _ROWS):
            mean = block.mean(axis=0)
            centred = block - mean
            self._add(len(block), mean, centred.T @ centred)

    def merge(self, other):
        """Adds what another `Moments` has seen.

        Raises: ValueError for another dimension, or moments whose count is not known.
        """
        if len(other.mean) != len(self.mean):
            raise ValueError(
                f"Both moments must have one dimension; received {len(self.mean)} and "
                f"{len(other.mean)}."
            )
        if self._scatter is None or other._scatter is None:
            raise ValueError(
                "Statistics from a file cannot be merged; merge the features' moments."
            )
        if other.count:
            self._add(other.count, other.mean, other._scatter)

    def _add(self, count, mean, scatter):
        total = self.count + count
        shift = mean - self.mean
        self._scatter += scatter
        self._scatter += np.outer(shift, shift * (self.count * count / total))
        self.mean = self.mean + shift * (count / total)
        self.count = total


def _check_statistics(mean, covariance):
    if mean.ndim != 1 or covariance.shape != (len(mean), len(mean)):
        raise ValueError(
            f"The mean must be [d] and the covariance [d, d]; received {list(mean.shape)} and "
            f"{list(covariance.shape)}."
        )
    if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
        raise ValueError("The mean and the covariance must be finite; they hold NaN or infinity.")
    if not np.allclose(covariance, covariance.T, rtol=1e-5, atol=1e-8 * np.trace(abs(covariance))):
        raise ValueError("The covariance must be symmetric.")
