"""Conditional batch normalization: statistics of all classes, gain and bias of one."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

LABEL = np.int32([0, 2, 2, 1, 0, 2])


def layer(shape=(6, 5, 4, 2), **kwargs):
    """A layer of 3 classes with random gains and biases."""
    norm = layers.ConditionalBatchNormalization(3, **kwargs)
    norm.build(shape, (6,))
    random = np.random.default_rng(0)
    norm.gain.assign(random.uniform(0.5, 2.0, (3, 2)))
    norm.bias.assign(random.normal(size=(3, 2)))
    return norm


def inputs(shape=(6, 5, 4, 2)):
    return tf.constant(np.random.default_rng(1).normal(1.5, 2.0, shape), tf.float32)


def by_hand(norm, x, label, epsilon=2e-5):
    axes = tuple(range(x.ndim - 1))
    normalized = (x - x.mean(axes)) / np.sqrt(x.var(axes) + epsilon)
    rows = (-1, *(1 for _ in axes[1:]), x.shape[-1])
    gain, bias = (np.asarray(table)[label].reshape(rows) for table in (norm.gain, norm.bias))
    return normalized * gain + bias


@pytest.mark.parametrize("shape", [(6, 5, 4, 2), (6, 2), (6, 2, 5, 4, 2)], ids=str)
def test_images_points_and_videos_are_normalized_over_all_classes_by_hand(shape):
    norm, x = layer(shape), inputs(shape)
    result = norm(x, LABEL, training=True)
    np.testing.assert_allclose(result, by_hand(norm, x.numpy(), LABEL), rtol=1e-4, atol=1e-5)


def test_a_new_layer_is_batch_normalization_with_2_rows_of_parameters_per_class():
    norm, plain = (
        layers.ConditionalBatchNormalization(3),
        layers.BatchNormalization(epsilon=2e-5),
    )
    x = inputs()
    np.testing.assert_allclose(
        norm(x, LABEL, training=True), plain(x, training=True), rtol=1e-5, atol=1e-6
    )
    assert [w.name for w in norm.trainable_weights] == ["gain", "bias"]
    assert sum(np.size(w) for w in norm.trainable_weights) == 2 * 2 * 3


def test_moving_statistics_are_those_of_the_mix_of_classes_and_used_in_inference():
    norm, x = layer(momentum=0.0), inputs()
    norm(x, LABEL, training=True)
    np.testing.assert_allclose(norm.moving_mean, x.numpy().mean((0, 1, 2)), rtol=1e-5)
    np.testing.assert_allclose(norm.moving_variance, x.numpy().var((0, 1, 2)), rtol=1e-4)
    one_class = np.full(6, 1, np.int32)  # whose own statistics are not used
    result = norm(x[:2], one_class[:2], training=False)
    expected = by_hand(norm, x.numpy(), one_class)[:2]
    np.testing.assert_allclose(result, expected, rtol=1e-3, atol=1e-4)


def test_the_gradient_of_a_table_reaches_the_rows_of_the_labels_in_the_batch():
    norm, x = layer(), inputs()
    with tf.GradientTape() as tape:
        y = norm(x, np.int32([0, 0, 2, 2, 0, 2]), training=True)
        loss = tf.reduce_sum(y**3)
    gradients = tape.gradient(loss, [norm.gain.value, norm.bias.value])
    for gradient in gradients:
        rows = np.abs(tf.convert_to_tensor(gradient)).max(axis=1)
        assert rows[1] == 0.0 and rows[0] > 0.0 and rows[2] > 0.0


def test_the_fused_kernel_of_one_device_agrees_with_keras():
    norm, x = layer(), inputs()
    layers.cpu_kernels(False)
    try:
        expected = norm(x, LABEL, training=True)
    finally:
        layers.cpu_kernels(True)
    np.testing.assert_allclose(norm(x, LABEL, training=True), expected, rtol=1e-5, atol=1e-5)


def test_two_replicas_normalize_by_the_statistics_of_the_global_batch(two_replicas):
    alone, x = layer(), inputs()
    expected = alone(x, LABEL, training=True)
    with two_replicas.scope():
        shared = layers.ConditionalBatchNormalization(3)
        shared.build(x.shape, (6,))
    shared.gain.assign(alone.gain)
    shared.bias.assign(alone.bias)

    def half(rows):
        return two_replicas.experimental_distribute_values_from_function(
            lambda context: tf.constant(rows)[3 * context.replica_id_in_sync_group :][:3]
        )

    outputs = two_replicas.run(shared, (half(x), half(LABEL)), {"training": True})
    result = tf.concat(two_replicas.experimental_local_results(outputs), 0)
    np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(shared.moving_variance, alone.moving_variance, rtol=1e-5)


def test_a_saved_network_is_the_same(tmp_path):
    shape = (6, 4, 4, 2)
    data, label = keras.Input(shape[1:]), keras.Input((), dtype="int32")
    network = keras.Model([data, label], layer(shape, momentum=0.5)(data, label))
    arguments = [inputs(shape), tf.constant(LABEL)]
    network(arguments, training=True)
    network.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras")
    np.testing.assert_array_equal(loaded(arguments), network(arguments))
    assert loaded.layers[-1].momentum == 0.5 and loaded.layers[-1].classes == 3


def test_under_mixed_precision_outputs_are_of_16_bits_and_tables_of_32():
    norm = layers.ConditionalBatchNormalization(3, dtype="mixed_bfloat16")
    assert norm(inputs(), LABEL, training=True).dtype == tf.bfloat16
    assert norm.gain.dtype == norm.moving_variance.dtype == "float32"


def test_one_class_is_refused():
    with pytest.raises(ValueError, match="classes must be 2 or more; received 1"):
        layers.ConditionalBatchNormalization(1)


def modulation(count=6, channels=2):
    random = np.random.default_rng(2)
    gain, bias = random.uniform(0.5, 2.0, (count, channels)), random.normal(size=(count, channels))
    return tf.constant(gain, tf.float32), tf.constant(bias, tf.float32)


def test_a_gain_and_a_bias_per_example_by_hand():
    norm, x, (gain, bias) = layers.ModulatedBatchNormalization(), inputs(), modulation()
    result = norm(x, gain, bias, training=True)
    normalized = (x - tf.reduce_mean(x, (0, 1, 2))) / np.sqrt(np.var(x, (0, 1, 2)) + 1e-5)
    expected = normalized * gain[:, None, None] + bias[:, None, None]
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-5)
    assert not norm.trainable_weights


def test_the_gradients_on_two_replicas_are_those_of_one_device(two_replicas):
    """Through the statistics of the global batch too, for inputs, gains and biases."""
    x, (gain, bias) = inputs(), modulation()
    target = tf.constant(np.random.default_rng(3).normal(size=x.shape), tf.float32)

    def gradients(norm, x, gain, bias, target):
        with tf.GradientTape() as tape:
            tape.watch([x, gain, bias])
            loss = tf.reduce_sum(tf.square(norm(x, gain, bias, training=True) - target))
        return tape.gradient(loss, [x, gain, bias])

    expected = gradients(layers.ModulatedBatchNormalization(), x, gain, bias, target)
    with two_replicas.scope():
        shared = layers.ModulatedBatchNormalization()
        shared.build(x.shape)

    def half(rows):
        return two_replicas.experimental_distribute_values_from_function(
            lambda context: tf.constant(rows)[3 * context.replica_id_in_sync_group :][:3]
        )

    halves = [half(rows) for rows in (x, gain, bias, target)]
    for one, each in zip(expected, two_replicas.run(gradients, (shared, *halves)), strict=True):
        together = tf.concat(two_replicas.experimental_local_results(each), 0)
        np.testing.assert_allclose(together, one, rtol=1e-3, atol=1e-4)
