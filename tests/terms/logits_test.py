"""Terms of logits: their values by hand, and the penalties that they approximate."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import penalties, rng, terms

from .games import batch, gan, generator, moved, weights


def turn_of(real, fake, logits):
    turn = terms.Turn({"data": tf.constant(real)}, {}, {"data": tf.constant(fake)},
                      None, None, "turn", {})  # fmt: skip
    turn.calls = []
    turn.discriminate = lambda data, purpose, again=False: (
        turn.calls.append("again " * again + purpose),
        {"logits": logits(data)},
    )[1]
    turn.seed, turn._purpose = rng.stream(0, 0, "test"), "term 0, turn"
    return turn


def linear(x):
    return 3.0 * x[:, :1] - 4.0 * x[:, 1:]


def test_centering_squares_the_sum_of_a_pair():
    turn = turn_of([[1.0, 0.0]], [[0.0, 1.0]], linear)
    np.testing.assert_allclose(terms.logit_centering(turn), [[1.0]])  # (3 - 4)^2


@pytest.mark.parametrize("term", [terms.approximate_r1, terms.approximate_r2])
def test_the_expectation_for_a_linear_critic_is_its_squared_slope(term):
    points = np.zeros((20_000, 2), np.float32)
    value = term(turn_of(points, points + 1.0, linear))
    assert value.shape == (20_000,)
    # (5 n)^2, n standard normal: mean 25, deviation 25 sqrt(2).
    assert np.mean(value) == pytest.approx(25.0, abs=5 * 25 * 2**0.5 / 20_000**0.5)


def test_each_side_has_its_points():
    def square(x):
        return tf.reduce_sum(x**2, axis=1, keepdims=True)

    real, fake = np.tile([[3.0, 0.0]], (20_000, 1)), np.tile([[0.0, 1.0]], (20_000, 1))
    turn = turn_of(np.float32(real), np.float32(fake), square)
    for term, exact in ((terms.approximate_r1, penalties.r1), (terms.approximate_r2, penalties.r2)):
        expected = np.mean(
            exact(square, tf.constant(np.float32(real)), tf.constant(np.float32(fake)), None)
        )
        assert np.mean(term(turn)) == pytest.approx(expected, rel=0.05)


def test_the_logits_of_the_loss_are_not_computed_again():
    turn = turn_of(np.zeros((4, 2), np.float32), np.ones((4, 2), np.float32), linear)
    turn.real_outputs, turn.fake_outputs  # noqa: B018 as the loss does
    terms.approximate_r1(turn)
    terms.approximate_r2(turn)
    calls = ["on real, turn", "on fake, turn"]
    assert turn.calls == [*calls, *(f"again {each}" for each in calls)]


def test_logits_of_patches_are_summed():
    def patches(x):
        return tf.reshape(x, (-1, 2, 1, 1))

    zeros = np.zeros((2, 2), np.float32)
    one = terms.approximate_r1(turn_of(zeros, zeros, patches))
    total = turn_of(zeros, zeros, lambda x: tf.reduce_sum(x, axis=1, keepdims=True))
    np.testing.assert_allclose(one, terms.approximate_r1(total), rtol=1e-4)


@pytest.mark.parametrize("function", [terms.approximate_r1, terms.approximate_r2])
def test_they_flatten_the_discriminator_of_a_game(function):
    model = gan(terms.Term(function, "discriminator", 1.0))
    before = weights(model.generator), weights(model.discriminator)
    logs = [float(model.train_step(batch())[function.__name__]) for _ in range(20)]
    assert moved(before[0], model.generator) == 0.0 < moved(before[1], model.discriminator)
    assert np.mean(logs[-5:]) < 0.5 * np.mean(logs[:5])


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize("function", [terms.approximate_r1, terms.approximate_r2])
def test_noise_on_the_input_leaves_the_slope_of_a_linear_discriminator_as_it_is(function, share):
    def value(**noise):
        keras.utils.set_random_seed(0)
        data = keras.Input((2,), name="data")
        line = keras.Model({"data": data}, keras.layers.Dense(1)(data))
        term = terms.Term(function, "discriminator", 1.0, share=share)
        model = gan(term, networks=(generator(), line), **noise)
        return float(model.train_step(batch())[function.__name__])

    assert value(instance_noise=3.0) == pytest.approx(value(), rel=1e-3)
