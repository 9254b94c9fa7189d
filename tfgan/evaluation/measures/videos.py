"""Metrics of videos: how their frames look, and how they change from one to the next."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_SIDE = 8  # cells along each side of a frame, whose means are compared


def motion(comparison):
    """Frechet distances of coarse frames and of their changes, and the size of the changes.

    Pixels are in 0..1. A frame is seen as the means of 8 x 8 cells, or of fewer if it is smaller.
    The features of a frame are its cells; those of a motion are all differences between the cells
    of neighboring frames of a video, side by side.
    """
    real, fake = (_cells(side.data) for side in (comparison.real, comparison.fake))
    sides = {
        "fd_changes": [np.diff(cells, axis=1).reshape(len(cells), -1) for cells in (real, fake)],
        "fd_frames": [cells.reshape(-1, cells.shape[2]) for cells in (real, fake)],
    }
    figures = [
        Score(name, metrics.frechet_distance(*features), "lower")
        for name, features in sides.items()
    ]
    ours, others = (_change(side.data) for side in (comparison.real, comparison.fake))
    return [*figures, Score("change", others, details={"real": ours})]


def _cells(videos):
    """The mean of each cell: float64 `[count, frames, cells * channels]`."""
    for axis in (2, 3):
        edges = np.linspace(0, videos.shape[axis], min(_SIDE, videos.shape[axis]) + 1).astype(int)
        sizes = np.diff(edges).reshape([-1 if axis == other else 1 for other in range(5)])
        videos = np.add.reduceat(videos, edges[:-1], axis=axis, dtype=np.float64) / sizes
    return videos.reshape(*videos.shape[:2], -1) / 255.0


def _change(videos):
    """The mean difference between a pixel and the same pixel in the next frame, in 0..1."""
    return float(np.abs(np.diff(videos.astype(np.int16), axis=1)).mean() / 255.0)
