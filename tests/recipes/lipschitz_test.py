"""What keeps a critic's slope in bounds holds in trained models, not only in single layers."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, recipes
from tfgan.data import DataSpec

SPECTRAL = layers.SpectralNormalization


def trained(name, steps, **settings):
    """A small model of a recipe after some steps on random images."""
    recipe = recipes.find(name).recipe(batch_size=8, width=4, latent_dim=4, **settings)
    keras.utils.set_random_seed(0)
    model = recipe.build(DataSpec((8, 8, 1), "images"), 0)
    count = 8 * model.discriminator_steps
    batches = tf.data.Dataset.counter().map(
        lambda n: {"data": tf.cast(random_bytes(n, count), tf.uint8)}
    )
    model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
    return model


def random_bytes(number, count):
    seed = tf.stack([number, 0])
    return tf.random.stateless_uniform([count, 8, 8, 1], seed, 0, 256, tf.int32)


@pytest.mark.second_stage("recipes")
def test_every_spectrally_normalized_kernel_of_sngan_has_norm_1_after_training():
    # One power iteration a step lags behind a kernel that moves; as the learning rate falls to 0,
    # and over 100 steps at 0, it catches up.
    model = trained("sngan", steps=160, decay_steps=60)
    found = [layer for layer in model.discriminator.layers if isinstance(layer, SPECTRAL)]
    assert len(found) >= 8
    for layer in found:
        effective = np.array(layer.normalized_kernel()).reshape(-1, layer.kernel.shape[-1])
        largest = np.linalg.svd(effective, compute_uv=False)[0]
        assert abs(largest - 1.0) < 1e-3, layer.name
        raw = np.array(layer.kernel).reshape(effective.shape)
        np.testing.assert_allclose(
            effective * np.linalg.svd(raw, compute_uv=False)[0], raw, rtol=2e-3, atol=1e-6
        )


def test_every_weight_of_wgans_critic_stays_within_the_clip_after_training():
    model = trained("wgan", steps=3, discriminator_steps=1, clip=0.01, learning_rate=0.01)
    for variable in model.discriminator.trainable_variables:
        assert np.abs(np.array(variable)).max() <= 0.01 + 1e-9, variable.path
    kernels = [v for v in model.discriminator.trainable_variables if v.name == "kernel"]
    assert max(np.abs(np.array(v)).max() for v in kernels) > 0.0099  # it did have to be clipped
