"""Terms: whom they move, when, by how much, and what they keep."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import penalties, terms
from tfgan.runs import Checkpoints

from .games import CLASSES, FEATURES, batch, gan, moved, of_the_bias, weights


@pytest.mark.parametrize("player", terms.PLAYERS)
@pytest.mark.parametrize("simultaneous", [False, True])
def test_a_term_moves_its_player_alone_in_both_orders(player, simultaneous):
    def function(turn):
        return tf.reduce_sum(turn.fake_outputs["features"], axis=1)

    model = gan(terms.Term(function, player, 0.5), simultaneous=simultaneous)
    networks = {"generator": model.generator, "discriminator": model.discriminator}
    before = {name: weights(network) for name, network in networks.items()}
    logs = model.train_step(batch())
    for name, network in networks.items():
        assert (moved(before[name], network) > 1e-4) == (name == player)
    assert float(logs["function"]) > 0


def test_the_weight_multiplies_the_mean_and_may_follow_the_step():
    model = gan(terms.Term(of_the_bias, "generator", lambda step: 3.0 + tf.cast(step, tf.float32)))
    for step in range(2):
        before = weights(model.generator)[-1]
        model.train_step(batch())
        after = weights(model.generator)[-1]
        np.testing.assert_allclose(after, before - 0.1 * (3.0 + step), rtol=1e-5)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_every_k_steps_a_term_moves_k_times_as_far(jit_compile):
    model = gan(terms.Term(of_the_bias, "generator", every=3), jit_compile=jit_compile)
    data = tf.data.Dataset.from_tensors(batch()).repeat()
    places = [weights(model.generator)[-1]]
    for _ in range(4):
        model.fit(data, steps_per_epoch=1, shuffle=False, verbose=0)
        places.append(weights(model.generator)[-1])
    steps = np.diff(np.stack(places), axis=0)[:, 0]
    np.testing.assert_allclose(steps, [-0.3, 0.0, 0.0, -0.3], atol=1e-6)


def test_a_lazy_penalty_asks_the_critic_only_when_its_turn_has_come():
    asked = []

    def penalty(critic, real, fake, seed):
        asked.append(1)
        return penalties.r1(critic, real, fake, seed)

    model = gan(penalties=[penalties.Penalty(penalty, 1.0, every=4)])
    for _ in range(9):
        model.train_step(batch())
    assert len(asked) == 3


class Running(tf.Module):
    """The distance of the mean fake from its running mean."""

    def __init__(self):
        super().__init__()
        self.mean = tf.Variable([0.0, 0.0], trainable=False)

    def __call__(self, turn):
        fake = tf.reduce_mean(turn.fake, axis=0)
        self.mean.assign(0.9 * self.mean + 0.1 * tf.stop_gradient(fake))
        return tf.reduce_sum(tf.square(fake - self.mean))


def running():
    return gan(terms.Term(Running(), "generator"))


def test_the_state_of_a_term_is_saved_and_restored(tmp_path):
    model, other = running(), running()
    for _ in range(3):
        model.train_step(batch())
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), other).restore()
    [state], [restored] = model.term_states.functions, other.term_states.functions
    assert np.abs(np.array(state.mean)).min() > 0
    np.testing.assert_array_equal(np.array(restored.mean), np.array(state.mean))
    for each in (model, other):
        each.train_step(batch())
    np.testing.assert_array_equal(weights(model.generator)[0], weights(other.generator)[0])


@pytest.mark.parametrize(
    "extra",
    [
        [FEATURES],
        [CLASSES],
        [terms.Term(of_the_bias, "generator", every=2)],
        [terms.Term(terms.feature_matching, "generator", every=2)],
    ],
    ids=["features", "classes", "lazy", "lazy mean of the batch"],
)
@pytest.mark.parametrize("simultaneous", [False, True])
def test_two_replicas_take_the_step_of_one_device(two_replicas, extra, simultaneous):
    data = batch(16, label=tf.range(16) % 3)
    repeated = tf.data.Dataset.from_tensors(data).repeat()
    options = {"conditions": ["label"], "simultaneous": simultaneous}
    alone = gan(*extra, run_eagerly=True, **options)  # takes less time than its graph
    with two_replicas.scope():
        together = gan(*extra, **options)
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=3, shuffle=False, verbose=0)
    for one, two in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("l1", "generator"), "function must be a function of a turn; received 'l1'"),
        ((terms.l1, "critic"), "player must be generator or discriminator; received 'critic'"),
        ((terms.l1, "generator", -1.0), "weight must be 0 or more"),
        ((terms.l1, "generator", float("nan")), "weight must be 0 or more"),
        ((terms.l1, "generator", 1.0, 0), "every must be a number of steps from 1; received 0"),
    ],
)
def test_terms_that_make_no_sense_are_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        terms.Term(*arguments)
