"""Can a classifier distinguish samples from real examples?

>>> from tfgan import metrics
>>> metrics.classifier_two_sample([[0.0], [0.1]], [[9.0], [9.1]]).accuracy
1.0
"""

import dataclasses
import math

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.nearest_neighbors import nearest_others


@dataclasses.dataclass(frozen=True)
class TwoSample:
    """How often the nearest neighbor is from the same set.

    Attributes:
      accuracy: float; 0.5 for sets of one distribution, 1 for separable sets, below 0.5 for copies.
      accuracy_real: float, for real examples; low for a generator of typical examples alone.
      accuracy_fake: float, for samples; high for such a generator.
      p_value: float, the probability of so high an accuracy for one distribution (one-sided).
    """

    accuracy: float
    accuracy_real: float
    accuracy_fake: float
    p_value: float


def classifier_two_sample(real, fake):
    """The leave-one-out accuracy t of a 1-nearest-neighbor classifier of both: TwoSample.

    p = P(Z > (t - 1/2) 2 sqrt(n)), Z standard normal, n the number of all examples.

    Args:
      real: float `[count, d]`, at least 2 rows.
      fake: the same; the longer is cut to the shorter, as unequal counts bias the accuracy.
    Source: Lopez-Paz & Oquab 2017, https://arxiv.org/abs/1610.06545, section 3; both accuracies as
      in Xu et al. 2018, https://arxiv.org/abs/1806.07755.
    """
    real, fake = checks.pair(real, fake)
    count = min(len(real), len(fake))
    together = np.concatenate([real[:count], fake[:count]])
    is_real = np.arange(2 * count) < count
    right = is_real[nearest_others(together)[0][:, 0]] == is_real
    z = (right.mean() - 0.5) * 2.0 * math.sqrt(len(right))
    return TwoSample(
        float(right.mean()),
        float(right[:count].mean()),
        float(right[count:].mean()),
        0.5 * math.erfc(z / math.sqrt(2.0)),
    )
