"""Instance normalization against Keras' group normalization."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers


def images(*shape, scale=1.0):
    return scale * tf.random.stateless_normal(shape, [0, 1]) + 3.0


@pytest.mark.parametrize("affine", [False, True])
@pytest.mark.parametrize("shape", [(2, 5, 7, 3), (1, 2, 2, 4), (3, 2, 4, 4, 2)], ids=str)
def test_it_is_keras_group_normalization_with_a_group_per_channel(shape, affine):
    ours = layers.InstanceNormalization(affine)
    theirs = keras.layers.GroupNormalization(-1, epsilon=1e-5, center=affine, scale=affine)
    x = images(*shape)
    for layer in (ours, theirs):
        layer.build(shape)
        layer.set_weights([np.linspace(0.5, 2.0, shape[-1])] * (2 * affine))
    np.testing.assert_allclose(ours(x), theirs(x), rtol=1e-4, atol=1e-5)


def test_each_channel_of_each_example_has_mean_0_and_variance_1():
    y = layers.InstanceNormalization()(images(4, 8, 8, 3, scale=50.0)).numpy()
    np.testing.assert_allclose(y.mean(axis=(1, 2)), 0.0, atol=1e-5)
    np.testing.assert_allclose(y.var(axis=(1, 2)), 1.0, atol=1e-5)


def test_a_map_of_one_place_becomes_0():
    assert not np.any(layers.InstanceNormalization()(images(2, 1, 1, 5)))


def test_half_precision_is_normalized_in_float32():
    x = tf.cast(images(2, 16, 16, 3, scale=200.0), tf.float16)  # squares above float16's range
    y = layers.InstanceNormalization(dtype="float16")(x)
    assert y.dtype == tf.float16
    wanted = layers.InstanceNormalization()(tf.cast(x, tf.float32))
    np.testing.assert_allclose(y, wanted, atol=2e-3)


@pytest.mark.parametrize("affine", [False, True])
def test_a_copy_from_its_config_is_the_same(affine):
    layer = layers.InstanceNormalization(affine, name="norm")
    layer.build((None, 4, 4, 3))
    copy = layers.InstanceNormalization.from_config(layer.get_config())
    assert copy.get_config() == layer.get_config()
    assert (copy.epsilon, copy.scale, copy.center) == (1e-5, affine, affine)
