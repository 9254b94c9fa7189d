"""A game of points whose adversarial loss moves nobody."""

import keras
import numpy as np
import tensorflow as tf

from tfgan import losses, priors, terms
from tfgan.models import GAN


def generator(conditions=(), size=2, width=8):
    """(latent, conditions) -> points; a label is embedded, other conditions are points."""
    inputs = {"latent": keras.Input((3,), name="latent")}
    parts = [inputs["latent"]]
    for name in conditions:
        is_label = name == "label"
        inputs[name] = keras.Input(() if is_label else (2,), name=name,
                                   dtype="int32" if is_label else "float32")  # fmt: skip
        parts.append(keras.layers.Embedding(3, 4)(inputs[name]) if is_label else inputs[name])
    hidden = keras.layers.Concatenate()(parts) if len(parts) > 1 else parts[0]
    hidden = keras.layers.Dense(width, activation="relu")(hidden)
    return keras.Model(inputs, keras.layers.Dense(size)(hidden))


def discriminator(width=8):
    """Points -> logits, features and a logit per class."""
    data = keras.Input((2,), name="data")
    features = keras.layers.Dense(width, activation="relu")(data)
    outputs = {
        "logits": keras.layers.Dense(1)(features),
        "features": features,
        "label": keras.layers.Dense(3)(features),
    }
    return keras.Model({"data": data}, outputs)


def silent():
    """An adversarial loss that moves nobody."""
    return losses.AdversarialLoss(
        lambda real, fake: 0.0 * (real + fake)[:, 0], lambda real, fake: 0.0 * (real + fake)[:, 0]
    )


def gan(*extra, conditions=(), rate=0.1, networks=None, **arguments):
    keras.utils.set_random_seed(1)
    classes = 3 if "label" in conditions else None
    others = [name for name in conditions if name != "label"]
    networks = networks or (generator(conditions), discriminator())
    model = GAN(*networks, prior=priors.Normal(3), classes=classes, conditions=others)
    optimizers = {player: keras.optimizers.SGD(rate) for player in ("generator", "discriminator")}
    model.compile(**{"loss": silent(), "optimizers": optimizers, "terms": extra, **arguments})
    return model


def batch(count=8, **more):
    return {"data": tf.random.stateless_normal([count, 2], [3, 0]), **more}


def weights(network):
    return [np.array(value) for value in network.get_weights()]


def moved(before, network):
    return max(np.abs(a - b).max() for a, b in zip(before, weights(network), strict=True))


def of_the_bias(turn):
    """A term whose gradient with respect to the generator's last bias is 1."""
    return tf.reduce_mean(turn.fake, axis=1) * 2.0


FEATURES = terms.Term(terms.feature_matching, "generator")


CLASSES = terms.Term(terms.classification, "discriminator")


def learned(model, data, steps):
    data = tf.data.Dataset.from_tensors(data).repeat()
    model.fit(data, steps_per_epoch=steps, shuffle=False, verbose=0)
    return model


def adam(rate=0.01):
    players = "generator", "discriminator"
    return {"optimizers": {player: keras.optimizers.Adam(rate) for player in players}}
