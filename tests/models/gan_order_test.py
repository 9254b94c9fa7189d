"""The order of the updates of a GAN: which fakes, and which discriminator, each player meets."""

import numpy as np
import tensorflow as tf

from tfgan import losses

from .small_gan import batch, distance, gan, latent_seed, recording, sgd, weights


def test_the_generator_step_draws_new_noise():
    seen = []
    model = gan(discriminator_steps=2, rate=0.0, loss=recording(seen))
    model.train_step(batch(8))
    fakes = [np.array(fake) for _, _, fake in seen]
    assert len(fakes) == 3
    for first, second in ((0, 1), (0, 2), (1, 2)):
        assert np.abs(fakes[first] - fakes[second]).min() > 0


def test_a_simultaneous_step_judges_the_same_fakes_for_both_players():
    seen = []
    model = gan(simultaneous=True, loss=recording(seen))
    model.train_step(batch())
    assert [player for player, _, _ in seen] == ["discriminator", "generator"]
    assert seen[0][2] is seen[1][2]


def test_a_simultaneous_step_follows_both_gradients_at_the_same_point():
    """For V = mean log D(x) + log(1 - D(G(z))) with SGD, both move by their own gradient of V."""
    model = gan(simultaneous=True, loss=losses.minimax())
    real = batch()
    latents = model.prior(8, model.stream("latent, turn 0"))
    with tf.GradientTape(persistent=True) as tape:
        fake = model.generator(latents)
        value = tf.reduce_mean(
            tf.math.log_sigmoid(model.discriminator(real))
            + tf.math.log_sigmoid(-model.discriminator({"data": fake}))
        )
    down = tape.gradient(value, model.generator.trainable_variables)
    up = tape.gradient(value, model.discriminator.trainable_variables)
    wanted_g = [w - 0.1 * np.array(g) for w, g in zip(weights(model.generator), down, strict=True)]
    wanted_d = [
        w + 0.1 * np.array(g) for w, g in zip(weights(model.discriminator), up, strict=True)
    ]
    model.train_step(real)
    assert distance(wanted_g, weights(model.generator)) < 1e-6
    assert distance(wanted_d, weights(model.discriminator)) < 1e-6


def test_a_step_that_reuses_fakes_makes_them_once_in_its_last_turn(monkeypatch):
    calls, seen = [], []
    model = gan(reuse_fakes=True, discriminator_steps=2, rate=0.0, loss=recording(seen))
    generate = model._generate

    def counted(*arguments):
        calls.append(arguments)
        return generate(*arguments)

    monkeypatch.setattr(model, "_generate", counted)
    model.train_step(batch())
    assert [player for player, *_ in seen] == ["discriminator", "discriminator", "generator"]
    assert len(calls) == 2
    np.testing.assert_array_equal(seen[1][2], seen[2][2])


def test_reused_fakes_are_judged_by_the_discriminator_that_has_moved():
    """For V = mean log D(x) + log(1 - D(G(z))) with SGD, D climbs, and G descends the new V."""
    model, real = gan(reuse_fakes=True, loss=losses.minimax()), batch()
    wanted, latents = gan(loss=losses.minimax()), model.prior(8, latent_seed(model))

    def move(network, sign):
        with tf.GradientTape() as tape:
            fake = wanted.discriminator({"data": wanted.generator(latents)})
            real_part = tf.math.log_sigmoid(wanted.discriminator(real))
            value = tf.reduce_mean(real_part + tf.math.log_sigmoid(-fake))
        variables = network.trainable_variables
        for variable, slope in zip(variables, tape.gradient(value, variables), strict=True):
            variable.assign(variable.value + sign * 0.1 * slope)

    move(wanted.discriminator, 1.0)
    move(wanted.generator, -1.0)
    model.train_step(real)
    assert distance(weights(wanted.discriminator), weights(model.discriminator)) < 1e-6
    assert distance(weights(wanted.generator), weights(model.generator)) < 1e-6


def test_the_generator_meets_the_updated_discriminator_by_default():
    model = gan(loss=losses.minimax())
    frozen = gan(loss=losses.minimax(), optimizers=sgd(generator=0.1, discriminator=0.0))
    model.train_step(batch())
    frozen.train_step(batch())
    assert distance(weights(model.generator), weights(frozen.generator)) > 1e-5
