"""LeCam: its value by hand, its running means, and their place in a game."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import terms
from tfgan.runs import Checkpoints

from .games import batch, gan


def turn_of(real, fake):
    outputs = {"real": [real], "fake": [fake]}
    turn = terms.Turn({"data": "real"}, {}, {"data": "fake"}, None, None, "turn", {})
    turn.discriminate = lambda data, purpose: {"logits": tf.constant(outputs[data])}
    return turn


def test_the_value_is_that_of_the_formula_over_two_batches():
    """decay .5; means of D(x) 1 then 4, of D(G(z)) -1 then 1; debiased, (.25 + 2) / .75 = 3."""
    term = terms.LeCam(decay=0.5)
    # a_R = 1, a_F = -1: (1 + 1)^2 + (1 + 1)^2.
    np.testing.assert_allclose(term(turn_of([1.0], [-1.0])), [[8.0]])
    # a_R = 3, a_F = (-.25 + .5) / .75 = 1/3: (4 - 1/3)^2 + (3 - 1)^2.
    np.testing.assert_allclose(term(turn_of([4.0], [1.0])), [[(11 / 3) ** 2 + 4.0]], rtol=1e-6)


def test_logits_on_the_right_side_cost_nothing():
    term = terms.LeCam(decay=0.0)
    np.testing.assert_array_equal(term(turn_of([-2.0, -2.0], [3.0, 3.0])), [[0.0, 0.0]])


def test_the_means_are_constants_for_the_gradient():
    real, fake = tf.Variable([[1.0, 3.0]]), tf.Variable([[0.0, -2.0]])
    turn = turn_of([0.0], [0.0])
    turn.discriminate = lambda data, purpose: {"logits": real if data == "real" else fake}
    with tf.GradientTape() as tape:
        value = tf.reduce_sum(terms.LeCam(decay=0.0)(turn))
    slopes = tape.gradient(value, [real, fake])
    # a_R = 2, a_F = -1: 2 (D(x) + 1) and -2 (2 - D(G(z))).
    np.testing.assert_allclose(slopes[0], [[4.0, 8.0]])
    np.testing.assert_allclose(slopes[1], [[-4.0, -8.0]])


def regularized(**options):
    return gan(terms.Term(terms.LeCam(), "discriminator", 0.3), **options)


def test_the_state_is_saved_with_a_run_and_with_a_keras_file(tmp_path):
    model, other = regularized(), regularized()
    for _ in range(3):
        model.train_step(batch())
    Checkpoints(str(tmp_path), model).save()
    assert Checkpoints(str(tmp_path), other).restore()
    [state], [restored] = model.term_states.functions, other.term_states.functions
    assert float(state.sums[2]) == pytest.approx(1.0 - 0.99**3, rel=1e-5)
    np.testing.assert_array_equal(state.sums, restored.sums)
    config = keras.saving.serialize_keras_object(terms.LeCam(0.9))
    assert keras.saving.deserialize_keras_object(config).decay == 0.9


def test_two_replicas_take_the_step_of_one_device(two_replicas):
    repeated = tf.data.Dataset.from_tensors(batch(16)).repeat()
    alone = regularized(run_eagerly=True)
    with two_replicas.scope():
        together = regularized()
    for model in (alone, together):
        model.fit(repeated, steps_per_epoch=3, shuffle=False, verbose=0)
    for one, other in zip(alone.get_weights(), together.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_an_evaluation_moves_no_mean():
    model = regularized()
    model.train_step(batch())
    before = np.array(model.state_variables[0])
    model.evaluate(batch(), verbose=0)
    np.testing.assert_array_equal(model.state_variables[0], before)


@pytest.mark.parametrize("decay", [1.0, -0.1, float("nan")])
def test_a_decay_out_of_range_is_refused(decay):
    with pytest.raises(ValueError, match="decay must be from 0 and below 1"):
        terms.LeCam(decay)
