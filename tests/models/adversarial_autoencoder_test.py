"""What an adversarial autoencoder says about likelihoods and images."""

import keras
import numpy as np
import pytest

from tfgan import priors
from tfgan.models import AdversarialAutoencoder
from tfgan.networks import autoencoder


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    sizes = {"latent": 2}
    made = AdversarialAutoencoder(
        autoencoder.encoder((8, 8, 1), sizes, widths=(4,)),
        autoencoder.decoder((8, 8, 1), sizes, widths=(4,)),
        autoencoder.discriminator(sizes, widths=(4,)),
        prior=priors.Normal(2),
    )
    made.compile("non_saturating", "sgd")
    return made


def test_it_has_no_likelihood_and_says_what_there_is(model):
    with pytest.raises(ValueError, match="discriminator does not give the .*--metrics=parzen"):
        model.log_prob(np.zeros((1, 8, 8, 1), np.uint8))


def test_images_are_encoded_from_the_range_minus_one_to_one(model):
    image = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 1), np.uint8)
    wanted = model.average_encoder({"data": (image / 127.5 - 1.0).astype(np.float32)})["latent"]
    np.testing.assert_allclose(model.encode(image), wanted, atol=1e-5)


def test_samples_are_uint8_images_of_decoded_draws(model):
    made = model.sample(4)
    assert made["data"].dtype == np.uint8 and made["data"].shape == (4, 8, 8, 1)
    assert set(made) == {"data"}
