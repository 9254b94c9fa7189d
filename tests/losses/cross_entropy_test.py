"""Losses that read a logit as log odds."""

import math

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses

from .logits import FAKE, REAL, sigmoid, slopes


def test_cross_entropy_is_that_of_the_probabilities():
    d_real, d_fake = sigmoid(REAL), sigmoid(FAKE)
    expected = -0.8 * np.log(d_real) - 0.2 * np.log(1 - d_real) - np.log(1 - d_fake)
    actual = losses.minimax_discriminator_loss(REAL, FAKE, real_target=0.8)
    np.testing.assert_allclose(actual, expected, rtol=1e-5)
    np.testing.assert_allclose(
        losses.minimax_generator_loss(REAL, FAKE), np.log(1 - d_fake), rtol=1e-5
    )
    np.testing.assert_allclose(
        losses.non_saturating_generator_loss(REAL, FAKE), -np.log(d_fake), rtol=1e-4
    )


def test_the_discriminators_of_the_three_cross_entropy_games_are_one():
    expected = losses.minimax().discriminator(REAL, FAKE)
    for other in (losses.non_saturating(), losses.maximum_likelihood()):
        np.testing.assert_array_equal(other.discriminator(REAL, FAKE), expected)
    np.testing.assert_array_equal(losses.non_saturating_discriminator_loss(REAL, FAKE), expected)


@pytest.mark.parametrize("logit", [-6.0, 0.0, 6.0])
@pytest.mark.parametrize(
    ("function", "slope"),
    [
        (losses.minimax_generator_loss, lambda a: -sigmoid(a)),
        (losses.non_saturating_generator_loss, lambda a: -(1 - sigmoid(a))),
        (losses.maximum_likelihood_generator_loss, lambda a: -np.exp(a)),
    ],
    ids=["minimax", "non_saturating", "maximum_likelihood"],
)
def test_slopes_of_the_three_generators(function, slope, logit):
    _, actual = slopes(function, [0.0], [logit])
    np.testing.assert_allclose(actual, [slope(logit)], rtol=1e-5)


def test_maximum_likelihood_is_minus_the_ratio_of_the_densities():
    p_data, p_fake = np.array([0.1, 0.5, 0.9]), np.array([0.4, 0.5, 0.1])
    optimal = np.log(p_data / p_fake)  # the logit of p_data / (p_data + p_fake)
    loss = losses.maximum_likelihood_generator_loss(np.zeros(3), optimal)
    np.testing.assert_allclose(loss, -p_data / p_fake, rtol=1e-5)


def test_maximum_likelihood_continues_as_its_tangent_above_30():
    fake = np.array([29.9, 30.0, 30.1, 100.0])
    expected = -np.exp([29.9, 30, 30, 30]) * [1, 1, 1.1, 71]
    loss = losses.maximum_likelihood_generator_loss(np.zeros(4), fake)
    np.testing.assert_allclose(loss, expected, rtol=1e-4)
    _, slope = slopes(losses.maximum_likelihood_generator_loss, np.zeros(4), fake)
    np.testing.assert_allclose(slope, -np.exp([29.9, 30, 30, 30]), rtol=1e-4)


def test_smoothing_puts_the_optimum_at_the_target():
    best = math.log(0.9 / 0.1)  # sigma(best) = 0.9
    loss = losses.minimax(real_target=0.9).discriminator
    below, at, above = slopes(loss, [best - 0.5, best, best + 0.5], [0.0, 0.0, 0.0])[0]
    assert below < -1e-3
    assert abs(at) < 1e-6
    assert above > 1e-3


def test_smoothing_leaves_the_fake_side_alone():
    _, smoothed = slopes(losses.minimax(real_target=0.9).discriminator, REAL, FAKE)
    _, plain = slopes(losses.minimax().discriminator, REAL, FAKE)
    np.testing.assert_array_equal(smoothed, plain)


@pytest.mark.parametrize("target", [0.5, 0.0, 1.01, float("nan")])
@pytest.mark.parametrize(
    "use",
    [
        losses.minimax,
        losses.non_saturating,
        losses.maximum_likelihood,
        lambda target: losses.minimax_discriminator_loss(REAL, FAKE, real_target=target),
    ],
    ids=["minimax", "non_saturating", "maximum_likelihood", "function"],
)
def test_targets_of_real_examples_outside_their_range_are_refused(use, target):
    with pytest.raises(ValueError, match=r"real_target must be in \(0.5, 1\]; received"):
        use(target)


def test_a_generator_learns_the_same_with_and_without_the_real_term():
    weight = tf.Variable(0.3)
    noise = tf.constant([0.5, -1.0, 2.0])

    def gradient(with_real_term):
        with tf.GradientTape() as tape:
            fake = 2.0 * (weight * noise) - 0.1  # a linear discriminator on a linear generator
            loss = losses.minimax_generator_loss(fake * 0, fake)
            if with_real_term:
                loss += -tf.nn.softplus(-tf.constant([1.0, 2.0, 3.0]))  # log D(x)
            loss = tf.reduce_mean(loss)
        return tape.gradient(loss, weight)

    np.testing.assert_array_equal(gradient(True), gradient(False))
    assert abs(gradient(False)) > 0.01
