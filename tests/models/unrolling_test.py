"""Unrolled discriminators: the bilinear game, compositions of steps, and finite differences."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, losses, penalties, priors, terms
from tfgan.models import GAN, unrolling

PLAYERS = ("generator", "discriminator")


ZERO_SUM = losses.zero_sum(losses.minimax())


class Constant(keras.layers.Layer):
    """The same number for every latent."""

    def build(self, shape):
        self.x = self.add_weight(name="x", shape=(), initializer="ones")

    def call(self, latent):
        return 0.0 * latent + self.x


def bilinear(unrolled_steps, rate, **options):
    """V = x y: the fake is x, its logit x y; the discriminator climbs."""
    latent, data = keras.Input((1,), name="latent"), keras.Input((1,), name="data")
    model = GAN(
        keras.Model({"latent": latent}, Constant()(latent)),
        keras.Model({"data": data}, keras.layers.Dense(1, "linear", False, "ones")(data)),
        prior=priors.Normal(1),
    )
    value = losses.AdversarialLoss(lambda real, fake: -fake, lambda real, fake: fake)
    optimizers = {player: keras.optimizers.SGD(rate) for player in PLAYERS}
    model.compile(value, optimizers, unrolled_steps=unrolled_steps, **options)
    return model


def place(model):
    networks = model.generator, model.discriminator
    return [float(np.squeeze(network.get_weights()[0])) for network in networks]


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_in_the_bilinear_game_the_slope_is_that_of_the_formula(steps):
    """dV/dx = y + 2 K eta x at (1, 1), with eta = 0.1."""
    model = bilinear(steps, 0.1, simultaneous=True)
    model.train_step({"data": tf.zeros((4, 1))})
    x, y = place(model)
    assert x == pytest.approx(1.0 - 0.1 * (1.0 + 2.0 * steps * 0.1), abs=1e-6)
    assert y == pytest.approx(1.1, abs=1e-6)


def test_the_orbit_contracts_with_unrolling_and_grows_without():
    radius = {}
    for steps in (0, 5):
        model = bilinear(steps, 0.1, simultaneous=True)
        for _ in range(30):
            model.train_step({"data": tf.zeros((2, 1))})
        radius[steps] = np.hypot(*place(model)) / np.sqrt(2.0)
    assert radius[0] == pytest.approx(np.sqrt(1.01) ** 30, rel=1e-4)
    assert radius[5] < 0.5


def networks(normalized=False, constraint=None, dense=keras.layers.Dense):
    latent, data = keras.Input((3,), name="latent"), keras.Input((2,), name="data")
    hidden = dense(6, activation="tanh", kernel_constraint=constraint)(data)
    if normalized:
        hidden = keras.layers.BatchNormalization()(hidden)
    layer = keras.layers.Dense(2)(keras.layers.Dense(4, activation="tanh")(latent))
    return keras.Model({"latent": latent}, layer), keras.Model(
        {"data": data}, keras.layers.Dense(1)(hidden)
    )


def gan(optimizer, steps=1, loss=ZERO_SUM, layer=networks, **options):
    keras.utils.set_random_seed(1)
    model = GAN(*layer(), prior=priors.Normal(3))
    optimizers = {"generator": keras.optimizers.SGD(0.1), "discriminator": optimizer}
    model.compile(loss, optimizers, unrolled_steps=steps, **options)
    return model


def sgd():
    return keras.optimizers.SGD(0.3)


def adam():
    return keras.optimizers.Adam(0.05, beta_1=0.5, beta_2=0.9)


BATCH = {"data": tf.random.stateless_normal((8, 2), [3, 0])}
RULES = {
    "sgd": sgd,
    "momentum": lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    "nesterov": lambda: keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
    "adam": adam,
    "schedule": lambda: keras.optimizers.Adam(
        keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)
    ),
}


@pytest.mark.parametrize("rule", [*RULES, "spectral normalization"])
def test_anticipated_values_are_those_that_the_optimizer_reaches(rule):
    dense = layers.spectrally_normalized(keras.layers.Dense)
    layer = (lambda: networks(dense=dense)) if rule not in RULES else networks
    model = gan(RULES.get(rule, sgd)(), steps=0, layer=layer)
    model.train_step(BATCH)  # so that momenta are not 0
    variables, optimizer = model.discriminator.trainable_variables, model.discriminator_optimizer

    def loss(step):
        logits = model.discriminator(BATCH)
        return tf.reduce_mean(tf.square(logits - 1.0) * (step + 1.0))

    before = [np.array(v) for v in variables]
    ahead = unrolling.anticipated(loss, variables, optimizer, 3)
    for variable, value in zip(variables, before, strict=True):
        np.testing.assert_array_equal(variable, value)
    for step in range(3):
        with tf.GradientTape() as tape:
            value = loss(step)
        gradients = tape.gradient(value, [v.value for v in variables])
        optimizer.apply_gradients(zip(gradients, variables, strict=True))
    for variable, value in ahead:
        np.testing.assert_allclose(value, variable, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("optimizer", [sgd, adam])
@pytest.mark.parametrize("steps", [1, 3])
def test_the_generator_descends_the_slope_of_the_loss_after_the_steps(optimizer, steps):
    """Against central differences of -L_D after steps that Keras itself takes."""
    keras.utils.set_random_seed(0)
    model = gan(optimizer(), steps=steps)
    model.train_step(BATCH)
    mode, bias = model.training_mode, model.generator.trainable_variables[-1]
    with tf.GradientTape() as tape:
        turn = model._turn(BATCH, "generator's turn", mode)
        value = model._generator_loss(turn, mode, has_real_logits=False)[0]
    slope = tape.gradient(value, bias.value)
    d, player = model.discriminator, model.discriminator_optimizer
    start = [np.array(v) for v in (*d.variables, *player.variables)]

    def after(shift):
        at = np.array(bias)
        bias.assign(at + shift)
        fakes = model._turn(BATCH, "generator's turn", mode).fake
        bias.assign(at)

        def loss():
            pair = d(BATCH), d({"data": fakes})
            return tf.reduce_mean(losses.minimax().discriminator(*pair))

        for _ in range(steps):
            with tf.GradientTape() as inner:
                current = loss()
            weights = d.trainable_variables
            gradients = inner.gradient(current, [v.value for v in weights])
            player.apply_gradients(zip(gradients, weights, strict=True))
        reached = -float(loss())
        for variable, value in zip((*d.variables, *player.variables), start, strict=True):
            variable.assign(value)
        return reached

    step = 5e-3
    for axis in range(2):
        shift = step * np.eye(2, dtype=np.float32)[axis]
        difference = (after(shift) - after(-shift)) / (2 * step)
        assert float(slope[axis]) == pytest.approx(difference, rel=0.03, abs=2e-4)


def test_without_steps_the_generator_has_its_own_loss_bit_for_bit():
    states = []
    for options in ({}, {"unrolled_steps": 0}):
        keras.utils.set_random_seed(1)
        model = GAN(*networks(), prior=priors.Normal(3))
        model.compile("non_saturating", "adam", **options)
        for _ in range(3):
            model.train_step(BATCH)
        states.append(model.get_weights())
    for one, other in zip(*states, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_discriminator_keeps_its_own_step_and_the_statistics_of_its_layers():
    plain, unrolled = (gan(adam(), steps, layer=lambda: networks(True)) for steps in (0, 4))
    for model in (plain, unrolled):
        model.train_step(BATCH)
    before = [np.array(v) for v in unrolled.discriminator.variables]
    for one, other in zip(plain.discriminator.trainable_variables,
                          unrolled.discriminator.trainable_variables, strict=True):  # fmt: skip
        np.testing.assert_array_equal(one, other)
    turn = unrolled._turn(BATCH, "another turn", unrolled.training_mode)
    unrolled._generator_loss(turn, unrolled.training_mode, has_real_logits=False)
    for variable, value in zip(unrolled.discriminator.variables, before, strict=True):
        np.testing.assert_array_equal(variable, value)
    assert int(unrolled.discriminator_optimizer.iterations) == 1


def test_constraints_of_the_weights_hold_in_the_anticipated_steps():
    layer = lambda: networks(constraint=keras.constraints.NonNeg())  # noqa: E731
    model = gan(sgd(), layer=layer)
    variables = model.discriminator.trainable_variables
    ahead = unrolling.anticipated(
        lambda step: 100.0 * tf.reduce_sum(variables[0].value),
        variables,
        model.discriminator_optimizer,
        1,
    )
    np.testing.assert_array_equal(ahead[0][1], np.zeros_like(ahead[0][1]))


def test_an_evaluation_moves_nothing_and_repeats_itself():
    model = gan(adam(), 2, layer=lambda: networks(True))
    before = [np.array(v) for v in model.variables]
    figures = [model.evaluate(BATCH, verbose=0, return_dict=True) for _ in range(2)]
    assert figures[0] == figures[1] and np.isfinite(figures[0]["g_loss"])
    for variable, value in zip(model.variables, before, strict=True):
        np.testing.assert_array_equal(variable, value)


def trained(model, steps=2):
    data = tf.data.Dataset.from_tensors(BATCH).repeat()
    model.fit(data, steps_per_epoch=steps, shuffle=False, verbose=0)
    return model


def test_xla_takes_the_steps_of_eager_execution():
    eager = trained(gan(adam(), 2, run_eagerly=True))
    compiled = trained(gan(adam(), 2, jit_compile=True))
    for one, other in zip(eager.get_weights(), compiled.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def concatenating():
    latent, data = keras.Input((3,), name="latent"), keras.Input((2,), name="data")
    hidden = layers.MinibatchDiscrimination(2)(keras.layers.Dense(4, "tanh")(data))
    return keras.Model({"latent": latent}, keras.layers.Dense(2)(latent)), keras.Model(
        {"data": data}, keras.layers.Dense(1)(hidden)
    )


def test_xla_anticipates_a_penalty_on_the_slope_of_a_concatenation():
    options = {"layer": concatenating, "penalties": [penalties.Penalty(penalties.r1, 1.0)]}
    eager = trained(gan(sgd(), 1, run_eagerly=True, **options))
    compiled = trained(gan(sgd(), 1, jit_compile=True, **options))
    for one, other in zip(eager.get_weights(), compiled.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_two_replicas_anticipate_the_steps_of_one_device(two_replicas):
    alone = trained(gan(sgd(), 2, run_eagerly=True))
    with two_replicas.scope():
        together = gan(sgd(), 2)
    trained(together)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


class Stateful(tf.Module):
    def __call__(self, turn):
        return turn.fake[:, 0]


@pytest.mark.parametrize(
    ("optimizer", "options", "sentence"),
    [
        (sgd, {"steps": -1}, "unrolled_steps must be a number of steps from 0; received -1"),
        (keras.optimizers.RMSprop, {}, "SGD or Adam, without .*; received RMSprop"),
        (lambda: keras.optimizers.Adam(clipnorm=1.0), {}, "received Adam with clipnorm"),
        (sgd, {"terms": [terms.Term(Stateful(), "discriminator")]}, "keeps a state"),
    ],
)
def test_what_cannot_be_anticipated_is_refused(optimizer, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        gan(optimizer(), **options)


def test_microbatches_which_lack_the_gradient_of_the_batch_are_refused():
    with pytest.raises(ValueError, match="An unrolled discriminator needs .*microbatches=1"):
        gan(sgd(), microbatches=2).train_step(BATCH)
