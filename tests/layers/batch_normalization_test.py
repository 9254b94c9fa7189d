import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers


def pair(dtype="float32", shape=(6, 5, 4, 3), **kwargs):
    """(ours, Keras' layer, inputs), with the same random weights."""
    both = (
        layers.BatchNormalization(dtype=dtype, **kwargs),
        keras.layers.BatchNormalization(dtype=dtype, **kwargs),
    )
    draw = np.random.default_rng(0)
    gamma, beta = draw.uniform(0.5, 2.0, shape[-1]), draw.standard_normal(shape[-1])
    for layer in both:
        layer.build(shape)
        layer.gamma.assign(gamma)
        layer.beta.assign(beta)
    return *both, tf.constant(draw.normal(1.5, 2.0, shape), tf.float32)


def derivatives(layer, inputs):
    """(outputs, gradients, second gradients) of a function that is not linear in any of them."""
    variables = [layer.gamma.value, layer.beta.value]

    @tf.function
    def compute():
        with tf.GradientTape() as second:
            second.watch(inputs)
            with tf.GradientTape() as first:
                first.watch(inputs)
                outputs = layer(inputs, training=True)
                loss = tf.reduce_sum(tf.cast(outputs, tf.float32) ** 3)
            gradients = first.gradient(loss, [inputs, *variables])
            norm = tf.reduce_sum(gradients[0] ** 2)
        return [outputs, *gradients, *second.gradient(norm, [inputs, variables[0]])]

    return compute()


def test_outputs_and_both_derivatives_are_those_of_keras():
    ours, theirs, inputs = pair()
    for one, other in zip(derivatives(ours, inputs), derivatives(theirs, inputs), strict=True):
        scale = np.abs(other).max()
        np.testing.assert_allclose(one, other, rtol=0, atol=2e-6 * scale)


@pytest.mark.parametrize("momentum", [0.9, 0.5])
def test_moving_statistics_are_those_of_keras(momentum):
    ours, theirs, inputs = pair(momentum=momentum)
    for layer in (ours, theirs):
        for _ in range(3):
            layer(inputs, training=True)
    np.testing.assert_allclose(ours.moving_mean, theirs.moving_mean, rtol=1e-6)
    np.testing.assert_allclose(ours.moving_variance, theirs.moving_variance, rtol=1e-6)
    np.testing.assert_allclose(ours(inputs), theirs(inputs), rtol=1e-5, atol=1e-6)


def test_a_layer_that_is_not_trained_keeps_its_statistics():
    ours, _, inputs = pair()
    ours.trainable = False
    ours(inputs, training=True)
    np.testing.assert_array_equal(ours.moving_mean, np.zeros(3))


def test_under_mixed_precision_statistics_stay_float32():
    ours, theirs, inputs = pair("mixed_bfloat16")
    for layer in (ours, theirs):
        outputs = layer(inputs, training=True)
        assert outputs.dtype == tf.bfloat16
    np.testing.assert_allclose(ours.moving_mean, theirs.moving_mean, rtol=1e-2)
    assert ours.moving_variance.dtype == "float32"


def test_points_are_normalized_as_keras_does():
    ours, theirs, inputs = pair(shape=(6, 3))
    np.testing.assert_array_equal(ours(inputs, training=True), theirs(inputs, training=True))


def test_images_take_the_fused_operation_and_two_replicas_do_not(two_replicas):
    ours, _, inputs = pair()

    def operations(function):
        graph = tf.function(function).get_concrete_function().graph.as_graph_def()
        return {node.op for each in (graph, *graph.library.function) for node in
                getattr(each, "node", None) or each.node_def}  # fmt: skip

    assert "FusedBatchNormV3" in operations(lambda: ours(inputs, training=True))
    with two_replicas.scope():
        shared = layers.BatchNormalization()
        shared.build(inputs.shape)
        replicated = operations(lambda: two_replicas.run(shared, (inputs,), {"training": True}))
    assert "FusedBatchNormV3" not in replicated


def test_two_replicas_normalize_by_the_statistics_of_the_global_batch(two_replicas):
    alone, _, inputs = pair()
    expected = alone(inputs, training=True)
    with two_replicas.scope():
        shared = layers.BatchNormalization()
        shared.build(inputs.shape)
    shared.gamma.assign(alone.gamma)
    shared.beta.assign(alone.beta)
    halves = two_replicas.experimental_distribute_values_from_function(
        lambda context: inputs[3 * context.replica_id_in_sync_group :][:3]
    )
    outputs = two_replicas.run(shared, (halves,), {"training": True})
    found = tf.concat(two_replicas.experimental_local_results(outputs), 0)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(shared.moving_variance, alone.moving_variance, rtol=1e-5)
