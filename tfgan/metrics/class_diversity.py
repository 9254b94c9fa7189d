"""Do the samples of a class differ as much from each other as its real examples?

>>> from tfgan import metrics
>>> real, fake = [[0.0], [4.0], [0.0], [2.0]], [[1.0], [2.0], [5.0], [7.0]]
>>> metrics.class_diversity((real, [0, 0, 1, 1]), (fake, [0, 0, 1, 1]), 2).per_class.tolist()
[0.25, 1.0]
"""

import dataclasses

import numpy as np

from tfgan.metrics import checks
from tfgan.metrics.labels import check_labels
from tfgan.metrics.nearest_neighbors import distance_blocks


@dataclasses.dataclass(frozen=True)
class ClassDiversity:
    """The mean distance of two samples of a class, over that of two of its real examples.

    Attributes:
      mean: float, of the classes; 1: as diverse as the real examples, 0: one sample per class.
      least: float, of the class with the least.
      per_class: float64 `[classes]`; NaN for a class with fewer than two samples, fewer than two
        real examples, or equal ones alone.
    """

    mean: float
    least: float
    per_class: np.ndarray


def class_diversity(real, fake, classes):
    """The diversity within each class: ClassDiversity.

    Args:
      real, fake: (features `[count, d]`, int labels `[count]`), of real examples and samples.
      classes: int; labels are 0 .. classes - 1.
    Raises: TooFewError, if no class has two samples and two different real examples.
    """
    checks.pair(real[0], fake[0])
    distances = np.array([_within_classes(rows, label, classes) for rows, label in (real, fake)])
    with np.errstate(divide="ignore", invalid="ignore"):
        per_class = np.where(distances[0] > 0.0, distances[1] / distances[0], np.nan)
    if np.isnan(per_class).all():
        raise checks.TooFewError(
            "the diversity within classes needs a class with two samples and two different real "
            "examples; there is none."
        )
    return ClassDiversity(float(np.nanmean(per_class)), float(np.nanmin(per_class)), per_class)


def _within_classes(features, label, classes):
    """The mean Euclidean distance of two different rows of a class: float64 `[classes]`."""
    features, label = np.asarray(features), check_labels("label", label, classes)
    if len(features) != len(label):
        raise ValueError(
            f"features and label must have equal counts; received {len(features)} and {len(label)}."
        )
    return [_mean_distance(features[label == number]) for number in range(classes)]


def _mean_distance(rows):
    count = len(rows)
    if count < 2:
        return np.nan
    total = sum(block.sum() for _, block in distance_blocks(rows, rows))
    return total / (count * (count - 1))
