"""The kernel distance of two sets of features: the unbiased squared maximum mean discrepancy.

    MMD^2 = mean_{i != j} k(x_i, x_j) + mean_{i != j} k(y_i, y_j) - 2 mean_{i, j} k(x_i, y_j)
    k(x, y) = (x . y / d + 1)^3

It is unbiased: for equal distributions values scatter around 0. For a set and itself it is clearly
negative: identical pairs count across the sets, not within them. The cubic kernel needs features of
about unit scale without a large offset.

>>> from tfgan import metrics
>>> metrics.kernel_distance_full([[1.0], [1.0]], [[0.0], [0.0]])  # 8 + 1 - 2
7.0
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks

_ROWS = 1024


@dataclasses.dataclass(frozen=True)
class KernelDistance:
    """A mean over parts of the data.

    Attributes:
      distance: float, the mean.
      standard_error: float, std with ddof 1 over the root of the number of parts; NaN for one part,
        a little too small where parts overlap (random subsets).
      std: float, population standard deviation over the parts, as other programs report.
    """

    distance: float
    standard_error: float
    std: float


def kernel_distance(real, fake, subsets=100, subset_size=1000, seed=0):
    """The kernel distance as a mean over random subsets: KernelDistance.

    Args:
      real, fake: float `[count, d]`.
      subsets: int.
      subset_size: int, rows of each set in a subset, drawn without replacement.
      seed: int, of the subsets.
    Source: Binkowski et al. 2018, https://arxiv.org/abs/1801.01401, section 4. It may be called KID
      only with the published Inception network.
    """
    real, fake = checks.pair(real, fake)
    if not 2 <= subset_size <= min(len(real), len(fake)):
        raise ValueError(
            f"subset_size must be 2 to {min(len(real), len(fake))}, the smaller set; received "
            f"{subset_size}."
        )
    if subsets < 1:
        raise ValueError(f"subsets must be at least 1; received {subsets}.")
    draw = np.random.default_rng(seed)
    rows = [
        [draw.choice(len(rows), subset_size, replace=False) for rows in (real, fake)]
        for _ in range(subsets)
    ]
    return kernel_distance_of_subsets(real, fake, rows)


def kernel_distance_of_subsets(real, fake, rows):
    """The kernel distance as a mean over given subsets: KernelDistance.

    Args: those of `kernel_distance`, and
      rows: sequence of (int64 rows of `real`, int64 rows of `fake`), one per subset.
    """
    real, fake = checks.pair(real, fake)
    return _summary([_mmd(real[ours], fake[others]) for ours, others in rows])


def kernel_distance_blocks(real, fake, block_size=1024):
    """The kernel distance as a mean over disjoint blocks of rows in order: KernelDistance.

    Args: those of `kernel_distance`, with rows in random order, and
      block_size: int, the most rows of a block; both sets have the same number of blocks.
    """
    real, fake = checks.pair(real, fake)
    count = -(-max(len(real), len(fake)) // block_size)
    if block_size < 2 or min(len(real), len(fake)) < 2 * count:
        raise ValueError(
            f"{count} blocks of {block_size} need at least 2 rows per block; received {len(real)} "
            f"and {len(fake)} rows."
        )
    pairs = zip(np.array_split(real, count), np.array_split(fake, count), strict=True)
    return _summary([_mmd(ours, others) for ours, others in pairs])


def kernel_distance_full(real, fake):
    """The kernel distance over all pairs of rows, features `[count, d]`: float."""
    return _mmd(*checks.pair(real, fake))


def _mmd(real, fake):
    within = sum(
        (_sum(rows, rows) - _diagonal(rows)) / (len(rows) * (len(rows) - 1))
        for rows in (real, fake)
    )
    return float(within - 2.0 * _sum(real, fake) / (len(real) * len(fake)))


def _sum(one, other):
    """The sum of k over all pairs, a block at a time."""
    return sum(
        np.sum((block @ columns.T / one.shape[1] + 1.0) ** 3)
        for _, block in checks.blocks(one, _ROWS)
        for _, columns in checks.blocks(other, _ROWS)
    )


def _diagonal(rows):
    return sum(
        np.sum((np.einsum("nd,nd->n", block, block) / rows.shape[1] + 1.0) ** 3)
        for _, block in checks.blocks(rows, _ROWS)
    )


def _summary(values):
    error = np.std(values, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan
    return KernelDistance(float(np.mean(values)), float(error), float(np.std(values)))
