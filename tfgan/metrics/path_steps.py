"""The smoothness of a path: its largest step, its mean step and the distance of its ends.

>>> from tfgan import metrics
>>> steps = metrics.path_steps(np.array([[[0.0], [1.0], [2.0], [4.0]]]))
>>> steps.mean.round(3).tolist(), steps.largest.tolist(), steps.distance.tolist()
([1.333], [2.0], [4.0])
"""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class PathSteps:
    """The steps of n paths, each float64 `[n]`.

    Attributes:
      mean: the mean distance between neighbors.
      largest: the largest distance between neighbors.
      distance: the distance between the ends.
    """

    mean: np.ndarray
    largest: np.ndarray
    distance: np.ndarray

    @property
    def unevenness(self):
        """The largest step over the mean step, 1 for equal steps: `[n]`; 1 without movement."""
        return np.where(self.mean > 0.0, self.largest / np.where(self.mean > 0.0, self.mean, 1), 1)


def path_steps(features):
    """The steps of paths in a feature space: PathSteps.

    A path that jumps has one step as long as the distance of its ends; one that is smooth has equal
    steps, whose sum is the distance of the ends (a line) or more (a curve).

    Args:
      features: float `[n, steps, d]`, the features of the points of each path, in their order.
    Raises: ValueError for another shape, and for fewer than two points.
    """
    features = np.asarray(features, np.float64)
    if features.ndim != 3 or features.shape[1] < 2:
        raise ValueError(
            f"features must be [n, steps, d] of two or more steps; received {list(features.shape)}."
        )
    lengths = np.linalg.norm(np.diff(features, axis=1), axis=2)
    ends = np.linalg.norm(features[:, -1] - features[:, 0], axis=1)
    return PathSteps(lengths.mean(axis=1), lengths.max(axis=1), ends)
