"""The weight of the adversarial loss against the terms of the generator."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses

REAL, FAKE = tf.constant([[1.0], [-2.0]]), tf.constant([[0.5], [3.0]])


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0, 3.0])
def test_a_weight_multiplies_the_loss_of_the_generator_alone(weight):
    plain = losses.least_squares()
    weighted = losses.weighted(plain, weight)
    by_hand = weight * 0.5 * np.square(FAKE - 1.0)
    np.testing.assert_allclose(weighted.generator(REAL, FAKE), by_hand, rtol=1e-6)
    unchanged = plain.discriminator(REAL, FAKE)
    np.testing.assert_array_equal(weighted.discriminator(REAL, FAKE), unchanged)
    assert (weighted.score, weighted.relativistic) == (plain.score, plain.relativistic)
    assert weighted.moves_generator == (weight > 0.0)


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_a_weight_below_zero_is_refused(weight):
    with pytest.raises(ValueError, match="weight must be 0 or more; received"):
        losses.weighted(losses.hinge(), weight)


def test_logits_of_two_shapes_are_refused():
    with pytest.raises(ValueError, match=r"must have the same shape; received \(2,\) and \(3,\)"):
        losses.adversarial.float32_logits(tf.zeros(2), tf.zeros(3))


def test_logits_of_half_precision_become_float32():
    real, fake = losses.adversarial.float32_logits(tf.zeros(2, tf.float16), tf.ones(2, tf.bfloat16))
    assert (real.dtype, fake.dtype) == (tf.float32, tf.float32)


def test_with_the_sides_exchanged_the_generator_calls_fakes_real_and_real_examples_fake():
    game = losses.exchanged(losses.non_saturating())
    by_hand = np.log1p(np.exp(-FAKE)) + np.log1p(np.exp(REAL))
    np.testing.assert_allclose(game.generator(REAL, FAKE), by_hand, rtol=1e-6)
    plain = losses.non_saturating()
    np.testing.assert_array_equal(game.discriminator(REAL, FAKE), plain.discriminator(REAL, FAKE))
    assert game.relativistic  # the generator's step computes the logits of real examples too
