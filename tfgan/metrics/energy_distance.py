"""The energy distance of two sets of points, with a permutation test of equal distributions.

>>> from tfgan import metrics
>>> metrics.energy_two_sample([[0.0], [1.0]], [[0.0], [1.0]]).distance
0.0
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks

_MOST = 5_000  # all pairs are in memory


@dataclasses.dataclass(frozen=True)
class EnergyTest:
    """A distance and its significance.

    Attributes:
      distance: float, 0 or more, in the unit of the points; 0 for equal sets.
      p_value: float in (0, 1], fraction of divisions of all points, this one included, not nearer.
    """

    distance: float
    p_value: float


def energy_two_sample(real, fake, *, permutations=999, seed=0):
    """The energy distance of two sets and its permutation test: EnergyTest.

    E = 2 mean ||x - y|| - mean ||x - x'|| - mean ||y - y'||, means over all pairs, x among real
    and y among fake; E is 0 only for equal distributions.

    Args:
      real: float `[count, d]`, at least 2 rows.
      fake: the same; the longer is cut to the shorter, and both to 5,000 rows.
      permutations: int, random divisions; the smallest p is 1 / (permutations + 1).
      seed: int, of the divisions.
    Source: Szekely & Rizzo 2013, https://doi.org/10.1016/j.jspi.2013.03.018, Eq. 6.1.
    """
    real, fake = checks.pair(real, fake)
    count = min(len(real), len(fake), _MOST)
    distances = _distances(np.concatenate([real[:count], fake[:count]]).astype(np.float64))
    # With s = 1 on one set and -1 on the other, s^T D s is minus count^2 E for equal counts.
    sign = np.repeat([1.0, -1.0], count)
    observed = -sign @ distances @ sign
    draw, at_least = np.random.default_rng(seed), 1
    for _ in range(permutations):
        other = draw.permutation(sign)
        at_least += -other @ distances @ other >= observed * (1.0 - 1e-12)
    return EnergyTest(max(0.0, float(observed)) / count**2, at_least / (permutations + 1))


def _distances(points):
    """||x_i - x_j|| of all pairs: float64 `[n, n]`."""
    squares = np.sum(points**2, axis=1)
    apart = squares[:, None] + squares - 2.0 * points @ points.T
    np.fill_diagonal(apart, 0.0)
    return np.sqrt(np.maximum(apart, 0.0))
