"""Every likelihood p(x|z) serves the VAE and the adversarial autoencoder alike."""

import itertools
import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import modalities, priors
from tfgan.models import (
    VAE,
    AdversarialAutoencoder,
    AutoregressivePixels,
    BernoulliPixels,
    SquaredError,
)
from tfgan.networks import autoencoder, pixelcnn, pixelgan, vae

SHAPE = (4, 4, 1)
IMAGES = np.random.default_rng(0).integers(0, 256, (6, *SHAPE), np.uint8)
SIZES = {"latent": 2}


def of_features():
    network = pixelcnn.plain(SHAPE, width=4, depth=1, kernel_size=3, features=3)
    return vae.dense_decoder((4, 4, 3), 2, widths=(8,)), AutoregressivePixels(network)


def of_codes():
    decoder = pixelgan.decoder(SHAPE, SIZES, width=4, depth=1, kernel_size=3, features=4)
    return decoder, AutoregressivePixels(cached_sampler=pixelgan.cached_sampler)


def at_once(likelihood):
    return vae.dense_decoder(SHAPE, 2, widths=(8,)), likelihood


LIKELIHOODS = {
    "squared error": lambda: at_once(SquaredError()),
    "Bernoulli": lambda: at_once(BernoulliPixels()),
    "features": of_features,
    "codes": of_codes,
}


def a_vae(decoder, likelihood):
    encoder = vae.dense_encoder(SHAPE, 2, widths=(8,))
    return VAE(encoder, decoder, likelihood=likelihood, bound_samples=3)


def an_aae(decoder, likelihood):
    networks = autoencoder.encoder(SHAPE, SIZES, widths=(8,)), decoder
    judge = autoencoder.discriminator(SIZES, widths=(8,))
    return AdversarialAutoencoder(*networks, judge, prior=priors.Normal(2), likelihood=likelihood)


def made(make, name):
    keras.utils.set_random_seed(0)
    model = make(*LIKELIHOODS[name]())
    arguments = ("adam",) if make is a_vae else ("non_saturating", "adam")
    model.compile(*arguments, average_half_life=8.0, run_eagerly=True)
    return model


@pytest.mark.parametrize("name", LIKELIHOODS)
@pytest.mark.parametrize("make", [a_vae, an_aae])
def test_each_model_learns_under_each_likelihood(make, name):
    model = made(make, name)
    data = np.repeat(np.where(np.arange(16).reshape(SHAPE) % 3 == 0, 255, 0)[None], 8, axis=0)
    before = [np.array(w) for w in model.coder_variables]
    history = model.fit(data.astype(np.uint8), batch_size=8, epochs=12, shuffle=False, verbose=0)
    figures = history.history["reconstruction"]
    assert figures[-1] < figures[0] and np.isfinite(figures).all()
    for was, variable in zip(before, model.coder_variables, strict=True):
        assert np.any(was != np.array(variable)), variable.path


@pytest.mark.parametrize("name", LIKELIHOODS)
@pytest.mark.parametrize("make", [a_vae, an_aae])
def test_samples_and_codes_have_their_shapes_and_pixels_their_passes(make, name):
    model = made(make, name)
    sample = model.sample(3, seed=1)["data"]
    assert sample.shape == (3, *SHAPE) and sample.dtype == np.uint8
    np.testing.assert_array_equal(sample[1:], model.sample(2, seed=1, start=1)["data"])
    assert model.encode(IMAGES).shape == (6, 2)
    is_drawn = name in ("features", "codes")
    assert model.sampling_steps == (16 if is_drawn else 1)
    assert (model.sampling_network() is None) == is_drawn
    if is_drawn:
        assert set(np.unique(sample)) <= {0, 255}


@pytest.mark.parametrize(
    ("name", "make"), zip(LIKELIHOODS, itertools.cycle([a_vae, an_aae]), strict=False)
)
def test_a_model_comes_back_from_its_keras_file(name, make, tmp_path):
    model = made(make, name)
    model.fit(IMAGES, batch_size=6, verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert type(loaded.likelihood) is type(model.likelihood)
    for one, other in zip(model.averaged, loaded.averaged, strict=True):
        for a, b in zip(one[0].weights, other[0].weights, strict=True):
            np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(model.sample(2)["data"], loaded.sample(2)["data"])


def test_the_bound_of_a_squared_error_is_that_of_a_normal_density():
    """A decoder that ignores z, and an encoder of the prior: the bound is log N(x; d, I) itself."""
    model = made(a_vae, "squared error")
    for network in (model.encoder, model.decoder):
        network.set_weights([np.zeros_like(each) for each in network.get_weights()])
    x = IMAGES.reshape(6, 16) / 127.5 - 1.0
    wanted = -0.5 * np.sum(x**2, axis=1) - 8.0 * math.log(2.0 * math.pi)
    found = model.log_prob(IMAGES)
    assert found.kind == "lower bound"
    np.testing.assert_allclose(found.nats, wanted, rtol=1e-5)


def test_reconstruction_is_half_the_squared_error_in_the_range_of_the_networks():
    likelihood, decoder = SquaredError(), vae.dense_decoder(SHAPE, 2, widths=())
    decoder.set_weights([np.zeros_like(each) for each in decoder.get_weights()])
    x = likelihood.observe(tf.constant(IMAGES), modalities.of_shape(SHAPE), None)
    found = likelihood.log_prob([decoder], {"latent": tf.zeros((6, 2))}, x, training=False)
    wanted = -0.5 * np.sum((IMAGES / 127.5 - 1.0) ** 2, axis=(1, 2, 3))
    np.testing.assert_allclose(found, wanted, rtol=1e-5)


def test_networks_that_do_not_fit_their_likelihood_are_refused():
    network = pixelcnn.plain(SHAPE, width=4, depth=1, kernel_size=3, features=3)
    decoder = vae.dense_decoder((4, 4, 5), 2)
    with pytest.raises(ValueError, match=r"decoder gives \(4, 4, 5\) .* takes \(4, 4, 3\)"):
        a_vae(decoder, AutoregressivePixels(network))
    with pytest.raises(ValueError, match="takes no features"):
        a_vae(decoder, AutoregressivePixels(pixelcnn.plain(SHAPE, width=4, depth=1, kernel_size=3)))
    with pytest.raises(ValueError, match="decoder must give logits of shape"):
        a_vae(decoder, AutoregressivePixels())
    with pytest.raises(ValueError, match="decoder takes no latent"):
        a_vae(pixelcnn.plain(SHAPE, width=4, depth=1, kernel_size=3), BernoulliPixels())


def test_pixels_that_are_drawn_have_no_expected_image():
    with pytest.raises(ValueError, match="Autoregressive pixels have no generate"):
        made(a_vae, "features").generate({"latent": np.zeros((1, 2), np.float32)})
