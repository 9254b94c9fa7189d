"""The smallest game, for tests of what happens around one."""

import keras

from tfgan import priors
from tfgan.models import GAN


def linear_gan():
    """A compiled GAN of two dense layers on points of the plane; one seed, one set of weights."""
    keras.utils.set_random_seed(0)
    latent, data = keras.Input((2,), name="latent"), keras.Input((2,), name="data")
    gan = GAN(
        keras.Model({"latent": latent}, keras.layers.Dense(2)(latent)),
        keras.Model({"data": data}, keras.layers.Dense(1)(data)),
        prior=priors.Normal(2),
    )
    gan.compile("non_saturating", "sgd")
    return gan
