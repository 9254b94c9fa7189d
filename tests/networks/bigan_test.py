"""The networks of pairs: what depends on what, and parameters counted by hand."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan.networks import bigan

SHAPE, LATENT = (8, 8, 1), 5
DATA = tf.random.stateless_uniform((4, *SHAPE), [0, 1], -1.0, 1.0)
Z = tf.random.stateless_normal((4, LATENT), [0, 2])


def small(build):
    keras.utils.set_random_seed(0)
    return build(SHAPE, LATENT, width=2)


def test_data_depend_on_the_latent_alone_and_the_code_on_the_data_alone():
    model = small(bigan.generator)
    outputs = model({"latent": Z, "data": DATA})
    of_z = model({"latent": Z + 1.0, "data": DATA})
    of_data = model({"latent": Z, "data": DATA[::-1]})
    np.testing.assert_array_equal(of_z["latent"], outputs["latent"])
    np.testing.assert_array_equal(of_data["data"], outputs["data"])
    assert np.abs(of_z["data"] - outputs["data"]).max() > 1e-6
    np.testing.assert_allclose(of_data["latent"], outputs["latent"][::-1], atol=1e-6)
    assert outputs["data"].shape == DATA.shape and outputs["latent"].shape == Z.shape


def test_the_logits_depend_on_both_halves_of_a_pair():
    model = small(bigan.discriminator)
    logits = model({"data": DATA, "latent": Z})
    assert logits.shape == (4, 1) and logits.dtype == tf.float32
    for other in ({"data": DATA[::-1], "latent": Z}, {"data": DATA, "latent": Z[::-1]}):
        assert np.abs(model(other) - logits).max() > 1e-6


def test_the_networks_have_the_layers_of_dcgan():
    generator = bigan.generator((28, 28, 1), 50, width=32)
    # Weights, and 4 numbers per normalized channel.
    decoder = 50 * 7 * 7 * 64 + 4 * 64 + 16 * 64 * 32 + 4 * 32 + 16 * 32 + 1
    encoder = 16 * 32 + 32 + 16 * 32 * 64 + 4 * 64 + 7 * 7 * 64 * 50 + 50
    assert generator.count_params() == decoder + encoder
    discriminator = bigan.discriminator((28, 28, 1), 50, width=32, dense_width=256)
    maps = 16 * 32 + 32 + 16 * 32 * 64 + 64 + 2 * 64
    dense = 50 * 256 + (7 * 7 * 64 + 256) * 256 + 256 * 256 + 3 * 256 + 257
    assert discriminator.count_params() == maps + dense


def test_sides_that_cannot_be_halved_twice_are_refused():
    with pytest.raises(ValueError, match="bigan needs a height and width that are multiples"):
        bigan.discriminator((30, 28, 1), 5)
