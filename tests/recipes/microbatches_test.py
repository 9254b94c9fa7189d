"""A step in microbatches is that of the whole batch, or is refused by the layer's name."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, recipes

from .tiny import batch, covering, descending, state

TAKING = {
    *("aae", "aae_categories", "gan", "made", "mixture", "pixelcnn", "pixelvae", "rbm"),
    *("text_wgan_gp", "vae", "pix2pix", "cyclegan", "cut", "gat", "r3gan"),
}


def step(model, data):
    """A step operation by operation; in graphs: tests/models/microbatches_test.py."""
    return model.train_step({name: tf.constant(rows) for name, rows in data.items()})


@pytest.mark.parametrize("name", covering())
def test_a_step_in_parts_is_that_of_the_whole_batch_or_refused(name):
    fewest = {"discriminator_steps": 1} if "discriminator_steps" in recipes.parameters(name) else {}
    if "pool_size" in recipes.parameters(name):
        fewest["pool_size"] = 0  # a pool refuses parts, see tests/models/image_pool_test.py
    whole, parted = descending(name, **fewest), descending(name, **fewest)
    mixing = [
        layer
        for network in parted.networks.values()
        for layer in layers.iterate_layers(network)
        if isinstance(layer, keras.layers.BatchNormalization | layers.Styles)
    ]
    assert (name in TAKING) == (not mixing)
    if mixing:
        kind = type(mixing[0]).__name__
        with pytest.raises(ValueError, match=rf"The layer {mixing[0].name} \({kind}"):
            parted.microbatches = 2
        return
    parted.microbatches = 2
    data = batch(name, whole)
    logs = [step(model, data) for model in (whole, parted)]
    for one, other in zip(state(whole), state(parted), strict=True):
        np.testing.assert_allclose(other, one, atol=1e-6, rtol=1e-6)
    for figure, value in logs[0].items():
        np.testing.assert_allclose(logs[1][figure], value, rtol=1e-5, atol=1e-5, err_msg=figure)
