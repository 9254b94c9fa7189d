"""What is erased, and how often."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan.augmentations import corruption

SEED, COUNT = tf.constant([4, 4]), 20_000


def test_a_cutout_is_half_a_side_anywhere():
    ones = tf.ones((COUNT, 7, 8, 1))
    erased = np.array(corruption.cutout(ones, SEED, 1.0))[..., 0] == 0.0
    heights, widths = (erased.any(axis=axis).sum(axis=1) for axis in (2, 1))
    assert heights.max() == 4 and widths.max() == 4  # int(.5 x 7 + .5) = 4
    # An even length has side + 1 places; those within 7 rows of one of 4 are 4 of 8.
    np.testing.assert_allclose((heights == 4).mean(), 4 / 8, atol=0.0142)
    np.testing.assert_allclose((widths == 4).mean(), 5 / 9, atol=0.0142)
    np.testing.assert_array_equal(erased.sum(axis=(1, 2)), heights * widths)


def test_a_cutout_is_on_with_its_probability():
    erased = np.array(corruption.cutout(tf.ones((COUNT, 4, 4, 1)), SEED, 0.25)).min(axis=(1, 2, 3))
    np.testing.assert_allclose((erased == 0.0).mean(), 0.25, atol=0.0123)


def test_noise_has_a_deviation_of_its_own_in_every_image():
    noisy = np.array(corruption.noise(tf.zeros((2000, 8, 8, 1)), SEED, 1.0))
    deviations = noisy.std(axis=(1, 2, 3))
    # |N(0, .1^2)| has the mean .1 sqrt(2 / pi), and here a deviation of 0.06.
    assert deviations.mean() == pytest.approx(0.1 * (2 / np.pi) ** 0.5, abs=4 * 0.06 / 2000**0.5)
    assert np.mean(noisy**2) == pytest.approx(0.01, rel=0.13)


def test_all_translations_are_equally_likely_and_zeros_fill_the_border():
    row = tf.repeat(tf.reshape(tf.range(1.0, 17.0), (1, 1, 16, 1)), COUNT, axis=0)
    moved = np.array(corruption.translation(row, SEED, 1.0))[:, 0, :, 0]
    by = 9.0 - moved[:, 8]
    shares = [(by == move).mean() for move in (-2, -1, 0, 1, 2)]
    np.testing.assert_allclose(shares, 0.2, atol=0.0114)
    np.testing.assert_array_equal(moved[by == 2][0], [0, 0, *range(1, 15)])
    np.testing.assert_array_equal(moved[by == -2][0], [*range(3, 17), 0, 0])
