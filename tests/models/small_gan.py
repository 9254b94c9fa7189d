"""A small GAN on points of the plane, and what its tests ask of it."""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, priors, rng
from tfgan.models import GAN


def generator(classes=None, size=2):
    latent = keras.Input((3,), name="latent")
    inputs, hidden = {"latent": latent}, latent
    if classes:
        inputs["label"] = keras.Input((), dtype="int32", name="label")
        embedded = keras.layers.Embedding(classes, 4)(inputs["label"])
        hidden = keras.layers.Concatenate()([latent, embedded])
    hidden = keras.layers.Dense(8, activation="tanh")(hidden)
    return keras.Model(inputs, keras.layers.Dense(size)(hidden))


def discriminator(classes=None, size=2):
    data = keras.Input((size,), name="data")
    inputs, hidden = {"data": data}, data
    if classes:
        inputs["label"] = keras.Input((), dtype="int32", name="label")
        embedded = keras.layers.Embedding(classes, 4)(inputs["label"])
        hidden = keras.layers.Concatenate()([data, embedded])
    hidden = keras.layers.Dense(8, activation="tanh")(hidden)
    return keras.Model(inputs, keras.layers.Dense(1)(hidden))


def sgd(**rates):
    return {player: keras.optimizers.SGD(rate) for player, rate in rates.items()}


def gan(classes=None, rate=0.1, **arguments):
    keras.utils.set_random_seed(1)
    model = GAN(generator(classes), discriminator(classes), prior=priors.Normal(3), classes=classes)
    model.compile(
        **{
            "loss": losses.non_saturating(),
            "optimizers": sgd(generator=rate, discriminator=rate),
            **arguments,
        }
    )
    return model


def batch(count=8, seed=0):
    return {"data": tf.random.stateless_normal([count, 2], [seed, 0])}


def weights(network):
    return [np.array(value) for value in network.get_weights()]


def distance(before, after):
    return max(np.abs(a - b).max() for a, b in zip(before, after, strict=True))


def recording(data):
    """Losses that do what non-saturating ones do and note the logits that they were given."""
    pair = losses.non_saturating()

    def discriminator_loss(real, fake):
        data.append(("discriminator", real, fake))
        return pair.discriminator(real, fake)

    def generator_loss(real, fake):
        data.append(("generator", real, fake))
        return pair.generator(real, fake)

    return losses.AdversarialLoss(discriminator_loss, generator_loss)


def latent_seed(model):
    """The seed of the discriminator's latents in step 0."""
    return rng.stream(model.seed, 0, "latent, turn 0")
