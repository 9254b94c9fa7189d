"""What holds for all adversarial losses."""

import dataclasses

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses

from .logits import FAKE, PAIRS, REAL, every_function, slopes


# Means over REAL and FAKE, published in TF-GAN's tests to five decimals.
@pytest.mark.parametrize(
    ("function", "mean"),
    [
        (losses.least_squares_generator_loss, 17.69625),
        (losses.least_squares_discriminator_loss, 41.73375),
        (losses.non_saturating_generator_loss, 1.38582),
        (losses.minimax_generator_loss, -4.51082),
        (losses.minimax(real_target=0.75).discriminator, 6.55887),
        (losses.non_saturating(real_target=0.875).discriminator, 6.19637),
        (losses.wasserstein_generator_loss, -3.125),
        (losses.wasserstein_discriminator_loss, 0.225),
        (losses.hinge_generator_loss, -3.125),
        (losses.hinge_discriminator_loss, 6.75),
    ],
)
def test_values_are_those_of_tf_gan(function, mean):
    np.testing.assert_allclose(np.mean(function(REAL, FAKE)), mean, atol=1e-5)


@pytest.mark.parametrize("name", [name for name in PAIRS if "relativistic" not in name])
def test_the_real_data_give_the_generator_neither_value_nor_gradient(name):
    generator = PAIRS[name].generator
    real_slope, fake_slope = slopes(generator, REAL, FAKE)
    assert real_slope is None
    assert np.all(fake_slope <= 0) or name == "least_squares"
    np.testing.assert_array_equal(generator(REAL, FAKE), generator(REAL * 0 + 100, FAKE))


@pytest.mark.parametrize("name", [name for name in PAIRS if name != "least_squares"])
def test_discriminator_and_generator_pull_fakes_apart(name):
    real, fake = np.array([0.2, -0.3, 0.1]), np.array([0.1, 0.4, -0.2])
    real_slope, fake_slope = slopes(PAIRS[name].discriminator, real, fake)
    assert np.all(real_slope < 0)
    assert np.all(fake_slope > 0)
    assert np.all(slopes(PAIRS[name].generator, real, fake)[1] < 0)


@every_function
def test_values_and_slopes_are_finite_for_huge_logits(function):
    real = np.array([1e4, -1e4, 1e4, -1e4])
    fake = np.array([1e4, 1e4, -1e4, -1e4])
    assert np.all(np.isfinite(function(real, fake)))
    for slope in slopes(function, real, fake):
        assert slope is None or np.all(np.isfinite(slope))


@every_function
@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16, tf.float64])
def test_logits_of_any_precision_give_float32(function, dtype):
    real, fake = tf.constant(REAL, dtype), tf.constant(FAKE, dtype)
    loss = function(real, fake)
    assert loss.dtype == tf.float32
    np.testing.assert_array_equal(
        loss, function(tf.cast(real, tf.float32), tf.cast(fake, tf.float32))
    )


@every_function
@pytest.mark.parametrize("shape", [(4, 1), (1, 2, 2, 1)])
def test_losses_are_element_wise_on_any_shape(function, shape):
    loss = function(REAL.reshape(shape), FAKE.reshape(shape))
    assert loss.shape == shape
    np.testing.assert_allclose(np.ravel(loss), function(REAL, FAKE), rtol=1e-6)


@every_function
def test_different_shapes_are_refused_by_name(function):
    with pytest.raises(ValueError, match=r"received \(4, 1\) and \(4,\)"):
        function(REAL[:, None], FAKE)


@every_function
def test_losses_compile_under_xla(function):
    compiled = tf.function(function, jit_compile=True)(tf.constant(REAL), tf.constant(FAKE))
    np.testing.assert_allclose(compiled, function(REAL, FAKE), rtol=1e-4, atol=1e-6)


def test_a_pair_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        losses.hinge().generator = losses.wasserstein_generator_loss


def test_only_relativistic_generators_need_the_real_logits():
    pairs = [
        losses.minimax(), losses.non_saturating(), losses.maximum_likelihood(),
        losses.least_squares(), losses.wasserstein(), losses.hinge(),
        losses.relativistic(), losses.relativistic_average(),
    ]  # fmt: skip
    fake = tf.constant([[0.3], [-0.2]])
    for pair in pairs:
        one, two = (pair.generator(real * tf.ones([2, 1]), fake) for real in (-1.0, 2.0))
        assert pair.relativistic == bool(tf.reduce_any(one != two))


def test_d_of_x_is_a_probability_for_cross_entropy_and_the_logit_for_scores():
    logits = tf.constant([0.0, 2.0])
    np.testing.assert_allclose(losses.minimax().score(logits), [0.5, 1 / (1 + np.exp(-2))], 1e-6)
    np.testing.assert_array_equal(losses.wasserstein().score(logits), logits)


def test_in_a_zero_sum_game_the_generator_gains_what_the_discriminator_loses():
    loss = losses.zero_sum(losses.hinge())
    np.testing.assert_allclose(loss.generator([[0.5]], [[-0.5]]), [[-1.0]])  # -(.5 + .5)
    np.testing.assert_allclose(loss.discriminator([[0.5]], [[-0.5]]), [[1.0]])
    assert loss.relativistic
