"""Standing statistics are the moments of hand-run batches, of the weights that samples use."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors, rng
from tfgan.models import GAN, standing_statistics
from tfgan.networks import mlp


def trained(generator, discriminator, prior, **arguments):
    model = GAN(generator, discriminator, prior=prior, **arguments)
    optimizers = {name: keras.optimizers.SGD(0.1) for name in ("generator", "discriminator")}
    model.compile(losses.hinge(), optimizers, run_eagerly=True, average_half_life=8.0)
    model.step.assign(1)  # before the first step an average that differs is stale
    return model


@pytest.fixture
def points():
    """z -> batch normalization of z, so that moments are those of latents."""
    latent = keras.Input((3,), name="latent")
    norm = keras.layers.BatchNormalization(center=False, scale=False)
    generator = keras.Model({"latent": latent}, norm(latent))
    return trained(generator, mlp.discriminator((3,), widths=(4,)), priors.Normal(3))


def norm_of(model):
    return model.sampling_network().layers[-1]


def test_the_moments_are_those_of_the_truncated_prior(points):
    assert standing_statistics.recompute(points, truncation=0.5, passes=20, batch_size=200) == 1
    # The variance of a normal that is cut at 1/2: 1 - 2 t phi(t) / erf(t / sqrt 2) = .0805.
    np.testing.assert_allclose(norm_of(points).moving_mean, np.zeros(3), atol=0.02)
    np.testing.assert_allclose(norm_of(points).moving_variance, np.full(3, 0.0805), rtol=0.05)


def test_they_are_means_over_batches_of_their_means_and_variances(points):
    standing_statistics.recompute(points, passes=3, batch_size=4, seed=5)
    numbers = rng.fold(rng.stream(5, 0, "standing statistics"), tf.range(12))
    rows = points.latents(numbers)["latent"].numpy().reshape(3, 4, 3)
    norm = norm_of(points)
    np.testing.assert_allclose(norm.moving_mean, rows.mean(axis=1).mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(norm.moving_variance, rows.var(axis=1).mean(axis=0), rtol=1e-5)


def test_the_average_changes_and_the_network_in_training_does_not(points):
    before = points.generator.get_weights()
    norm = norm_of(points)
    kept = norm.trainable, norm.momentum
    standing_statistics.recompute(points, passes=1, batch_size=8)
    for one, other in zip(before, points.generator.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert np.any(np.asarray(norm.moving_mean) != 0.0)
    assert (norm.trainable, norm.momentum) == kept


def test_labels_are_drawn_equally_often_and_samples_change():
    inputs = {"latent": keras.Input((3,), name="latent"), "label": label_input()}
    label = keras.layers.CategoryEncoding(3, output_mode="one_hot")(inputs["label"])
    norm = keras.layers.BatchNormalization(center=False, scale=False)
    generator = keras.Model(inputs, norm(label) + 0.0 * inputs["latent"])
    discriminator = mlp.discriminator((3,), classes=3, widths=(4,))
    model = trained(generator, discriminator, priors.Normal(3), classes=3)
    before = model.sample(4)["data"]
    assert standing_statistics.recompute(model, passes=8, batch_size=250) == 1
    [layer] = [x for x in model.average.layers if isinstance(x, type(norm))]
    np.testing.assert_allclose(layer.moving_mean, np.full(3, 1 / 3), atol=0.04)
    assert np.all(before != model.sample(4)["data"])


def label_input():
    return keras.Input((), dtype="int32", name="label")


def test_arguments_out_of_range_are_refused(points):
    with pytest.raises(ValueError, match="passes must be 1 or more .*; received 0 and 64"):
        standing_statistics.recompute(points, passes=0)
    with pytest.raises(ValueError, match="truncation|threshold"):
        standing_statistics.recompute(points, truncation=-1.0)


def test_a_network_without_batch_normalization_is_refused():
    plain = trained(
        mlp.generator((3,), 3, widths=(4,)), mlp.discriminator((3,), widths=(4,)), priors.Normal(3)
    )
    with pytest.raises(ValueError, match="has no batch normalization"):
        standing_statistics.recompute(plain)
