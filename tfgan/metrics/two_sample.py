"""Can a classifier tell samples from real examples?"""

import dataclasses
import math

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.nearest_neighbors import nearest_others


@dataclasses.dataclass(frozen=True)
class TwoSample:
    """How often the nearest neighbor is of the same kind.

    Attributes:
      accuracy: float; 0.5 if both sets come from one distribution, 1 if they can be told apart, and
        below 0.5 if samples sit on real examples.
      accuracy_real, accuracy_fake: float, of each kind alone; a generator of typical examples alone
        has a low first and a high second one.
      p_value: float, how likely so high an accuracy is for one distribution (one-sided).
    """

    accuracy: float
    accuracy_real: float
    accuracy_fake: float
    p_value: float


def classifier_two_sample(real, fake):
    """The leave-one-out accuracy t of a 1-nearest-neighbor classifier of real against fake.

    p = P(Z > (t - 1/2) 2 sqrt(n)), Z standard normal, n the number of all examples.

    Args:
      real, fake: float `[count, d]`, at least 2 rows each; the longer is cut to the shorter, since
        unequal counts alone would be told apart.
    Returns: TwoSample.
    Raises: ValueError for sets that are too small, differ in dimension or are not finite.
    Source: Lopez-Paz & Oquab 2017, https://arxiv.org/abs/1610.06545, section 3; both accuracies as
      in Xu et al. 2018, https://arxiv.org/abs/1806.07755.
    """
    real, fake = checks.pair(real, fake)
    count = min(len(real), len(fake))
    together = np.concatenate([real[:count], fake[:count]])
    is_real = np.arange(2 * count) < count
    nearest = nearest_others(together)[0][:, 0]
    right = is_real[nearest] == is_real
    z = (right.mean() - 0.5) * 2.0 * math.sqrt(len(right))
    return TwoSample(
        float(right.mean()),
        float(right[:count].mean()),
        float(right[count:].mean()),
        0.5 * math.erfc(z / math.sqrt(2.0)),
    )
