"""Mean and covariance of features, accumulated batch by batch and merged over machines.

>>> from tfgan import metrics
>>> moments = metrics.Moments(1)
>>> moments.update(np.array([[1.0], [3.0]]))
>>> moments.mean.tolist(), moments.covariance.tolist()
([2.0], [[2.0]])
"""

import numpy as np

from tfgan.metrics import checks

_ROWS = 4096  # of a block: fewer cost speed, more cost memory
_PANEL = 256  # columns


class Moments:
    """The mean and the covariance of rows, in float64.

    With n rows of mean m and scatter M = sum (x - m)(x - m)^T, two parts are merged by

        m = m_a + (m_b - m_a) n_b / n,   M = M_a + M_b + (m_b - m_a)(m_b - m_a)^T n_a n_b / n

    Attributes:
      count: int, of the rows; None for statistics from a file without it.
      mean: float64 `[d]`.
    Source: Chan et al. 1979, "Updating formulae and a pairwise algorithm for computing sample
      variances".
    """

    def __init__(self, dimensions):
        self.count = 0
        self.mean = np.zeros(dimensions)
        self._scatter = np.zeros((dimensions, dimensions))  # only the panels up to the diagonal
        self._from_file = None  # the covariance of a file

    @classmethod
    def of(cls, features):
        """The moments of one set of features `[count, d]`."""
        features = checks.features("features", features, least=1)
        moments = cls(features.shape[1])
        moments._add(features)
        return moments

    @classmethod
    def from_statistics(cls, mean, covariance, count=None):
        """The moments of a file of statistics.

        Args:
          mean: float `[d]`.
          covariance: float `[d, d]`, symmetric, divided by count - 1.
          count: int, 2 or more, or None if unknown; then nothing can be added.
        Raises: ValueError for other arrays or counts.
        """
        mean, covariance = np.asarray(mean, np.float64), np.asarray(covariance, np.float64)
        _check_statistics(mean, covariance, count)
        moments = cls(len(mean))
        moments.count, moments.mean = count, mean
        moments._scatter, moments._from_file = None, covariance
        return moments

    @property
    def covariance(self):
        """float64 `[d, d]`, divided by count - 1; TooFewError for fewer than two rows."""
        if self._from_file is not None:
            return self._from_file
        if self.count < 2:
            raise checks.TooFewError(
                f"A covariance needs at least 2 examples; there are {self.count}."
            )
        covariance = self._scatter / (self.count - 1)
        for panel in _panels(len(covariance)):
            covariance[: panel.start, panel] = covariance[panel, : panel.start].T
        return covariance

    def update(self, features):
        """Adds rows, float `[n, d]`; n may be 0."""
        features = checks.features("features", features, least=0)
        if features.shape[1] != len(self.mean):
            raise ValueError(
                f"features must have {len(self.mean)} dimensions; received {features.shape[1]}."
            )
        self._add(features)

    def merge(self, other):
        """Adds the rows of another `Moments` of the same dimension."""
        if len(other.mean) != len(self.mean):
            raise ValueError(
                f"Both moments must have one dimension; received {len(self.mean)} and "
                f"{len(other.mean)}."
            )
        if other.count == 0:
            return
        scatter = other._total_scatter()
        self._move(other.count, other.mean)
        self._scatter += scatter

    def _add(self, features):
        if len(features) == 0:
            return
        parts = np.array_split(features, -(-len(features) // _ROWS))
        buffer = np.empty((len(parts[0]), len(self.mean)))
        for part in parts:
            rows = buffer[: len(part)]
            rows[...] = part
            mean = rows.mean(axis=0)
            rows -= mean
            self._move(len(rows), mean)
            for panel in _panels(len(mean)):
                self._scatter[panel, : panel.stop] += rows[:, panel].T @ rows[:, : panel.stop]

    def _move(self, count, mean):
        """Merges the count and the mean of rows; their scatter is still to be added."""
        self._scatter, self._from_file = self._total_scatter(), None
        total = self.count + count
        shift = mean - self.mean
        factor = self.count * count / total
        for panel in _panels(len(shift)):
            self._scatter[panel, : panel.stop] += np.outer(
                factor * shift[panel], shift[: panel.stop]
            )
        self.mean = self.mean + shift * (count / total)
        self.count = total

    def _total_scatter(self):
        if self.count is None:
            raise ValueError(
                "Statistics without a count cannot be merged or added to; compute the moments of "
                "the features."
            )
        return self._scatter if self._from_file is None else self._from_file * (self.count - 1)


def _panels(dimensions):
    return [slice(first, min(first + _PANEL, dimensions)) for first in range(0, dimensions, _PANEL)]


def _check_statistics(mean, covariance, count):
    if mean.ndim != 1 or covariance.shape != (len(mean), len(mean)):
        raise ValueError(
            f"The mean must be [d] and the covariance [d, d]; received {list(mean.shape)} and "
            f"{list(covariance.shape)}."
        )
    if not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
        raise ValueError("The mean and the covariance must be finite; received NaN or infinity.")
    if not np.allclose(covariance, covariance.T, rtol=1e-5, atol=1e-8 * np.trace(abs(covariance))):
        raise ValueError("The covariance must be symmetric.")
    if count is not None and count < 2:
        raise ValueError(f"The count must be 2 or more; received {count}.")
