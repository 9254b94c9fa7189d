"""Minibatch discrimination against its formula in NumPy, alone and on two replicas."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers, replicas

X = np.random.RandomState(0).randn(6, 4).astype("float32")


def nearness(x, kernel, features, dimensions):
    matrix = (x @ kernel).reshape(len(x), features, dimensions)
    result = np.zeros((len(x), features))
    for i in range(len(x)):
        for j in range(len(x)):
            if i != j:
                result[i] += np.exp(-np.abs(matrix[i] - matrix[j]).sum(axis=1))
    return result


def test_the_new_features_are_the_sum_over_the_other_examples():
    layer = layers.MinibatchDiscrimination(3, dimensions=2)
    out = np.asarray(layer(X))
    np.testing.assert_array_equal(out[:, :4], X)
    expected = nearness(X, np.array(layer.kernel), 3, 2)
    np.testing.assert_allclose(out[:, 4:], expected, rtol=1e-4, atol=1e-5)


def test_a_collapsed_batch_has_the_largest_features_and_one_alone_the_smallest():
    layer = layers.MinibatchDiscrimination(2)
    np.testing.assert_array_equal(layer(np.ones((5, 4), "float32"))[:, 4:], np.full((5, 2), 4.0))
    np.testing.assert_array_equal(layer(X[:1])[:, 4:], np.zeros((1, 2)))


def test_the_order_of_the_others_has_no_effect():
    layer = layers.MinibatchDiscrimination(3)
    order = [3, 1, 0, 5, 4, 2]
    np.testing.assert_allclose(layer(X[order]), np.asarray(layer(X))[order], atol=1e-6)


def test_others_and_their_gradients_are_those_of_the_global_batch(two_replicas):
    layer = layers.MinibatchDiscrimination(3, dimensions=2)
    layer.build((None, 4))
    kernel = tf.constant(np.array(layer.kernel))

    def slope(x):
        """Of a mean over these rows, with respect to all rows and the kernel."""
        with tf.GradientTape() as tape:
            tape.watch((x, kernel))
            with keras.StatelessScope([(layer.kernel, kernel)]):
                out = layer.call(x)
            value = tf.reduce_mean(tf.square(out)) / replicas.count()
        return out, *tape.gradient(value, (x, kernel))

    def of_replica():
        first = 3 * tf.distribute.get_replica_context().replica_id_in_sync_group
        return slope(tf.constant(X)[first:][:3])

    whole = slope(tf.constant(X))
    parts = [
        two_replicas.experimental_local_results(each)
        for each in two_replicas.run(tf.function(of_replica))
    ]
    for of_rows in (0, 1):
        np.testing.assert_allclose(np.concatenate(parts[of_rows]), whole[of_rows], rtol=1e-4)
    np.testing.assert_allclose(sum(parts[2]), whole[2], rtol=1e-4, atol=1e-6)


def test_a_saved_layer_computes_the_same(tmp_path):
    layer = layers.MinibatchDiscrimination(3, 2, kernel_initializer="he_normal")
    network = keras.Sequential([keras.Input((4,)), layer])
    network.save(tmp_path / "network.keras")
    loaded = keras.models.load_model(tmp_path / "network.keras")
    np.testing.assert_array_equal(loaded(X), network(X))
    assert loaded.layers[0].get_config() == layer.get_config()
    assert network.compute_output_shape((6, 4)) == (6, 7)


def test_a_microbatch_which_lacks_the_others_is_refused():
    with replicas.microbatch(0, 6), pytest.raises(ValueError, match="use microbatches=1"):
        layers.MinibatchDiscrimination(3)(X)


@pytest.mark.parametrize("arguments", [(0,), (3, 0)])
def test_counts_below_one_are_refused(arguments):
    with pytest.raises(ValueError, match="must be 1 or more; received 0"):
        layers.MinibatchDiscrimination(*arguments)
