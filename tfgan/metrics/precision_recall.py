"""Precision and density: are samples near real examples? Recall and coverage: the reverse.

Near means within a ball around an example, up to its k-th nearest neighbor.

>>> from tfgan import metrics
>>> real, fake = np.random.default_rng(0).normal(size=(2, 200, 4))
>>> metrics.precision_recall(real, fake).recall > metrics.precision_recall(real, 0.1 * fake).recall
True
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.nearest_neighbors import distance_blocks, neighbor_distances


@dataclasses.dataclass(frozen=True)
class PrecisionRecall:
    """Shares in 0..1, below 1 for real examples instead of samples too.

    Attributes:
      precision: float, of the samples in a real example's ball.
      recall: float, of the real examples in a sample's ball.
    """

    precision: float
    recall: float


@dataclasses.dataclass(frozen=True)
class DensityCoverage:
    """Statistics of the balls of real examples.

    Attributes:
      density: float, mean number of such balls around a sample, over k; about 1 for a perfect
        generator, and more for one of typical examples alone.
      coverage: float in 0..1, the fraction of these balls with a sample.
      expected_coverage: float, the coverage by samples of the real distribution.
    """

    density: float
    coverage: float
    expected_coverage: float


def precision_recall(real, fake, k=3):
    """Improved precision and recall: PrecisionRecall.

    precision = mean_j 1[exists i: d(f_j, r_i) <= NN_k(r_i)]; recall swaps the roles of real r and
    fake f.

    Args:
      real: float `[count, d]`, more than k rows.
      fake: the same; scores are comparable at equal counts.
      k: int, the neighbor that bounds a ball.
    Source: Kynkaanniemi et al. 2019, https://arxiv.org/abs/1904.06991, Eq. 1 and 2.
    """
    real, fake = checks.pair(real, fake, least=k + 1)
    real_radii, fake_radii = neighbor_distances(real, k), neighbor_distances(fake, k)
    inside = np.zeros(len(fake), bool)
    reached = np.zeros(len(real), bool)
    for first, distances in distance_blocks(fake, real):
        rows = slice(first, first + len(distances))
        inside[rows] = (distances <= real_radii).any(axis=1)
        reached |= (distances <= fake_radii[rows, None]).any(axis=0)
    return PrecisionRecall(float(inside.mean()), float(reached.mean()))


def density_coverage(real, fake, k=5):
    """Density and coverage: DensityCoverage; the arguments are those of `precision_recall`.

    density = 1 / (k M) sum_j sum_i 1[d(r_i, f_j) < NN_k(r_i)], i over N real and j over M fake rows
    coverage = mean_i 1[min_j d(r_i, f_j) < NN_k(r_i)]
    expected coverage = 1 - prod_{i=1..k} (N - i) / (N + M - i)

    Source: Naeem et al. 2020, https://arxiv.org/abs/2002.09797, Eq. 4, 5 and 8.
    """
    real, fake = checks.pair(real, fake, least=1)
    radii = neighbor_distances(real, k)
    hits, covered = 0, np.zeros(len(real), bool)
    for _, distances in distance_blocks(fake, real):
        inside = distances < radii
        hits += int(inside.sum())
        covered |= inside.any(axis=0)
    i = np.arange(1, k + 1)
    expected = 1.0 - np.prod((len(real) - i) / (len(real) + len(fake) - i))
    return DensityCoverage(hits / (k * len(fake)), float(covered.mean()), float(expected))
