"""Regularizers and `add_loss` of networks count in every model, as in Keras."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN, VAE, AdversarialAutoencoder, Autoregressive, network_calls

SHAPE = (2, 2, 1)
DATA = np.zeros((4, *SHAPE), np.uint8)


class Adds(keras.layers.Layer):
    """Adds a number to the loss in each call."""

    def call(self, inputs):
        self.add_loss(0.0 * keras.ops.sum(inputs) + 0.25)
        return inputs


def dense(units, inputs, **options):
    return keras.layers.Dense(units, kernel_regularizer=keras.regularizers.L2(1.0), **options)(
        inputs
    )


def encoder(names):
    data = keras.Input(SHAPE, name="data")
    hidden = Adds()(dense(4, keras.layers.Flatten()(data)))
    return keras.Model({"data": data}, {name: keras.layers.Dense(2)(hidden) for name in names})


def decoder():
    latent = keras.Input((2,), name="latent")
    return keras.Model({"latent": latent}, keras.layers.Reshape(SHAPE)(dense(4, latent)))


def discriminator():
    latent = keras.Input((2,), name="latent")
    return keras.Model({"latent": latent}, {"latent": Adds()(dense(1, latent))})


def vae():
    return VAE(encoder(["mean", "log_variance"]), decoder())


def aae():
    networks = encoder(["latent"]), decoder(), discriminator()
    return AdversarialAutoencoder(*networks, prior=priors.Normal(2))


def autoregressive():
    data = keras.Input(SHAPE, name="data")
    seen = keras.layers.Rescaling(0.0)(keras.layers.Flatten()(data))  # no pixel tells of itself
    made = keras.layers.Reshape(SHAPE)(Adds()(dense(4, seen)))
    return Autoregressive(keras.Model({"data": data}, made))


def squares(networks):
    return sum(
        float(tf.reduce_sum(variable**2))
        for network in networks
        for variable in network.trainable_variables
        if variable.regularizer
    )


@pytest.mark.parametrize(
    ("make", "figure", "names", "added"),
    [
        (vae, "regularization", ["encoder", "decoder"], 0.25),
        (aae, "regularization", ["encoder", "decoder"], 0.25),
        (aae, "d_regularization", ["discriminator"], 0.5),  # called on two kinds of codes
        (autoregressive, "regularization", ["network"], 0.25),
    ],
)
def test_what_networks_add_is_logged_and_pulls_their_weights(make, figure, names, added):
    keras.utils.set_random_seed(0)
    model = make()
    sgd = {player: keras.optimizers.SGD(0.1) for player in model.player_variables}
    model.compile(sgd) if make is not aae else model.compile("non_saturating", sgd)
    networks = [model.networks[name] for name in names]
    before = squares(networks)
    logs = model.train_step({"data": DATA})
    assert float(logs[figure]) == pytest.approx(before + added, rel=1e-5)
    for _ in range(20):
        model.train_step({"data": DATA})
    assert squares(networks) < 0.2 * before


def test_a_model_without_them_logs_nothing_of_the_kind():
    latent, data = keras.Input((2,), name="latent"), keras.Input(SHAPE, name="data")
    flat = keras.layers.Flatten()(data)
    code = {name: keras.layers.Dense(2)(flat) for name in ("mean", "log_variance")}
    made = keras.layers.Reshape(SHAPE)(keras.layers.Dense(4)(latent))
    model = VAE(keras.Model({"data": data}, code), keras.Model({"latent": latent}, made))
    model.compile("sgd")
    assert "regularization" not in model.train_step({"data": DATA})


def dense_players(**options):
    """A generator and a discriminator of one dense layer of ones each, with options."""
    ones = {"kernel_initializer": "ones", "use_bias": False, **options}
    latent, data = keras.Input((2,), name="latent"), keras.Input((2,), name="data")
    made = keras.layers.Dense(2, **ones)(latent)
    return keras.Model({"latent": latent}, made), keras.Model(
        {"data": data}, keras.layers.Dense(1, **ones)(data)
    )


def still(**arguments):
    """Players whose adversarial loss is always zero, on SGD with a rate of 0.1."""
    zero = losses.AdversarialLoss(*[lambda real, fake: 0.0 * (real + fake)] * 2)
    model = GAN(*dense_players(**arguments), prior=priors.Normal(2))
    model.compile(zero, {player: keras.optimizers.SGD(0.1) for player in model.networks})
    return model


def test_regularizers_of_both_networks_act_as_in_keras():
    model = still(kernel_regularizer=keras.regularizers.L2(1.0))
    logs = model.train_step({"data": tf.ones([4, 2])})
    for network in (model.generator, model.discriminator):
        np.testing.assert_allclose(network.get_weights()[0], 0.8, rtol=1e-6)
    assert float(logs["d_regularization"]) == pytest.approx(2.0)
    assert float(logs["g_regularization"]) == pytest.approx(4.0)


def test_what_layers_add_to_the_loss_moves_their_network():
    model = still(activity_regularizer=keras.regularizers.L2(1.0))
    before = [network.get_weights()[0] for network in (model.generator, model.discriminator)]
    logs = model.train_step({"data": tf.ones([4, 2])})
    after = [network.get_weights()[0] for network in (model.generator, model.discriminator)]
    for one, other in zip(before, after, strict=True):
        assert np.abs(one - other).max() > 1e-3
    assert float(logs["d_regularization"]) > 0


def test_two_replicas_are_regularized_once(two_replicas):
    data = tf.data.Dataset.from_tensors(tf.ones([4, 2])).repeat()
    with two_replicas.scope():
        model = still(kernel_regularizer=keras.regularizers.L2(1.0))
    model.fit(data, steps_per_epoch=1, verbose=0)
    np.testing.assert_allclose(model.discriminator.get_weights()[0], 0.8, rtol=1e-6)


def test_a_part_of_a_network_has_its_weights_and_needs_no_other_input():
    inputs = {name: keras.Input((2,), name=name) for name in ("latent", "data")}
    outputs = {"data": keras.layers.Dense(3)(inputs["latent"]), "latent": 2.0 * inputs["data"]}
    whole = keras.Model(inputs, outputs)
    smaller = network_calls.part(whole, ["latent", "label"], "data")
    rows = {name: np.ones((1, 2), np.float32) for name in inputs}
    np.testing.assert_array_equal(smaller({"latent": rows["latent"]}), whole(rows)["data"])
    assert smaller.weights[0] is whole.weights[0]
    assert network_calls.part(smaller, ["latent"], "data") is smaller
