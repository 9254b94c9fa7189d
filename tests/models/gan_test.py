"""The training step of a GAN: who moves, on which data, with which noise."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors
from tfgan.models import GAN

from .small_gan import (
    batch,
    discriminator,
    distance,
    gan,
    generator,
    latent_seed,
    recording,
    sgd,
    weights,
)


def test_a_step_moves_both_players_and_counts_itself():
    model = gan()
    before = weights(model.generator), weights(model.discriminator)
    logs = model.train_step(batch())
    assert distance(before[0], weights(model.generator)) > 0
    assert distance(before[1], weights(model.discriminator)) > 0
    assert model.steps_done == 1
    assert set(logs) == {"d_loss", "g_loss", "d_real", "d_fake"}


def test_a_loss_of_weight_0_is_not_logged_and_leaves_the_generator():
    model = gan(loss=losses.weighted(losses.hinge(), 0.0))
    before = weights(model.generator)
    assert set(model.train_step(batch())) == {"d_loss", "d_real", "d_fake"}
    assert distance(before, weights(model.generator)) == 0


@pytest.mark.parametrize("frozen", ["generator", "discriminator"])
def test_each_optimizer_moves_its_own_player_only(frozen):
    model = gan(optimizers=sgd(**{"generator": 0.1, "discriminator": 0.1, frozen: 0.0}))
    moving = {"generator": "discriminator", "discriminator": "generator"}[frozen]
    before = weights(getattr(model, frozen)), weights(getattr(model, moving))
    model.train_step(batch())
    assert distance(before[0], weights(getattr(model, frozen))) == 0
    assert distance(before[1], weights(getattr(model, moving))) > 0


def test_the_discriminator_moves_k_times_and_the_generator_once_each_step():
    model = gan(discriminator_steps=3)
    model.train_step(batch(24))
    model.train_step(batch(24))
    assert int(model.discriminator_optimizer.iterations) == 6
    assert int(model.generator_optimizer.iterations) == 2
    assert model.steps_done == 2


def test_every_discriminator_step_sees_real_data_of_its_own():
    seen = []
    model = gan(discriminator_steps=2, rate=0.0, loss=recording(seen))
    data = batch(8)
    model.train_step(data)
    logits = model.discriminator({"data": data["data"]})
    real = [real for player, real, _ in seen if player == "discriminator"]
    np.testing.assert_allclose(real[0], logits[0::2], atol=1e-6)
    np.testing.assert_allclose(real[1], logits[1::2], atol=1e-6)


def test_the_logged_losses_are_those_of_the_formulas():
    model = gan(rate=0.0)
    real = batch()
    logs = model.train_step(real)
    logits = model.discriminator(real)
    fake = model.discriminator({"data": model.generator(model.prior(8, latent_seed(model)))})
    wanted = np.mean(np.log1p(np.exp(-logits)) + np.log1p(np.exp(fake)))
    assert float(logs["d_loss"]) == pytest.approx(wanted, abs=1e-6)
    assert float(logs["d_real"]) == pytest.approx(np.mean(1 / (1 + np.exp(-logits))), abs=1e-6)
    assert float(logs["d_fake"]) == pytest.approx(np.mean(1 / (1 + np.exp(-fake))), abs=1e-6)


def test_the_penalty_is_weighted_logged_and_moves_the_discriminator():
    def norm(critic, real, fake, seed):
        return tf.ones(8) * tf.reduce_sum(tf.square(critic(tf.ones([1, 2]))))

    model = gan(rate=0.0, penalties=[penalties.Penalty(norm, 3.0)])
    wanted = 3.0 * float(model.discriminator({"data": tf.ones([1, 2])})[0, 0]) ** 2
    assert float(model.train_step(batch())["penalty"]) == pytest.approx(wanted, rel=1e-5)
    with_penalty, without = gan(penalties=[penalties.Penalty(norm, 3.0)]), gan()
    with_penalty.train_step(batch())
    without.train_step(batch())
    assert distance(weights(with_penalty.discriminator), weights(without.discriminator)) > 1e-4


def test_gradient_norms_are_logged_on_request():
    model = gan(gradient_norms=True)
    before = weights(model.discriminator)
    logs = model.train_step(batch())
    moved = np.sqrt(
        sum(
            np.square(a - b).sum()
            for a, b in zip(before, weights(model.discriminator), strict=True)
        )
    )
    assert float(logs["d_gradient_norm"]) == pytest.approx(moved / 0.1, rel=1e-4)
    assert float(logs["g_gradient_norm"]) > 0


def test_the_running_average_has_its_half_life_in_examples():
    model = gan(rate=0.0, average_half_life=16.0)
    model.step.assign(1000)  # beyond the ramp
    start = weights(model.average)
    model.generator.set_weights([value + 1.0 for value in start])
    for _ in range(2):  # two batches of 8 are one half-life
        model.train_step(batch())
    for was, now in zip(start, weights(model.average), strict=True):
        np.testing.assert_allclose(now, was + 0.5, atol=1e-5)


def test_without_a_half_life_the_average_is_the_generator():
    model = gan(average_half_life=0.0)
    for _ in range(3):
        model.train_step(batch())
    assert distance(weights(model.average), weights(model.generator)) == 0


def test_fakes_are_judged_under_the_labels_of_the_real_examples():
    model = gan(classes=5)
    labelled = {**batch(), "label": tf.range(8) % 5}
    before = weights(model.generator)
    model.train_step(labelled)
    assert distance(before, weights(model.generator)) > 0


def test_generator_and_discriminator_of_different_shapes_are_refused():
    with pytest.raises(ValueError, match=r"makes data of shape \(3,\).* takes \(2,\)"):
        GAN(generator(size=3), discriminator(size=2), prior=priors.Normal(3))


def test_a_generator_whose_input_nobody_draws_is_refused():
    codes = priors.Joint([priors.Normal(3, name="code"), priors.Normal(3, name="style")])
    with pytest.raises(ValueError, match="The generator takes latent; .* code, style"):
        GAN(generator(), discriminator(), prior=codes)


def test_an_implicit_model_has_no_likelihood_no_encoder_and_no_way_back():
    with pytest.raises(ValueError, match="GAN is an implicit model"):
        gan().log_prob(np.zeros((1, 2)))
    with pytest.raises(ValueError, match="GAN has no encoder"):
        gan().encode(np.zeros((1, 2)))
    with pytest.raises(ValueError, match="GAN translates in one direction: nothing leads back"):
        gan().cycle(np.zeros((1, 2)))
    assert not gan().has_cycle


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"discriminator_steps": 0}, "discriminator_steps must be at least 1; received 0"),
        ({"average_half_life": -1.0}, "average_half_life must be 0 or more, .*received -1"),
    ],
)
def test_compile_refuses_values_out_of_range(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        gan(**arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"simultaneous": True},
        {"reuse_fakes": True},
        {"discriminator_steps": 2},
        {"loss": losses.relativistic_average()},
        {"penalties": [penalties.Penalty(penalties.dragan, 1.0)]},
        {"jit_compile": True},  # which several replicas cannot have
    ],
    ids=lambda arguments: "+".join(arguments) or "plain",
)
def test_two_replicas_take_the_step_of_one_device(two_replicas, arguments):
    data = tf.data.Dataset.from_tensors(batch(16)).repeat()
    alone = gan(average_half_life=100.0, **arguments)
    with two_replicas.scope():
        together = gan(average_half_life=100.0, **arguments)
    alone.gradient_norms = together.gradient_norms = True
    logs = [
        model.fit(data, steps_per_epoch=3, shuffle=False, verbose=0).history
        for model in (alone, together)
    ]
    for name, values in logs[0].items():
        np.testing.assert_allclose(logs[1][name], values, rtol=1e-5, atol=1e-6, err_msg=name)
    for one, two in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)
    assert together.steps_done == 3
