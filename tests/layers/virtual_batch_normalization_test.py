"""Virtual batch normalization: its formula, and that examples do not depend on each other."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

RANDOM = np.random.RandomState(0)


@pytest.mark.parametrize("shape", [(3,), (4, 2, 3)], ids=["points", "images"])
def test_an_example_is_normalized_as_the_last_of_the_reference(shape):
    rows = RANDOM.randn(6, *shape).astype("float32") * 2.0 + 1.0
    layer = layers.VirtualBatchNormalization(4, epsilon=1e-3)
    layer.build(rows.shape)
    layer.set_weights([np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.0, -1.0])])
    out = np.asarray(layer(rows))
    axes = tuple(range(len(shape)))

    def normalized(x, batch):
        mean, variance = batch.mean(axis=axes), batch.var(axis=axes)
        return (x - mean) / np.sqrt(variance + 1e-3) * [1.0, 2.0, 3.0] + [0.5, 0.0, -1.0]

    np.testing.assert_allclose(out[:4], normalized(rows[:4], rows[:4]), atol=1e-4)
    for index in (4, 5):
        batch = np.concatenate([rows[:4], rows[index : index + 1]])
        np.testing.assert_allclose(out[index], normalized(rows[index], batch), atol=1e-4)


def test_the_reference_joins_in_front_and_is_dropped():
    x = RANDOM.randn(2, 3).astype("float32")
    join, drop = layers.JoinReference(4), layers.DropReference(4)
    join.build(x.shape)
    reference = RANDOM.randn(4, 3)
    join.set_weights([reference])
    joined = join(x)
    np.testing.assert_allclose(joined, np.concatenate([reference, x]), rtol=1e-6)
    np.testing.assert_array_equal(drop(joined), x)
    assert join.compute_output_shape((2, 3)) == (6, 3)
    assert drop.compute_output_shape((6, 3)) == (2, 3)
    assert not join.trainable_variables


def test_the_mean_of_a_half_precision_batch_is_taken_in_float32():
    rows = tf.cast(300.0 + RANDOM.randn(40, 3), tf.float16)  # its squares overflow float16
    layer = layers.VirtualBatchNormalization(32, dtype="mixed_float16")
    out = np.asarray(layer(rows))
    assert out.dtype == np.float16 and np.isfinite(out).all()


def test_a_config_brings_the_layers_back():
    for layer in (
        layers.VirtualBatchNormalization(4, epsilon=1e-3),
        layers.JoinReference(4),
        layers.DropReference(4),
    ):
        config = keras.saving.serialize_keras_object(layer)
        assert keras.saving.deserialize_keras_object(config).get_config() == layer.get_config()


@pytest.mark.parametrize(
    "kind", [layers.VirtualBatchNormalization, layers.JoinReference, layers.DropReference]
)
def test_a_reference_without_examples_is_refused(kind):
    with pytest.raises(ValueError, match="size must be 1 or more; received 0"):
        kind(0)


def test_an_epsilon_of_0_is_refused():
    with pytest.raises(ValueError, match="epsilon must be above 0"):
        layers.VirtualBatchNormalization(4, epsilon=0.0)
