"""Does a generator copy its training examples?

Distances can miss slightly changed copies: look at pictures of the nearest neighbors too.

>>> from tfgan import metrics
>>> train = np.random.default_rng(0).normal(size=(100, 2))
>>> metrics.authenticity(train, train[:9])  # copies
0.0
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.nearest_neighbors import nearest_neighbors, nearest_others

_STEPS = 100


@dataclasses.dataclass(frozen=True)
class CopyingScore:
    """The data-copying test.

    Attributes:
      z: float; below -3 samples are nearer to training examples than new real data are, far above
        0 they are farther away. It grows with the root of the counts.
      cells: tuple of float, z in each cell; NaN in a cell that is left out.
      shares: tuple of float, of the held-out examples in each cell: the weights of the mean.
    """

    z: float
    cells: tuple
    shares: tuple


def authenticity(train, fake):
    """The fraction of samples that are not copies, no nearer to the training set than it to itself.

    mean_j 1[NN(t*) < d(f_j, t*)], t* the training example nearest to f_j and NN(t*) its distance to
    the nearest other training example.

    Args:
      train, fake: float `[count, d]`.
    Returns: float in 0..1; about 0.5 for new real data, 0 for copies.
    Source: Alaa et al. 2022, https://arxiv.org/abs/2102.08921, section 3.3.
    """
    train, fake = checks.pair(train, fake, least=1)
    checks.features("train", train, least=2)
    own = nearest_others(train)[1][:, 0]
    nearest, distances = nearest_neighbors(fake, train)
    return float(np.mean(own[nearest[:, 0]] < distances[:, 0]))


def copying_score(train, held_out, fake, cells=3, seed=0):
    """Compares the distances of samples and of held-out examples to the training set: CopyingScore.

    In each cell of a partition of the space, z is `mann_whitney_z` of the distances sample ->
    training set against held-out -> training set; the score is their mean, weighted by the fraction
    of held-out examples. A cell without a training example, or with fewer than two held-out
    examples or samples, is left out.

    Args:
      train, held_out, fake: float `[count, d]`.
      cells: int, of the partition by k-means of the training examples.
      seed: int, of the partition.
    Raises: ValueError if no cell is left.
    Source: Meehan et al. 2020, https://arxiv.org/abs/2004.05675, section 4.
    """
    train, fake = checks.pair(train, fake)
    train, held_out = checks.pair(train, held_out)
    centers = _k_means(np.asarray(train, np.float64), cells, np.random.default_rng(seed))
    sets = train, held_out, fake
    homes = [nearest_neighbors(rows, centers)[0][:, 0] for rows in sets]
    scores = [
        _cell(*(rows[home == cell] for rows, home in zip(sets, homes, strict=True)))
        for cell in range(len(centers))
    ]
    shares = np.bincount(homes[1], minlength=len(centers)) / len(held_out)
    is_valid = np.isfinite(scores)
    if not is_valid.any():
        raise ValueError(
            "The copying score needs a cell with examples of all three sets; there is none."
        )
    z = np.average(np.array(scores)[is_valid], weights=shares[is_valid])
    return CopyingScore(float(z), tuple(scores), tuple(map(float, shares)))


def mann_whitney_z(one, other):
    """The Mann-Whitney statistic of numbers `[n]` and `[m]` as a standard normal number: float.

    z = (U - n m / 2) / sqrt(n m / 12 (n + m + 1 - sum (t^3 - t) / ((n + m)(n + m - 1)))), U the
    number of pairs with the first larger (ties count half), t the sizes of the groups of ties; 0 if
    all numbers are equal.
    """
    n, m = len(one), len(other)
    values, where, ties = np.unique(
        np.concatenate([one, other]), return_inverse=True, return_counts=True
    )
    ranks = (np.cumsum(ties) - (ties - 1) / 2.0)[where]
    pairs = ranks[:n].sum() - n * (n + 1) / 2.0
    spread = n + m + 1 - np.sum(ties.astype(np.float64) ** 3 - ties) / ((n + m) * (n + m - 1))
    if len(values) == 1:
        return 0.0
    return float((pairs - n * m / 2.0) / np.sqrt(n * m / 12.0 * spread))


def _cell(train, held_out, fake):
    if len(train) < 1 or min(len(held_out), len(fake)) < 2:
        return float("nan")
    samples, new = (nearest_neighbors(rows, train)[1][:, 0] for rows in (fake, held_out))
    return mann_whitney_z(samples, new)


def _k_means(rows, cells, draw):
    """Centers `[cells, d]` by Lloyd's steps from k-means++ starts."""
    centers = rows[draw.integers(len(rows), size=1)]
    while len(centers) < min(cells, len(rows)):
        squares = nearest_neighbors(rows, centers)[1][:, 0] ** 2
        if squares.sum() == 0.0:  # fewer different rows than cells
            break
        chosen = draw.choice(len(rows), p=squares / squares.sum())
        centers = np.concatenate([centers, rows[chosen : chosen + 1]])
    home = None
    for _ in range(_STEPS):
        before, home = home, nearest_neighbors(rows, centers)[0][:, 0]
        if before is not None and (home == before).all():
            break
        for cell in np.unique(home):
            centers[cell] = rows[home == cell].mean(axis=0)
    return centers
