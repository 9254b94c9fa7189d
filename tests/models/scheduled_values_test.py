"""What a model's schedules are at a step, by name."""

import functools

import keras
import pytest

from tfgan import losses, penalties, priors, schedules, terms
from tfgan.models import GAN, scheduled_values
from tfgan.models.scheduled_adam import ScheduledAdam


def model(rates, **more):
    latent, data = keras.Input((2,), name="latent"), keras.Input((2,), name="data")
    gan = GAN(
        keras.Model({"latent": latent}, keras.layers.Dense(2)(latent)),
        keras.Model({"data": data}, keras.layers.Dense(1)(data)),
        prior=priors.Normal(2),
    )
    players = "generator", "discriminator"
    optimizers = {
        player: ScheduledAdam(rate, beta_2=moving(0.9, 0.99))
        for player, rate in zip(players, rates, strict=True)
    }
    gan.compile(losses.relativistic(), optimizers, **more)
    gan.step.assign(5)
    for player in gan.players.values():
        player.optimizer.iterations.assign(5)
    return gan


def moving(first, last):
    return schedules.burn_in(first, last, kimg=0.01, batch_size=1)  # half of the way after 5


def test_every_schedule_has_a_name_and_its_present_value():
    dragan = functools.partial(penalties.dragan, scale=0.1)
    gan = model(
        [moving(2.0, 1.0)] * 2,
        penalties=[penalties.Penalty(dragan, moving(1.0, 0.0)), penalties.Penalty(penalties.r1, 1)],
        terms=[terms.Term(terms.LeCam(), "discriminator", moving(0.0, 4.0))],
        average_half_life=moving(0.0, 50.0),
    )
    assert scheduled_values.of_model(gan) == pytest.approx({
        "learning_rate": 1.5, "beta_2": 0.945, "dragan_weight": 0.5, "lecam_weight": 2.0,
        "average_half_life": 25.0,
    })  # fmt: skip


def test_players_with_rates_of_their_own_are_told_apart():
    gan = model([moving(2.0, 1.0), moving(4.0, 0.0)])
    values = {"generator_learning_rate": 1.5, "discriminator_learning_rate": 2.0, "beta_2": 0.945}
    assert scheduled_values.of_model(gan) == pytest.approx(values)
    gan = model([moving(2.0, 1.0), 0.1])
    values = {"generator_learning_rate": 1.5, "beta_2": 0.945}
    assert scheduled_values.of_model(gan) == pytest.approx(values)


def test_two_replicas_have_the_values_of_one_device(two_replicas):
    with two_replicas.scope():
        gan = model([moving(2.0, 1.0)] * 2, average_half_life=moving(0.0, 50.0))
    values = {"learning_rate": 1.5, "beta_2": 0.945, "average_half_life": 25.0}
    assert scheduled_values.of_model(gan) == pytest.approx(values)
