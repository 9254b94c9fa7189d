"""Losses that compare logits with those of the other side."""

import math

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses

from .logits import FAKE, PAIRS, REAL, sigmoid


def test_at_chance_the_relativistic_losses_are_ln_2():
    same = np.full([4, 1], 0.7)
    for loss in (losses.relativistic().discriminator, losses.relativistic().generator):
        np.testing.assert_allclose(loss(same, same), np.full([4, 1], math.log(2)), rtol=1e-6)


def test_relativistic_losses_compare_pairs():
    pair = losses.relativistic()
    expected = -np.log(sigmoid(REAL - FAKE))
    np.testing.assert_allclose(pair.discriminator(REAL, FAKE), expected, rtol=1e-4)
    np.testing.assert_allclose(
        pair.generator(REAL, FAKE), -np.log(sigmoid(FAKE - REAL)), rtol=1e-4, atol=1e-7
    )


def test_relativistic_average_losses_compare_with_the_mean_of_the_other_side():
    pair = losses.relativistic_average()
    over_fake, over_real = REAL - np.mean(FAKE), FAKE - np.mean(REAL)
    expected = -np.log(sigmoid(over_fake)) - np.log(1 - sigmoid(over_real))
    np.testing.assert_allclose(pair.discriminator(REAL, FAKE), expected, rtol=1e-4)
    expected = -np.log(sigmoid(over_real)) - np.log(1 - sigmoid(over_fake))
    np.testing.assert_allclose(pair.generator(REAL, FAKE), expected, rtol=1e-4)


@pytest.mark.parametrize("name", ["relativistic", "relativistic_average"])
def test_relativistic_losses_ignore_a_common_shift(name):
    for player in ("discriminator", "generator"):
        loss = getattr(PAIRS[name], player)
        np.testing.assert_allclose(loss(REAL + 3, FAKE + 3), loss(REAL, FAKE), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("player", ["discriminator", "generator"])
def test_relativistic_averages_are_those_of_all_replicas(two_replicas, player):
    """Values and slopes: two replicas with half of the logits each are one with all of them."""
    loss = getattr(losses.relativistic_average(), player)
    real, fake = tf.constant([0.2, -1.3, 0.7, 2.0]), tf.constant([-0.4, 0.9, 1.5, -2.0])

    def value_and_slope(real, fake, share):
        with tf.GradientTape() as tape:
            tape.watch(fake)
            each = loss(real, fake)
            mean = tf.reduce_mean(each) * share
        return each, tape.gradient(mean, fake)

    def of_replica():
        first = 2 * tf.distribute.get_replica_context().replica_id_in_sync_group
        return value_and_slope(real[first:][:2], fake[first:][:2], 0.5)

    together = two_replicas.run(tf.function(of_replica))
    for got, wanted in zip(together, value_and_slope(real, fake, 1.0), strict=True):
        got = np.concatenate(two_replicas.experimental_local_results(got))
        np.testing.assert_allclose(got, wanted, rtol=1e-5, atol=1e-7)


def test_tf_gan_calls_the_average_losses_relativistic():
    """The means that TF-GAN's tests of its `relativistic_*_loss` hold, on their logits."""
    real, fake = np.array([-2.0, 0.4, 12.5, 2.7]), np.array([10.0, 4.4, -5.5, 3.6])
    average, pairs = losses.relativistic_average(), losses.relativistic()
    assert np.mean(average.generator(real, fake)) == pytest.approx(4.9401135, abs=1e-5)
    assert np.mean(average.discriminator(real, fake)) == pytest.approx(4.390114, abs=1e-5)
    # log(1 + exp(real - fake)) and log(1 + exp(fake - real)) of each pair, and their means.
    assert np.mean(pairs.generator(real, fake)) == pytest.approx(4.5898275, abs=1e-5)
    assert np.mean(pairs.discriminator(real, fake)) == pytest.approx(4.3148275, abs=1e-5)
