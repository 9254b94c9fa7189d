"""Mean and covariance of features, gathered batch by batch and merged over machines."""

import numpy as np

from tfgan.metrics import checks

_ROWS = 4096  # rows summed at once: fewer cost speed, more gain little and cost memory


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
        self._given = None  # the covariance as a file gave it

    @classmethod
    def of(cls, features):
        """The moments of one set of features `[count, d]`."""
        features = checks.features("features", features, least=1)
        moments = cls(features.shape[1])
        moments._gather(features)
        return moments

    @classmethod
    def from_statistics(cls, mean, covariance, count=None):
        """The moments that a file of statistics holds.

        Args:
          mean: float `[d]`.
          covariance: float `[d, d]`, symmetric, divided by count - 1.
          count: int, 2 or more, or None, if it is not known; then nothing can be added to them.
        Raises: ValueError for other shapes or counts, numbers that are not finite, or no
          covariance.
        """
        mean, covariance = np.asarray(mean, np.float64), np.asarray(covariance, np.float64)
        _check_statistics(mean, covariance, count)
        moments = cls(len(mean))
        moments.count, moments.mean = count, mean
        moments._scatter, moments._given = None, covariance
        return moments

    @property
    def covariance(self):
        """float64 `[d, d]`, divided by count - 1.

        Raises: TooFewError for fewer than two rows, which have none.
        """
        if self._given is not None:
            return self._given
        if self.count < 2:
            raise checks.TooFewError(
                f"A covariance needs at least 2 examples; there are {self.count}."
            )
        return self._scatter / (self.count - 1)

    def update(self, features):
        """Adds rows.

        Args:
          features: float `[n, d]`, n may be 0.
        Raises: ValueError for another dimension, numbers that are not finite, or statistics of an
          unknown count.
        """
        features = checks.features("features", features, least=0)
        if features.shape[1] != len(self.mean):
            raise ValueError(
                f"features must have {len(self.mean)} dimensions; received {features.shape[1]}."
            )
        self._gather(features)

    def merge(self, other):
        """Adds what another `Moments` has seen.

        Raises: ValueError for another dimension, or moments whose count is not known.
        """
        if len(other.mean) != len(self.mean):
            raise ValueError(
                f"Both moments must have one dimension; received {len(self.mean)} and "
                f"{len(other.mean)}."
            )
        if other.count != 0:
            self._add(other.count, other.mean, other._summed())

    def _gather(self, features):
        room = np.empty((min(_ROWS, len(features)), len(self.mean)))
        scatter = np.empty((len(self.mean),) * 2)
        for first in range(0, len(features), _ROWS):
            rows = room[: len(features) - first]
            rows[...] = features[first : first + _ROWS]
            mean = rows.mean(axis=0)
            rows -= mean
            np.matmul(rows.T, rows, out=scatter)  # NumPy takes half the work of a product here
            self._add(len(rows), mean, scatter)

    def _summed(self):
        """The scatter M, also of statistics from a file."""
        if self.count is None:
            raise ValueError(
                "Statistics whose count is not known cannot be merged or added to; gather the "
                "moments of the features."
            )
        return self._given * (self.count - 1) if self._scatter is None else self._scatter

    def _add(self, count, mean, scatter):
        self._scatter, self._given = self._summed(), None
        total = self.count + count
        shift = mean - self.mean
        self._scatter += scatter
        if self.count:
            self._scatter += np.outer(shift, shift * (self.count * count / total))
        self.mean = self.mean + shift * (count / total)
        self.count = total


def _check_statistics(mean, covariance, count):
    if mean.ndim != 1 or covariance.shape != (len(mean), len(mean)):
        raise ValueError(
            f"The mean must be [d] and the covariance [d, d]; received {list(mean.shape)} and "
            f"{list(covariance.shape)}."
        )
    if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
        raise ValueError("The mean and the covariance must be finite; they hold NaN or infinity.")
    if not np.allclose(covariance, covariance.T, rtol=1e-5, atol=1e-8 * np.trace(abs(covariance))):
        raise ValueError("The covariance must be symmetric.")
    if count is not None and count < 2:
        raise ValueError(f"The count must be 2 at least; received {count}.")
