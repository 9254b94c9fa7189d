"""Lines by the method of Canny, against the same steps pixel by pixel."""

import numpy as np
import pytest
import tensorflow as tf
from scipy import ndimage

from tfgan.data import edge_filters

SIDE = 24
DISTANCE = np.hypot(*(np.indices((SIDE, SIDE)) - 11.3))
DISC = np.where(DISTANCE < 7.0, 200, 40)
RAMP = np.tile(np.arange(SIDE) * 4, (SIDE, 1))
NOISE = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE))


def lines(image, low=100, high=200):
    gray = tf.constant(image, tf.int32)[None, ..., None]
    return edge_filters.canny(gray, low, high).numpy()[0, ..., 0]


def reference(image, low=100, high=200):
    """In floating point, with angles, and with labels of connected pixels."""
    smooth = image.astype(float)
    for axis in (0, 1):
        smooth = ndimage.correlate1d(smooth, np.array([1, 4, 6, 4, 1]) / 16, axis, mode="reflect")
    down, right = (ndimage.sobel(smooth, axis, mode="reflect") for axis in (0, 1))
    strength = np.pad(np.round(down**2 + right**2, 6), 1)
    sector = np.round(np.arctan2(down, right) / (np.pi / 4)).astype(int) % 4
    steps = [(0, 1), (1, 1), (1, 0), (1, -1)]
    crest = np.zeros(image.shape, bool)
    for (row, column), direction in np.ndenumerate(sector):
        rows, columns = steps[direction]
        here = strength[row + 1, column + 1]
        before = strength[row + 1 - rows, column + 1 - columns]
        crest[row, column] = here > before and (
            here >= strength[row + 1 + rows, column + 1 + columns]
        )
    weak = crest & (strength[1:-1, 1:-1] >= low**2)
    parts, _ = ndimage.label(weak, np.ones((3, 3)))
    strong = np.unique(parts[weak & (strength[1:-1, 1:-1] >= high**2)])
    return np.isin(parts, strong[strong > 0])


@pytest.mark.parametrize(
    "image", [DISC, NOISE, DISC.T[::-1], RAMP], ids=["disc", "noise", "turned", "ramp"]
)
def test_lines_are_those_of_the_steps_pixel_by_pixel(image):
    np.testing.assert_array_equal(lines(image), reference(image))


def test_the_outline_of_a_disc_is_one_closed_line():
    outline = lines(DISC)
    assert np.abs(DISTANCE[outline] - 7.0).max() < 1.5
    inside, _ = ndimage.label(~outline)
    assert inside.max() == 2, "the line has a gap"


def test_a_weak_part_of_a_line_stays_only_where_a_strong_one_is():
    """An edge that fades from 120 levels to 30: its magnitudes are from 330 to 80."""
    image = np.zeros((40, 20), int)
    image[:, 10:] = np.linspace(120, 30, 40).astype(int)[:, None]
    both, weak, strong = lines(image), lines(image, 100, 100), lines(image, 200, 200)
    np.testing.assert_array_equal(both, weak)
    assert 10 < strong.sum() < both.sum()
    assert not lines(image[25:]).any() and lines(image[25:], 100, 100).any()


def test_a_constant_has_no_lines():
    assert not lines(np.full((6, 6), 255)).any()


def test_images_of_a_batch_do_not_meet():
    gray = tf.constant(np.stack([DISC, NOISE]), tf.int32)[..., None]
    both = edge_filters.canny(gray, 100, 200).numpy()[..., 0]
    np.testing.assert_array_equal(both, [lines(DISC), lines(NOISE)])
