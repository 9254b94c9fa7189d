import numpy as np
import pytest

from tfgan.data import open_source
from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import videos


def figures(real, fake):
    sides = (FeatureSet("videos", len(each), data=each) for each in (real, fake))
    return {figure.name: figure for figure in videos.motion(Comparison(*sides))}


def test_shuffled_frames_look_right_and_move_wrongly():
    real = open_source("toy:bouncing").held_out.data[:, :5]
    order = np.argsort(np.random.default_rng(0).random(real.shape[:2]), axis=1)
    shuffled = np.take_along_axis(real, order[..., None, None, None], axis=1)
    right, wrong = figures(real[:250], real[250:]), figures(real[:250], shuffled[250:])
    assert wrong["fd_frames"].value == pytest.approx(right["fd_frames"].value)
    assert wrong["fd_changes"].value > 2.0 * right["fd_changes"].value
    assert wrong["change"].value > 1.5 * right["change"].value


def test_the_change_is_the_mean_difference_between_neighbors_of_255():
    still = np.full((4, 3, 8, 8, 1), 51, np.uint8)
    blinking = still.copy()
    blinking[:, 1] = 0
    result = figures(blinking, still)["change"]
    assert result.value == 0.0 and result.details["real"] == pytest.approx(0.2)


def test_distances_worked_by_hand():
    """Two pixels to a cell and videos that are all alike: distances of the means alone."""
    dark = np.zeros((4, 2, 16, 8, 1), np.uint8)
    half = dark.copy()
    half[:, 1, ::2] = 255  # the second frame: each cell has a mean of 1/2
    result = figures(dark, half)
    assert result["fd_changes"].value == pytest.approx(64 * 0.25)
    # Frames: the means differ by 1/4 in 64 cells; half of them vary together by 1/2.
    mean, variance = 64 * 0.25**2, 64 * np.var([0, 0.5] * 4, ddof=1)
    assert result["fd_frames"].value == pytest.approx(mean + variance)
