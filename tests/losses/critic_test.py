"""Losses that read a logit as a score."""

import numpy as np

from tfgan import losses

from .logits import slopes


def test_least_squares_pulls_to_its_labels():
    pair = losses.least_squares(real_label=1.0, fake_label=-1.0, target_label=0.5)
    np.testing.assert_allclose(pair.discriminator([1.0, 3.0, 1.0], [-1.0, -1.0, 1.0]), [0, 2, 2])
    np.testing.assert_allclose(pair.generator([9.0, 9.0], [0.5, 2.5]), [0, 2])


def test_hinge_is_zero_beyond_the_margin():
    loss = losses.hinge_discriminator_loss
    np.testing.assert_allclose(loss([1.0, 5.0, 0.5, 2.0], [-1.0, -5.0, -2.0, 0.0]), [0, 0, 0.5, 1])
    real_slope, fake_slope = slopes(loss, [5.0, 0.0], [-5.0, 0.0])
    np.testing.assert_array_equal(real_slope, [0, -1])
    np.testing.assert_array_equal(fake_slope, [0, 1])
