"""The running average follows its formula, statistics of batch normalization included."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers
from tfgan.models import ema, mixed_precision


def network():
    x = keras.Input((3,))
    return keras.Model(x, keras.layers.BatchNormalization()(keras.layers.Dense(2)(x)))


def filled(model, value):
    model.set_weights([np.full(weight.shape, value) for weight in model.get_weights()])
    return model


def test_a_copy_starts_equal_is_separate_and_is_never_trained():
    original = network()
    copy = ema.averaged_copy(original)
    for a, b in zip(original.get_weights(), copy.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    filled(original, 7.0)
    assert all((weight != 7.0).any() for weight in copy.get_weights())
    assert copy.trainable_variables == []


def test_a_copy_computes_in_float32_whatever_the_network_does():
    with mixed_precision.computing_in("bfloat16"):
        label = keras.Input((), dtype="int32")
        half = keras.Model(label, keras.layers.Dense(2)(keras.layers.Embedding(3, 4)(label)))
    copy = ema.averaged_copy(half)
    assert {layer.compute_dtype for layer in copy.layers[1:]} == {"float32"}
    assert copy.inputs[0].dtype == "int32"
    table, kernel, bias = half.get_weights()
    np.testing.assert_allclose(copy(tf.range(3)), table @ kernel + bias, rtol=1e-5)


@pytest.mark.parametrize(("examples", "left"), [(100, 0.5), (200, 0.25), (50, 0.5**0.5)])
def test_after_a_half_life_half_of_the_old_value_is_left(examples, left):
    mean, original = filled(network(), 1.0), filled(network(), 0.0)
    ema.update(
        mean, original, half_life=100.0, batch_size=examples, step=tf.constant(10**6, tf.int64)
    )
    for weight in mean.get_weights():  # kernel, bias, gamma, beta and both moving statistics
        np.testing.assert_allclose(weight, left, rtol=1e-5)


def test_early_on_the_half_life_is_a_tenth_of_the_examples_seen():
    mean, original = filled(network(), 1.0), filled(network(), 0.0)
    ema.update(
        mean, original, half_life=1e9, batch_size=8, step=tf.constant(20, tf.int64)
    )  # 160 examples seen: a half-life of 16, of which the batch is a half
    np.testing.assert_allclose(mean.get_weights()[0], 0.5**0.5, rtol=1e-5)


def test_the_first_update_copies():
    mean, original = filled(network(), 1.0), filled(network(), 3.0)
    ema.update(mean, original, half_life=1e9, batch_size=8, step=tf.constant(0, tf.int64))
    np.testing.assert_array_equal(mean.get_weights()[0], 3.0)


def test_the_average_of_a_spectrally_normalized_kernel_is_normalized_too():
    """Its singular vectors are those of the mean kernel, not the mean of the vectors."""
    keras.utils.set_random_seed(1)
    x = keras.Input((6,))
    layer = layers.spectrally_normalized(keras.layers.Dense)(5, use_bias=False)
    original = keras.Model(x, layer(x))
    mean = ema.averaged_copy(original)
    random = np.random.default_rng(0)
    for step in range(30):
        layer.kernel.assign(layer.kernel + 0.05 * random.normal(size=(6, 5)))
        layers.power_iteration(original)
        ema.update(mean, original, half_life=40.0, batch_size=8, step=tf.constant(1000 + step))
    [average] = [each for each in mean.layers if isinstance(each, layers.SpectralNormalization)]
    assert np.linalg.norm(average.normalized_kernel(), 2) == pytest.approx(1.0, abs=2e-3)
    assert np.linalg.norm(average.u) == pytest.approx(1.0, abs=1e-6)


def test_a_half_life_that_is_a_function_of_the_step_has_no_ramp():
    """At step 2, 8 examples: half-life 4 for 4 examples leaves one half; a tenth would be .8."""
    mean, original = filled(network(), 1.0), filled(network(), 0.0)
    step = tf.constant(2, tf.int64)
    ema.update(mean, original, half_life=lambda step: 2 * step, batch_size=4, step=step)
    for weight in mean.get_weights():
        np.testing.assert_allclose(weight, 0.5, rtol=1e-6)
    ema.update(mean, original, half_life=lambda step: 0.0 * tf.cast(step, "float32"),
               batch_size=4, step=step)  # fmt: skip
    for weight in mean.get_weights():
        np.testing.assert_array_equal(weight, 0.0)
