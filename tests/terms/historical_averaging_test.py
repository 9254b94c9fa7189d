"""Historical averaging: the distance from the mean of the past, by hand."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import terms
from tfgan.runs import Checkpoints

from .games import batch, gan, moved, weights


def averaged(player="generator", **options):
    return gan(terms.Term(terms.HistoricalAveraging(), player, 1.0), **options)


def test_the_value_is_the_squared_distance_from_the_mean_of_all_steps():
    """All weights move by 1 after the first step and by 3 after the second: means +1/2 and +5/3."""
    model = averaged(rate=0.0)
    size = sum(w.size for w in weights(model.generator))
    values = []
    for shift in (1.0, 3.0, 0.0):
        values.append(float(model.train_step(batch())["historical_averaging"]))
        model.generator.set_weights([w + shift for w in weights(model.generator)])
    # theta_t - mean: 0, then 1 - 1/2, then 4 - 5/3.
    assert values == pytest.approx([0.0, size / 4.0, size * (7.0 / 3.0) ** 2], rel=1e-4)


@pytest.mark.parametrize("player", terms.PLAYERS)
def test_it_pulls_its_player_alone_towards_the_mean(player):
    """One SGD step of rate .1 from +1, at mean +1/2: 2 (1 - 1/2) .1 = .1."""
    model = averaged(player)
    networks = {"generator": model.generator, "discriminator": model.discriminator}
    model.train_step(batch())
    start = {name: weights(network) for name, network in networks.items()}
    networks[player].set_weights([w + 1.0 for w in start[player]])
    model.train_step(batch())
    for name, network in networks.items():
        expected = [w + 0.9 * (name == player) for w in start[name]]
        assert moved(expected, network) < 1e-5


def test_the_state_is_saved_and_restored(tmp_path):
    model, other = averaged(), averaged()
    for _ in range(2):
        model.train_step(batch())
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), other).restore()
    assert len(model.state_variables) == 1 + len(model.generator.trainable_variables)
    for one, restored in zip(model.state_variables, other.state_variables, strict=True):
        np.testing.assert_array_equal(one, restored)


def test_a_keras_file_keeps_the_term_and_its_state(tmp_path):
    model = averaged(loss="non_saturating")
    for _ in range(2):
        model.train_step(batch())
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for each in (model, loaded):
        each.train_step(batch())
    for one, other in zip(weights(model.generator), weights(loaded.generator), strict=True):
        np.testing.assert_array_equal(one, other)


def test_two_replicas_take_the_step_of_one_device(two_replicas):
    repeated = tf.data.Dataset.from_tensors(batch(16)).repeat()
    alone = averaged(loss="non_saturating", run_eagerly=True)
    with two_replicas.scope():
        together = averaged(loss="non_saturating")
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=3, shuffle=False, verbose=0)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)
