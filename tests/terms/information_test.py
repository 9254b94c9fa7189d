"""The information terms: values by hand, whom they move, and what they teach."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors, terms
from tfgan.models import GAN

from .games import adam, batch, learned, moved, silent, weights

CODE = terms.categorical_information
STYLE = functools.partial(terms.gaussian_information, code="style", scale="style_scale")


class Turn:
    """A turn whose latents and outputs are known."""

    latents = {  # noqa: RUF012
        "code": tf.constant([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
        "style": tf.constant([[0.5, -1.0], [0.0, 1.0]]),
    }
    fake_outputs = {  # noqa: RUF012
        "code": tf.zeros([2, 3]),
        "sharp": tf.constant([[100.0, 0.0, 0.0], [0.0, 0.0, 100.0]]),
        "style": tf.constant([[0.5, 1.0], [0.0, 1.0]]),
        "scale": tf.math.log([[2.0, 2.0], [0.5, 0.5]]),
    }


def networks(width=32):
    inputs = {
        name: keras.Input((size,), name=name)
        for name, size in {"latent": 3, "code": 3, "style": 2}.items()
    }
    hidden = keras.layers.Concatenate()(list(inputs.values()))
    hidden = keras.layers.Dense(width, activation="relu")(hidden)
    generator = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    data = keras.Input((2,), name="data")
    features = keras.layers.Dense(width, activation="relu", name="shared")(data)
    sizes = {"logits": 1, "code": 3, "style": 2, "style_scale": 2}
    heads = {n: keras.layers.Dense(k, name=f"to_{n}")(features) for n, k in sizes.items()}
    return generator, keras.Model({"data": data}, heads)


def game(*extra, **arguments):
    keras.utils.set_random_seed(1)
    prior = priors.Joint([priors.Normal(3), priors.Categorical(3), priors.Uniform(2, name="style")])
    model = GAN(*networks(), prior=prior)
    optimizers = {player: keras.optimizers.SGD(0.1) for player in terms.PLAYERS}
    model.compile(**{"loss": silent(), "optimizers": optimizers, "terms": extra} | arguments)
    return model


def both(function, weight=1.0):
    return [terms.Term(function, player, weight) for player in terms.PLAYERS]


def test_a_uniform_q_costs_the_entropy_of_the_code_and_a_sure_one_nothing():
    np.testing.assert_allclose(CODE(Turn), [np.log(3)] * 2, rtol=1e-6)
    np.testing.assert_allclose(CODE(Turn, output="sharp"), [0.0, 0.0], atol=1e-6)


def test_the_gaussian_information_is_the_negative_log_density_by_hand():
    constant = 0.5 * np.log(2 * np.pi)
    fixed = terms.gaussian_information(Turn, code="style")
    np.testing.assert_allclose(fixed, [2 * constant + 2.0**2 / 2, 2 * constant], rtol=1e-6)
    learned_scale = terms.gaussian_information(Turn, code="style", scale="scale")
    expected = [
        2 * (constant + np.log(2.0)) + (2.0 / 2.0) ** 2 / 2,
        2 * (constant + np.log(0.5)),
    ]
    np.testing.assert_allclose(learned_scale, expected, rtol=1e-6)


def test_a_missing_code_or_output_is_named():
    with pytest.raises(ValueError, match="needs digit among the latents; there are code, style"):
        terms.categorical_information(Turn, code="digit", output="code")
    with pytest.raises(ValueError, match="needs digit among the discriminator's outputs"):
        terms.categorical_information(Turn, output="digit")


@pytest.mark.parametrize("simultaneous", [True, False])
@pytest.mark.parametrize("player", terms.PLAYERS)
def test_the_term_of_a_player_moves_that_player_alone(player, simultaneous):
    model = game(terms.Term(CODE, player), simultaneous=simultaneous)
    before = {each: weights(getattr(model, each)) for each in terms.PLAYERS}
    learned(model, batch(), 1)
    for each in terms.PLAYERS:
        assert (moved(before[each], getattr(model, each)) > 1e-4) == (each == player)


def test_the_discriminators_term_moves_q_and_the_layers_that_it_shares():
    model = game(terms.Term(CODE, "discriminator"))
    layers = ["shared", "to_code", "to_logits", "to_style"]
    before = {name: weights(model.discriminator.get_layer(name)) for name in layers}
    learned(model, batch(), 1)
    did_move = {n: moved(before[n], model.discriminator.get_layer(n)) > 1e-5 for n in layers}
    assert did_move == {"shared": True, "to_code": True, "to_logits": False, "to_style": False}


def test_codes_can_be_read_from_samples_after_training_and_not_without_the_terms():
    def errors(*extra):
        model = game(*extra, **adam())
        learned(model, batch(64), 300)
        latents = model.prior(500, tf.constant([0, 9]))
        outputs = model.discriminator({"data": model.generator(latents)})
        code = np.argmax(outputs["code"], axis=1) != np.argmax(latents["code"], axis=1)
        style = tf.reduce_mean(tf.square(outputs["style"] - latents["style"]))
        return np.mean(code), float(style)

    code, style = errors(*both(CODE), *both(STYLE, 0.3))
    assert code < 0.05 and style < 0.15  # 1/3 is the variance of the style
    code, style = errors(*both(CODE, 0.0), *both(STYLE, 0.0))
    assert code > 0.4 and style > 0.25


class Views:
    """A turn with known class logits of real examples and of their views."""

    seed = None
    real = {"data": tf.zeros([4, 2])}  # noqa: RUF012

    def __init__(self, of_real, of_views):
        self.real_outputs = {"code": tf.constant(of_real, tf.float32)}
        self._of_views = {"code": tf.constant(of_views, tf.float32)}

    def outputs_for(self, data):
        np.testing.assert_array_equal(data, self.real["data"] + 1.0)
        return self._of_views


def invariance(of_real, of_views):
    return float(terms.invariance(Views(of_real, of_views), view=lambda data, seed: data + 1.0))


def test_the_invariance_of_sure_equal_and_evenly_used_classes_is_the_most():
    sure = 50.0 * np.eye(4)
    assert invariance(sure, sure) == pytest.approx(-np.log(4), abs=1e-4)
    assert invariance(sure, sure[::-1]) == pytest.approx(
        -np.log(4), abs=1e-4
    )  # permuted, symmetric
    unsure, one = np.zeros((4, 4)), 50.0 * np.eye(4)[[0] * 4]
    assert invariance(sure, unsure) == pytest.approx(0.0, abs=1e-4)
    assert invariance(one, one) == pytest.approx(0.0, abs=1e-4)


def test_the_invariance_of_two_classes_by_hand():
    # Three of four pairs agree: the joint distribution, made symmetric, is 1/2, 1/4 and twice 1/8.
    first, second = [50.0, 0.0], [0.0, 50.0]
    joint = np.array([[0.5, 0.125], [0.125, 0.25]])
    rows = joint.sum(axis=0)
    expected = -np.sum(joint * np.log(joint / np.outer(rows, rows)))
    value = invariance([first, first, second, first], [first, first, second, second])
    assert value == pytest.approx(expected, abs=1e-4)
