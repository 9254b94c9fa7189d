"""The weight of a penalty, and the clip of a critic's weights."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import penalties


def test_a_constant_weight_holds_at_every_step():
    penalty = penalties.Penalty(penalties.r1, 5.0)
    assert penalty.weight_at(0).dtype == tf.float32
    assert penalty.weight_at(0) == penalty.weight_at(tf.constant(10**6, tf.int64)) == 5.0


def test_a_weight_may_follow_a_schedule():
    schedule = keras.optimizers.schedules.PolynomialDecay(10.0, 100, 2.0)
    penalty = penalties.Penalty(penalties.r1, schedule)
    in_graph = tf.function(penalty.weight_at)
    np.testing.assert_allclose(
        [in_graph(tf.constant(step, tf.int64)) for step in (0, 50, 100)], [10, 6, 2], rtol=1e-6
    )
    assert penalties.Penalty(penalties.r1, lambda step: 3 * step).weight_at(2) == 6.0


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_negative_weights_are_refused(weight):
    with pytest.raises(ValueError, match="weight must be 0 or more.*received"):
        penalties.Penalty(penalties.r1, weight)


def test_a_penalty_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        penalties.Penalty(penalties.r1, 1.0).weight = 2.0


def test_clipped_weights_stay_within_the_limit_after_a_step():
    clip = penalties.ClipWeights(0.01)
    layer = keras.layers.Dense(3, kernel_constraint=clip, bias_constraint=clip)
    layer.build([None, 4])
    before = layer.kernel.numpy()
    optimizer = keras.optimizers.SGD(1.0)
    kernel_step = np.full([4, 3], 1.0, np.float32) + before  # lands on -1
    kernel_step[0, 0] = before[0, 0] - 0.004  # lands inside
    optimizer.apply([tf.constant(kernel_step), -tf.ones([3])], layer.trainable_variables)
    expected = np.full([4, 3], -0.01)
    expected[0, 0] = 0.004
    np.testing.assert_allclose(layer.kernel, expected, atol=1e-7)
    np.testing.assert_allclose(layer.bias, [0.01] * 3)


def test_clipping_survives_serialization():
    layer = keras.layers.Dense(3, kernel_constraint=penalties.ClipWeights(0.25))
    stored = keras.saving.serialize_keras_object(layer)
    restored = keras.saving.deserialize_keras_object(stored).kernel_constraint
    assert isinstance(restored, penalties.ClipWeights)
    np.testing.assert_allclose(restored(tf.constant([-1.0, 0.1, 1.0])), [-0.25, 0.1, 0.25])


@pytest.mark.parametrize("limit", [0.0, -0.01])
def test_clipping_needs_a_positive_limit(limit):
    with pytest.raises(ValueError, match="limit must be above 0; received"):
        penalties.ClipWeights(limit)
