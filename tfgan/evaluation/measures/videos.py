"""Metrics of videos: their frames, and the changes between neighboring frames."""

import numpy as np

from tfgan import metrics
from tfgan.evaluation.scores import Score

_SIDE = 8  # cells along each side of a frame


def motion(comparison):
    """Frechet distances of coarse frames and of their changes, and the size of the changes.

    The features of a frame are the means of at most 8 x 8 cells of pixels in [0, 1]; those of a
    motion are their differences between neighboring frames, over a whole video.
    """
    real, fake = (_cells(side.data) for side in (comparison.real, comparison.fake))
    features = {
        "fd_changes": [np.diff(cells, axis=1).reshape(len(cells), -1) for cells in (real, fake)],
        "fd_frames": [cells.reshape(-1, cells.shape[2]) for cells in (real, fake)],
    }
    distances = [
        Score(name, metrics.frechet_distance(*sides), "lower") for name, sides in features.items()
    ]
    of_real, of_fake = (_change(side.data) for side in (comparison.real, comparison.fake))
    return [*distances, Score("change", of_fake, details={"real": of_real})]


def _cells(videos):
    """The mean of each cell: float64 `[count, frames, cells * channels]`."""
    for axis in (2, 3):
        edges = np.linspace(0, videos.shape[axis], min(_SIDE, videos.shape[axis]) + 1).astype(int)
        sizes = np.diff(edges).reshape([-1 if axis == other else 1 for other in range(5)])
        videos = np.add.reduceat(videos, edges[:-1], axis=axis, dtype=np.float64) / sizes
    return videos.reshape(*videos.shape[:2], -1) / 255.0


def _change(videos):
    """The mean absolute difference between a pixel and itself in the next frame, in [0, 1]."""
    return float(np.abs(np.diff(videos.astype(np.int16), axis=1)).mean() / 255.0)
