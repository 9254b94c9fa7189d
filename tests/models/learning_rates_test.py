"""All optimizers of a model follow a schedule over the steps of a run."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, priors
from tfgan.models import GAN, learning_rates, mixed_precision
from tfgan.networks import mlp


def gan(rate=0.5, policy="float32"):
    with mixed_precision.computing_in(policy):
        networks = mlp.generator((1,), 1, widths=()), mlp.discriminator((1,), widths=())
    model = GAN(*networks, prior=priors.Normal(1))
    optimizers = {name: keras.optimizers.SGD(rate) for name in ("generator", "discriminator")}
    model.compile(losses.non_saturating(), optimizers, discriminator_steps=2)
    return model


def rate_of(model, player):
    return float(model.players[player].optimizer.learning_rate)


def fit(model, steps):
    data = tf.data.Dataset.from_tensors({"data": np.ones((4, 1), np.float32)}).repeat()
    model.fit(data, steps_per_epoch=steps, verbose=0)


@pytest.mark.parametrize("policy", ["float32", "float16"])
def test_both_players_are_half_way_down_after_half_the_steps(policy):
    model = gan(policy=policy)
    learning_rates.set_schedule(model, "linear", 4)
    assert rate_of(model, "generator") == rate_of(model, "discriminator") == 0.5
    for each in ("generator", "discriminator"):
        optimizer = mixed_precision.unwrapped(model.players[each].optimizer)
        optimizer.iterations.assign(2 * (2 if each == "discriminator" else 1))
        assert rate_of(model, each) == 0.25


def test_a_discriminator_of_two_updates_a_step_follows_the_steps_that_are_taken():
    model = gan()
    learning_rates.set_schedule(model, "linear:0.5", 4)
    fit(model, 2)
    assert rate_of(model, "generator") == rate_of(model, "discriminator") == 0.375
    fit(model, 2)
    assert rate_of(model, "generator") == rate_of(model, "discriminator") == 0.25


def test_the_steps_are_those_of_the_rates():
    """The bias of a linear generator under a constant gradient moves by the sum of the rates."""
    scheduled, plain = gan(), gan()
    for model in (scheduled, plain):
        model.set_weights([np.zeros_like(each) for each in model.get_weights()])
        model.discriminator.set_weights([np.ones((1, 1)), np.zeros(1)])
        model.discriminator_optimizer = keras.optimizers.SGD(0.0)
        model.discriminator_optimizer.build(model.discriminator.trainable_variables)
    learning_rates.set_schedule(scheduled, "linear", 2)
    fit(scheduled, 1)
    fit(plain, 1)
    first = float(plain.generator.get_weights()[1][0])
    assert float(scheduled.generator.get_weights()[1][0]) == first != 0.0  # the whole rate
    fit(scheduled, 1)
    fit(plain, 1)
    second = float(plain.generator.get_weights()[1][0]) - first
    assert float(scheduled.generator.get_weights()[1][0]) - first == pytest.approx(
        second / 2, rel=1e-6
    )


def test_a_schedule_takes_the_place_of_another():
    model = gan(keras.optimizers.schedules.ExponentialDecay(0.5, 1, 0.1))
    learning_rates.set_schedule(model, "constant", 4)
    fit(model, 2)
    assert rate_of(model, "generator") == rate_of(model, "discriminator") == 0.5


def test_a_state_without_a_schedule_is_restored_under_one(tmp_path):
    path = tf.train.Checkpoint(model=gan()).write(f"{tmp_path}/state")
    model = gan()
    learning_rates.set_schedule(model, "cosine", 4)
    tf.train.Checkpoint(model=model).read(path).assert_consumed()
    path = tf.train.Checkpoint(model=model).write(f"{tmp_path}/scheduled")
    tf.train.Checkpoint(model=gan()).read(path).assert_consumed()


def test_a_warm_up_from_0_gives_no_rate_to_begin_with():
    model = gan(keras.optimizers.schedules.CosineDecay(0.0, 4, warmup_target=0.5, warmup_steps=2))
    with pytest.raises(ValueError, match="schedule of the generator's optimizer starts at 0"):
        learning_rates.set_schedule(model, "cosine", 4)


def test_a_rate_is_constant_and_then_falls_to_0():
    """The authors' factors of CycleGAN, in epochs: 1 until 100, then 1 - (e - 100) / 100."""
    rate = learning_rates.ConstantThenLinear(0.5, 100, 200)
    values = [float(rate(tf.constant(step, tf.int64))) for step in (0, 100, 150, 199, 200, 300)]
    np.testing.assert_allclose(values, [0.5, 0.5, 0.25, 0.005, 0.0, 0.0], atol=1e-7)
    constant = learning_rates.ConstantThenLinear(0.5, 200, 200)
    assert float(constant(1000)) == 0.5
    again = keras.optimizers.schedules.deserialize(keras.optimizers.schedules.serialize(rate))
    assert type(again) is type(rate) and again.get_config() == rate.get_config()
