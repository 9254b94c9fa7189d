"""Gaussian noise: its size, and where its numbers come from."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, rng

SEED = rng.stream(0, 0, "test")


def noisy(layer, x, seed=SEED):
    with rng.layer_seeds(seed):
        return np.asarray(layer(x, training=True))


def test_noise_of_the_deviation_is_added():
    noise = noisy(layers.GaussianNoise(0.3, name="n"), tf.fill((100, 100), 5.0)) - 5.0
    # Of 10,000 numbers: the mean has the deviation 0.003, the deviation one of 0.0021.
    assert abs(noise.mean()) < 0.012
    assert noise.std() == pytest.approx(0.3, abs=0.009)


def test_nothing_happens_outside_training():
    x = tf.random.stateless_normal((4, 3), [0, 1])
    np.testing.assert_array_equal(layers.GaussianNoise(0.5, name="n")(x, training=False), x)


def test_training_without_seeds_is_an_error():
    with pytest.raises(RuntimeError, match="'n' draws random numbers"):
        layers.GaussianNoise(0.5, name="n")(tf.ones((2, 2)), training=True)


def test_replicas_add_what_one_device_would(two_replicas):
    layer = layers.GaussianNoise(0.5, name="n")
    whole = noisy(layer, tf.ones((4, 6)))

    def call():
        with rng.layer_seeds(SEED):
            return layer(tf.ones((2, 6)), training=True)

    parts = two_replicas.run(call).values
    np.testing.assert_array_equal(np.concatenate([part.numpy() for part in parts]), whole)


def test_bfloat16_stays_bfloat16():
    layer = layers.GaussianNoise(0.5, name="n", dtype="mixed_bfloat16")
    with rng.layer_seeds(SEED):
        assert layer(tf.ones((2, 2)), training=True).dtype == tf.bfloat16


def test_a_negative_deviation_is_refused():
    with pytest.raises(ValueError, match="deviation must be 0 or more; received -0.1"):
        layers.GaussianNoise(-0.1)


def test_config_makes_the_layer_again():
    config = keras.saving.serialize_keras_object(layers.GaussianNoise(0.3, name="n"))
    again = keras.saving.deserialize_keras_object(config)
    assert (again.deviation, again.name) == (0.3, "n")
