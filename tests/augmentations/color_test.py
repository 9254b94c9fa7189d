"""The moments of what changes colors."""

import math

import numpy as np
import pytest
import tensorflow as tf

from tfgan.augmentations import color

SEED, COUNT = tf.constant([2, 8]), 20_000


def of_pixel(transform, pixel, p):
    """A pixel in COUNT images, changed: `[n, channels]`."""
    pixel = tf.constant([[[pixel]]], tf.float32)
    return np.array(transform(tf.repeat(pixel, COUNT, axis=0), SEED, p))[:, 0, 0]


@pytest.mark.parametrize("p", [0.5, 1.0])
def test_a_gray_pixel_moves_by_brightness_contrast_and_sign(p):
    """x -> s c (x + b): E s = 1 - p, E c = 1 - p + p e^(l^2 / 8), E c^2 with l^2 / 2, l = ln 2."""
    x = 0.5
    values = of_pixel(color.color, [x], p)
    log2 = math.log(2.0)
    contrast, squared = ((1 - p) + p * math.exp((log2 * k) ** 2 / 2) for k in (0.5, 1.0))
    mean, square = (1 - p) * contrast * x, squared * (x**2 + p * 0.04)
    deviation = (square - mean**2) ** 0.5
    np.testing.assert_allclose(values.mean(), mean, atol=4 * deviation / COUNT**0.5)
    np.testing.assert_allclose((values**2).mean(), square, rtol=0.05)


def test_hue_and_saturation_change_what_is_not_gray():
    """With x across the axis of grays its length is multiplied by c s, and its angle is uniform."""
    axis = np.ones(3) / 3**0.5
    x = np.array([1.0, -1.0, 0.0]) / 2**0.5
    values = of_pixel(color.color, x, 1.0)
    across = values - np.outer(values @ axis, axis)
    lengths = np.log2(np.linalg.norm(across, axis=1))
    # log2 c + log2 s, N(0, .5^2) and N(0, 1).
    np.testing.assert_allclose([lengths.mean(), lengths.std()], [0.0, 1.25**0.5], atol=0.04)
    angles = np.arctan2(across @ np.cross(axis, x), across @ x) / np.pi
    np.testing.assert_allclose(np.histogram(angles, 4, (-1, 1))[0] / COUNT, 0.25, atol=0.0142)


def test_jitter_has_the_ranges_of_its_paper():
    """Two pixels m +- d: their mean moves by U(-.5, .5), their distance by U(.5, 1.5)."""
    pair = tf.repeat(tf.constant([0.3, -0.1], tf.float32)[None, :, None, None], COUNT, axis=0)
    changed = np.array(color.jitter(pair, SEED, 1.0))[..., 0, 0]
    moves = changed.mean(axis=1) - 0.1
    factors = (changed[:, 0] - changed[:, 1]) / 0.4
    for values, low, high in [(moves, -0.5, 0.5), (factors, 0.5, 1.5)]:
        assert low - 1e-6 < values.min() < low + 0.01 and high - 0.01 < values.max() < high + 1e-6
        np.testing.assert_allclose(values.std(), 1 / 12**0.5, rtol=0.03)


def test_saturation_of_jitter_is_up_to_twice():
    values = of_pixel(color.jitter, [0.4, 0.0, -0.4], 1.0)
    spread = (values[:, 0] - values[:, 2]) / 0.8
    # Saturation U(0, 2) times contrast U(.5, 1.5), which for one pixel is about its own mean.
    np.testing.assert_allclose(spread.mean(), 1.0, atol=4 * 0.68 / COUNT**0.5)
    assert 2.5 < spread.max() < 3.0
