"""The first layer of real networks."""

import keras
import numpy as np
import pytest

from tfgan.latents import first_layer
from tfgan.networks import dcgan, mlp


def first_dense(network):
    return next(layer for layer in network.layers if isinstance(layer, keras.layers.Dense))


def test_the_kernel_of_dcgan_is_that_of_its_dense_layer():
    network = dcgan.generator((8, 8, 1), 6, width=4)
    expected = first_dense(network).get_weights()[0]
    np.testing.assert_allclose(first_layer.kernel(network, "latent"), expected, atol=1e-6)


def test_the_rows_of_a_label_are_left_out():
    network = dcgan.generator((8, 8, 1), 6, classes=3, width=4)
    expected = first_dense(network).get_weights()[0][:6]
    np.testing.assert_allclose(first_layer.kernel(network, "latent"), expected, atol=1e-6)


def test_an_activation_of_the_layer_itself_is_left_out():
    latent = keras.Input((3,), name="latent")
    hidden = keras.layers.Dense(5, "relu", bias_initializer="ones", name="first")(latent)
    network = keras.Model({"latent": latent}, keras.layers.Dense(2)(hidden))
    kernel, bias = network.get_layer("first").get_weights()
    np.testing.assert_allclose(first_layer.kernel(network, "latent"), kernel, atol=1e-6)
    z = np.random.default_rng(0).normal(size=(7, 3)).astype(np.float32)
    activations = first_layer.activation_network(network, "latent")({"latent": z})
    np.testing.assert_allclose(activations, np.maximum(z @ kernel + bias, 0.0), atol=1e-6)


def test_the_layer_is_the_first_behind_the_latents():
    latent, other = keras.Input((3,), name="latent"), keras.Input((2,), name="other")
    beside = keras.layers.Dense(4, name="beside")(other)
    hidden = keras.layers.Dense(4, name="behind")(keras.layers.Rescaling(2.0)(latent))
    network = keras.Model({"latent": latent, "other": other}, keras.layers.Add()([beside, hidden]))
    kernel = network.get_layer("behind").get_weights()[0]
    np.testing.assert_allclose(first_layer.kernel(network, "latent"), 2.0 * kernel, atol=1e-6)


def test_activations_are_those_behind_the_normalization():
    network = mlp.generator((2,), 3, widths=(5, 5))
    z = np.random.default_rng(0).normal(size=(7, 3)).astype(np.float32)
    activations = np.asarray(first_layer.activation_network(network, "latent")({"latent": z}))
    kernel, bias = first_dense(network).get_weights()
    np.testing.assert_allclose(activations, np.maximum(z @ kernel + bias, 0.0), atol=1e-6)
    deep = first_layer.activation_network(dcgan.generator((8, 8, 1), 6, width=4), "latent")
    assert np.asarray(deep({"latent": np.ones((1, 6), np.float32)})).min() == 0.0


def test_a_network_without_the_input_or_a_kernel_is_refused():
    latent = keras.Input((3,), name="latent")
    bare = keras.Model({"latent": latent}, keras.layers.Rescaling(2.0)(latent))
    with pytest.raises(ValueError, match="must have a layer with a kernel behind latent"):
        first_layer.kernel(bare, "latent")
    with pytest.raises(ValueError, match="an input of the generator, latent; received 'code'"):
        first_layer.kernel(bare, "code")
