"""A small GAN on points, and a few of its steps."""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN


def model(shape=(2,), classes=None):
    keras.utils.set_random_seed(0)
    latent = keras.Input((2,), name="latent")
    data = keras.Input(shape, name="data")
    inputs = {"latent": latent}
    if classes:
        inputs["label"] = keras.Input((), dtype="int32", name="label")
    made = keras.layers.Reshape(shape)(keras.layers.Dense(int(np.prod(shape)))(latent))
    gan = GAN(
        keras.Model(inputs, made),
        keras.Model({"data": data}, keras.layers.Dense(1)(keras.layers.Flatten()(data))),
        prior=priors.Normal(2),
        classes=classes,
    )
    gan.compile(
        loss=losses.non_saturating(),
        optimizers={p: keras.optimizers.SGD(0.01) for p in ("generator", "discriminator")},
    )
    return gan


def points(bad_from=None):
    """Batches of 4 points; those from number `bad_from` on are NaN."""

    def batch(number):
        value = tf.random.stateless_normal([4, 2], tf.stack([number, 0]))
        bad = False if bad_from is None else number >= bad_from
        return {"data": tf.where(bad, np.nan, value)}

    return tf.data.Dataset.counter().map(batch)


def fit(gan, steps, *watchers, data=None):
    gan.fit(
        data or points(), steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=list(watchers)
    )
