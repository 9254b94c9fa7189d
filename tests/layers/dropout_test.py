"""Dropout: its numbers, and where they come from."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, rng

SEED = rng.stream(0, 0, "test")


def dropped(layer, x, seed=SEED):
    with rng.layer_seeds(seed):
        return np.asarray(layer(x, training=True))


def test_kept_numbers_are_scaled_and_the_rest_are_zero():
    out = dropped(layers.Dropout(0.2, name="d"), tf.ones((100, 100)))
    np.testing.assert_allclose(np.unique(out), [0.0, 1.25])
    # The share of zeros has a standard deviation of sqrt(0.2 * 0.8 / 10,000) = 0.004.
    assert np.mean(out == 0.0) == pytest.approx(0.2, abs=0.016)


def test_nothing_happens_outside_training():
    x = tf.random.stateless_normal((4, 3), [0, 1])
    np.testing.assert_array_equal(layers.Dropout(0.5, name="d")(x, training=False), x)


def test_training_without_seeds_is_an_error():
    with pytest.raises(RuntimeError, match="'d' draws random numbers"):
        layers.Dropout(0.5, name="d")(tf.ones((2, 2)), training=True)


def test_noise_depends_on_the_seed_and_the_name_alone():
    x = tf.ones((8, 8))
    first = dropped(layers.Dropout(0.5, name="a"), x)
    np.testing.assert_array_equal(first, dropped(layers.Dropout(0.5, name="a"), x))
    assert (first != dropped(layers.Dropout(0.5, name="b"), x)).any()
    other = rng.stream(0, 1, "test")
    assert (first != dropped(layers.Dropout(0.5, name="a"), x, other)).any()


def test_replicas_drop_what_one_device_would(two_replicas):
    layer = layers.Dropout(0.5, name="d")
    whole = dropped(layer, tf.ones((4, 6)))
    result = two_replicas.run(lambda: layer_call(layer, tf.ones((2, 6))))
    np.testing.assert_array_equal(np.concatenate([v.numpy() for v in result.values]), whole)


def layer_call(layer, x):
    with rng.layer_seeds(SEED):
        return layer(x, training=True)


def test_bfloat16_stays_bfloat16():
    layer = layers.Dropout(0.5, name="d", dtype="mixed_bfloat16")
    with rng.layer_seeds(SEED):
        assert layer(tf.ones((2, 2)), training=True).dtype == tf.bfloat16


@pytest.mark.parametrize("rate", [-0.1, 1.0])
def test_a_rate_out_of_range_is_refused(rate):
    with pytest.raises(ValueError, match=r"rate must be in \[0, 1\)"):
        layers.Dropout(rate)


def test_config_makes_the_layer_again():
    config = keras.saving.serialize_keras_object(layers.Dropout(0.3, name="d"))
    again = keras.saving.deserialize_keras_object(config)
    assert (again.rate, again.name) == (0.3, "d")
