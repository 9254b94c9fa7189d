"""The Frechet distance extrapolated to infinitely many samples."""

import dataclasses

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.frechet import FrechetReference
from tfgan.metrics.moments import Moments


@dataclasses.dataclass(frozen=True)
class FrechetInfinity:
    """A line through distances at growing counts.

    Attributes:
      distance: float, at 1 / N = 0; it may be a little below 0.
      slope: float, of the distance over 1 / N: the bias of N samples is slope / N.
      residual: float, root mean square of the residuals.
      counts: tuple of int, samples in each subset.
      distances: tuple of float, one per subset.
    """

    distance: float
    slope: float
    residual: float
    counts: tuple
    distances: tuple


def frechet_distance_infinity(real, fake, points=15, smallest=None, seed=0):
    """Extrapolates the Frechet distance linearly in 1 / N, N the number of samples, to 0.

    Args:
      real: float `[count, d]`; all of it is used each time.
      fake: float `[count, d]`.
      points: int, the number of counts, evenly spaced from `smallest` to all of `fake`.
      smallest: int, more than d; by default 5,000, or half of fewer than 10,000 samples.
      seed: int, of the subsets, which are drawn without replacement and independently.
    Returns: FrechetInfinity.
    Raises: TooFewError unless there are more samples than dimensions, and enough for the points.
    Source: Chong & Forsyth 2020, https://arxiv.org/abs/1911.07023, section 3. Differs: random
      instead of quasi-random samples.
    """
    real, fake = checks.pair(real, fake)
    dimensions = fake.shape[1]
    smallest = smallest or max(min(5000, len(fake) // 2), dimensions + 1)
    if smallest <= dimensions or len(fake) < smallest + points:
        raise checks.TooFewError(
            f"{len(fake)} samples are too few: the smallest subset needs more than {dimensions} "
            f"(the dimensions; received {smallest}), and {points} more for the other points."
        )
    draw = np.random.default_rng(seed)
    reference = FrechetReference(Moments.of(real))
    counts = np.linspace(smallest, len(fake), points).astype(int)
    distances = []
    for count in counts:
        rows = np.sort(draw.choice(len(fake), count, replace=False))
        distances.append(reference.distance(Moments.of(fake[rows])))
    line = np.stack([np.ones(points), 1.0 / counts], axis=1)
    (distance, slope), *_ = np.linalg.lstsq(line, np.array(distances), rcond=None)
    residual = np.sqrt(np.mean((line @ [distance, slope] - distances) ** 2))
    return FrechetInfinity(
        float(distance), float(slope), float(residual), tuple(map(int, counts)), tuple(distances)
    )
