"""Gradient accumulation: parts of a batch, what they see, and what cannot be had in parts."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, penalties, priors, rng, terms
from tfgan.models import GAN, microbatches

DATA = np.random.default_rng(0).standard_normal((12, 2)).astype(np.float32)


def networks(hidden=()):
    latent, data = keras.Input((3,), name="latent"), keras.Input((2,), name="data")
    seen = data
    for layer in [keras.layers.Dense(8, activation="tanh"), *hidden]:
        seen = layer(seen)
    outputs = {"logits": keras.layers.Dense(1)(seen), "features": seen}
    return (
        keras.Model({"latent": latent}, keras.layers.Dense(2)(latent)),
        keras.Model({"data": data}, outputs),
    )


def gan(*, loss="non_saturating", hidden=(), **options):
    keras.utils.set_random_seed(1)
    model = GAN(*networks(hidden), prior=priors.Normal(3))
    sgd = {player: keras.optimizers.SGD(0.1) for player in model.networks}
    model.compile(loss, sgd, **options)
    return model


def weights(model):
    return np.concatenate([np.ravel(value) for value in model.get_weights()])


PENALTY = {"penalties": [penalties.Penalty(penalties.wasserstein_gradient_penalty, 10.0)]}


GAMES = {
    "plain": {},
    "penalty": PENALTY,
    "simultaneous": {"simultaneous": True},
    "reused fakes": {"reuse_fakes": True},
    "relativistic": {"loss": "relativistic"},
}


@functools.cache
def two_steps(game, parts):
    """The weights, gradient norms and losses of two steps in parts."""
    hidden = [layers.Dropout(0.5, name="dropout")]
    model = gan(hidden=hidden, microbatches=parts, gradient_norms=True, **GAMES[game])
    history = model.fit(DATA, batch_size=12, epochs=2, verbose=0).history
    return weights(model), history["d_gradient_norm"], history["g_loss"]


@pytest.mark.parametrize(
    ("game", "parts"),
    [("plain", 2), ("plain", 5), ("plain", 12), ("plain", 20)]
    + [(game, 5) for game in GAMES if game != "plain"],
)
def test_parts_of_any_number_give_the_step_of_the_whole(game, parts):
    for one, other in zip(two_steps(game, 1), two_steps(game, parts), strict=True):
        np.testing.assert_allclose(other, one, atol=1e-6, rtol=1e-5)


def test_a_smaller_last_batch_is_divided_too():
    trained = []
    for count in (1, 4):
        model = gan(microbatches=count)
        model.fit(DATA, batch_size=7, shuffle=False, verbose=0)
        trained.append(weights(model))
    np.testing.assert_allclose(*trained, atol=1e-6)


def test_a_part_draws_the_numbers_of_its_examples():
    seed = rng.stream(0, 0, "noise")
    whole = rng.normal(seed, 12, (3,))
    parted = []

    def draw(rows):
        parted.append(rng.normal(seed, rows.shape[0], (3,)))
        return tf.constant(0.0)

    microbatches.mean(draw, tf.zeros([12, 1]), 3)
    np.testing.assert_array_equal(tf.concat(parted, 0), whole)


@pytest.mark.parametrize("layer", [keras.layers.BatchNormalization, layers.BatchNormalization])
def test_batch_normalization_is_refused_by_its_name_unless_it_is_frozen(layer):
    with pytest.raises(ValueError, match="The layer norm .* use microbatches=1"):
        gan(hidden=[layer(name="norm")], microbatches=2)
    frozen = layer(name="norm")
    frozen.trainable = False
    gan(hidden=[frozen], microbatches=2).fit(DATA, batch_size=12, verbose=0)


class Mean(tf.Module):
    """A term with a running mean."""

    def __call__(self, turn):
        return tf.reduce_sum(turn.fake, axis=1)


def scalar(turn):
    return tf.reduce_max(turn.fake)


@pytest.mark.parametrize(
    ("options", "who"),
    [
        ({"loss": "relativistic_average"}, "The relativistic average loss"),
        ({"penalties": [penalties.Penalty(penalties.dragan, 1.0)]}, "The penalty dragan"),
        ({"terms": [terms.Term(terms.feature_matching, "generator")]}, "feature_matching"),
        ({"terms": [terms.Term(Mean(), "generator", name="mean")]}, "The term mean"),
        ({"terms": [terms.Term(scalar, "generator")]}, "The term scalar"),
    ],
)
def test_what_needs_the_whole_batch_is_refused_by_its_name(options, who):
    model = gan(microbatches=2, run_eagerly=True, **options)
    with pytest.raises(ValueError, match=f"{who} needs .*use microbatches=1"):
        model.fit(DATA, batch_size=12, verbose=0)


@pytest.mark.parametrize("count", [0, -1, 2.0, "2"])
def test_a_number_of_parts_that_cannot_be_is_refused(count):
    with pytest.raises(ValueError, match="microbatches must be a number of parts from 1"):
        gan(microbatches=count)


def test_two_replicas_in_parts_take_the_step_of_one_device(two_replicas):
    alone = gan(**PENALTY)
    with two_replicas.scope():
        together = gan(microbatches=3, **PENALTY)
    for model in (alone, together):
        model.fit(DATA, batch_size=12, shuffle=False, verbose=0)
    np.testing.assert_allclose(weights(together), weights(alone), atol=1e-5)


def test_stochastic_losses_of_layers_are_added_part_by_part():
    """An activity regularizer is a mean over examples in Keras, so parts give the whole."""
    trained = []
    for count in (1, 3):
        hidden = [keras.layers.Dense(4, activity_regularizer="l2", kernel_regularizer="l2")]
        model = gan(hidden=hidden, microbatches=count)
        model.fit(DATA, batch_size=12, verbose=0)
        trained.append(weights(model))
    np.testing.assert_allclose(*trained, atol=1e-6)
