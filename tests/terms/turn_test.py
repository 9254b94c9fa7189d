"""What a term sees of a turn of the game."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import losses, penalties, priors, terms
from tfgan.models import GAN

from .games import (
    batch,
    gan,
    generator,
)


def test_outputs_that_no_term_asks_for_are_not_computed():
    model = gan()
    seen = []
    discriminate = model._discriminate
    model._discriminate = lambda *inputs: seen.append(inputs[-1]) or discriminate(*inputs)
    model.train_step(batch())
    assert seen == ["on real, turn 0", "on fake, turn 0", "on fake, generator's turn"]


def test_terms_and_penalties_have_seeds_and_noise_of_their_own():
    seeds = []

    def note(turn):
        seeds.append(tuple(np.array(turn.seed)))
        return tf.zeros(8)

    def note_penalty(critic, real, fake, seed):
        seeds.append(tuple(np.array(seed)))
        return tf.zeros(8)

    model = gan(
        terms.Term(note, "discriminator"),
        terms.Term(note, "generator"),
        penalties=[penalties.Penalty(note_penalty, 1.0)] * 2,
    )
    model.train_step(batch())
    model.train_step(batch())
    assert len(set(seeds)) == len(seeds) == 8


def test_a_network_without_the_output_that_the_game_needs_is_refused():
    data = keras.Input((2,), name="data")
    headless = keras.Model({"data": data}, {"features": keras.layers.Dense(2)(data)})
    with pytest.raises(ValueError, match="discriminator must have an output named logits"):
        GAN(generator(), headless, prior=priors.Normal(3))


def test_replicas_meet_inside_of_the_discriminator(two_replicas):
    """Each replica is traced in a thread of its own; a lock on the outputs would stop them all."""
    with two_replicas.scope():
        data = keras.Input((2,), name="data")
        hidden = keras.layers.BatchNormalization(synchronized=True)(keras.layers.Dense(4)(data))
        judge = keras.Model({"data": data}, keras.layers.Dense(1)(hidden))
        model = gan(networks=(generator(), judge), loss=losses.non_saturating())
    model.fit(tf.data.Dataset.from_tensors(batch(8)).repeat(), steps_per_epoch=1, verbose=0)
    assert model.steps_done == 1
