"""Rotation: the labels of the turned images, and whom the term moves."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors, terms
from tfgan.models import GAN
from tfgan.terms import rotation

from .games import learned, moved, silent, weights

SIDE = 4


class Turn:
    """A turn whose discriminator knows where the bright corner of an image is."""

    def __init__(self, images):
        self.real = {"data": tf.constant(images)}
        self.fake = 0.5 * self.real["data"]
        self.received = None

    def outputs_for(self, data):
        self.received = data
        corners = [data[:, 0, 0], data[:, -1, 0], data[:, -1, -1], data[:, 0, -1]]
        return {"rotation": 100.0 * tf.concat(corners, axis=1)}


def bright_corners(count):
    images = np.zeros((count, SIDE, SIDE, 1), np.float32)
    images[:, 0, 0] = 1.0  # after k turns to the left it is in the lower left, right, upper right
    return images


def test_turns_are_those_of_numpy():
    images = np.random.default_rng(0).normal(size=(3, 5, 5, 2)).astype(np.float32)
    for turns, view in enumerate(rotation.quarter_turns(tf.constant(images))):
        np.testing.assert_array_equal(view, np.rot90(images, turns, axes=(1, 2)))


@pytest.mark.parametrize("of", ["real", "fake"])
def test_a_discriminator_that_sees_the_rotation_has_no_loss(of):
    turn = Turn(bright_corners(8))
    loss = terms.rotation_classification(turn, of=of)
    np.testing.assert_allclose(loss, np.zeros(8), atol=1e-6)
    bright = 1.0 if of == "real" else 0.5
    np.testing.assert_array_equal(turn.received[:2, 0, 0, 0], [bright, bright])


def test_images_that_look_the_same_from_all_sides_cost_ln_4():
    loss = terms.rotation_classification(Turn(np.ones((4, SIDE, SIDE, 1), np.float32)), of="real")
    np.testing.assert_allclose(loss, [np.log(4)] * 4, rtol=1e-6)


def test_every_fourth_image_is_turned_on_any_number_of_replicas():
    images = np.full((8, SIDE, SIDE, 1), np.nan, np.float32)
    images[::4] = bright_corners(2)
    assert np.isfinite(terms.rotation_classification(Turn(images), of="real")).all()


def test_other_images_and_batches_are_refused():
    with pytest.raises(ValueError, match=r"needs square images .* received .* \[4, 5, 1\]"):
        terms.rotation_classification(Turn(np.zeros((4, 4, 5, 1), np.float32)), of="real")
    with pytest.raises(ValueError, match="a multiple of 4, on each replica; received 6"):
        terms.rotation_classification(Turn(bright_corners(6)), of="real")


@pytest.mark.parametrize(("player", "of"), [("discriminator", "real"), ("generator", "fake")])
def test_the_term_of_a_player_moves_that_player_alone(player, of):
    keras.utils.set_random_seed(0)
    latent, data = keras.Input((3,), name="latent"), keras.Input((SIDE, SIDE, 1), name="data")
    images = keras.layers.Reshape((SIDE, SIDE, 1))(keras.layers.Dense(SIDE**2)(latent))
    features = keras.layers.Flatten()(data)
    heads = {n: keras.layers.Dense(k)(features) for n, k in {"logits": 1, "rotation": 4}.items()}
    model = GAN(keras.Model(latent, images), keras.Model(data, heads), prior=priors.Normal(3))
    term = terms.Term(functools.partial(terms.rotation_classification, of=of), player)
    optimizers = {each: keras.optimizers.SGD(0.1) for each in terms.PLAYERS}
    model.compile(loss=silent(), optimizers=optimizers, terms=[term])
    before = {each: weights(getattr(model, each)) for each in terms.PLAYERS}
    learned(model, {"data": tf.constant(np.uint8(255 * bright_corners(8)))}, 1)
    for each in terms.PLAYERS:
        assert (moved(before[each], getattr(model, each)) > 1e-5) == (each == player)
