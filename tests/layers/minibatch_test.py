"""Layers that compare examples, against their formulas in NumPy."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers


def score(group):
    return np.mean(np.sqrt(np.mean((group - group.mean(0)) ** 2, axis=0) + 1e-8))


@pytest.mark.parametrize(("batch", "size"), [(8, 4), (4, 4), (6, 3), (2, 2), (10, 2)], ids=str)
def test_the_new_map_is_the_mean_deviation_of_consecutive_groups(batch, size):
    x = np.random.RandomState(0).randn(batch, 3, 2, 5).astype("float32")
    out = np.asarray(layers.MinibatchStdDev(4)(x))
    np.testing.assert_array_equal(out[..., :5], x)
    for index in range(batch):
        group = x[index // size * size :][:size]
        np.testing.assert_allclose(out[index, ..., 5], score(group), rtol=1e-5)


def test_strided_groups_hold_every_nth_example():
    x = np.random.RandomState(0).randn(8, 3, 2, 5).astype("float32")
    out = np.asarray(layers.MinibatchStdDev(4, strided=True)(x))
    for index in range(8):
        np.testing.assert_allclose(out[index, ..., 5], score(x[index % 2 :: 2]), rtol=1e-5)


def test_strided_groups_are_refused_on_several_replicas(two_replicas):
    layer = layers.MinibatchStdDev(2, strided=True)
    with pytest.raises(ValueError, match="strided=True needs one replica.*received 2"):
        two_replicas.run(lambda: layer.call(tf.zeros([4, 3])))


def test_equal_examples_score_near_zero():
    out = layers.MinibatchStdDev()(np.ones((4, 2, 2, 1), "float32"))
    np.testing.assert_allclose(out[..., 1], 1e-4, rtol=1e-3)  # sqrt(1e-8)


def test_points_are_compared_too():
    x = np.array([[0.0, 0.0], [2.0, 4.0]], "float32")
    # Deviations of 1 and 2, mean 1.5.
    np.testing.assert_allclose(layers.MinibatchStdDev()(x)[:, 2], [1.5, 1.5], rtol=1e-5)


def test_an_unknown_batch_size_is_refused():
    layer = layers.MinibatchStdDev()
    with pytest.raises(ValueError, match="a static batch size"):
        tf.function(layer.call).get_concrete_function(tf.TensorSpec((None, 3)))


def test_groups_are_those_of_the_global_batch(two_replicas):
    x = np.random.RandomState(0).randn(12, 3).astype("float32")

    def of_replica():
        first = 6 * tf.distribute.get_replica_context().replica_id_in_sync_group
        return layers.MinibatchStdDev(3).call(tf.constant(x)[first:][:6])

    parts = two_replicas.experimental_local_results(two_replicas.run(tf.function(of_replica)))
    np.testing.assert_allclose(np.concatenate(parts), layers.MinibatchStdDev(3)(x), rtol=1e-6)


def test_a_group_is_not_divided_among_replicas(two_replicas):
    def of_replica():
        return layers.MinibatchStdDev(4).call(tf.zeros([6, 3]))

    with pytest.raises(ValueError, match="groups of 4: the examples of a replica.*received 6"):
        two_replicas.run(tf.function(of_replica))


def test_a_group_below_one_is_refused():
    with pytest.raises(ValueError, match="group_size must be 1 or more; received 0"):
        layers.MinibatchStdDev(0)


def test_pack_joins_consecutive_examples():
    x = np.arange(8.0).reshape(4, 2)
    np.testing.assert_array_equal(layers.Pack(2)(x), [[0, 1, 2, 3], [4, 5, 6, 7]])


@pytest.mark.parametrize("shape", [(6, 5, 3), (6, 4, 2, 3), (6, 2, 4, 2, 3)], ids=len)
def test_pack_joins_places_of_sequences_images_and_videos_on_the_last_axis(shape):
    x = np.random.RandomState(0).randn(*shape).astype("float32")
    packs = layers.Pack(3)(x)
    assert packs.shape == (2, *shape[1:-1], 9) == layers.Pack(3).compute_output_shape(shape)
    wanted = np.stack([np.concatenate(x[:3], axis=-1), np.concatenate(x[3:], axis=-1)])
    np.testing.assert_array_equal(packs, wanted)


def test_pack_joins_labels():
    np.testing.assert_array_equal(layers.Pack(2)(np.arange(4)), [[0, 1], [2, 3]])


def test_permuted_packs_have_permuted_logits():
    x = np.random.RandomState(0).randn(6, 4, 4, 1).astype("float32")
    network = keras.Sequential(
        [layers.Pack(2), keras.layers.Flatten(), keras.layers.Dense(1, activation="tanh")]
    )
    logits = np.asarray(network(x))
    permuted = network(x[[4, 5, 0, 1, 2, 3]])
    np.testing.assert_allclose(permuted, logits[[2, 0, 1]], atol=1e-6)


def test_the_pack_size_of_a_network_is_that_of_its_nested_layer():
    inner = keras.Sequential([keras.Input((2,)), layers.Pack(3)])
    assert layers.pack_size(keras.Sequential([inner, keras.layers.Dense(1)])) == 3
    assert layers.pack_size(keras.layers.Dense(1)) == 1


def test_pack_refuses_a_batch_that_is_no_multiple():
    with pytest.raises(ValueError, match="multiple of 2; received 3"):
        layers.Pack(2)(np.zeros((3, 2)))


def test_pack_refuses_a_count_below_one():
    with pytest.raises(ValueError, match="count must be 1 or more"):
        layers.Pack(0)


@pytest.mark.parametrize(
    "layer", [layers.Pack(2), layers.MinibatchStdDev(2), layers.MinibatchDiscrimination(2)]
)
def test_layers_that_compare_examples_are_seen_in_nested_networks(layer):
    inner = keras.Sequential([keras.Input((2,), batch_size=4), layer])
    assert layers.compares_rows(keras.Sequential([inner, keras.layers.Dense(1)]))
    assert not layers.compares_rows(keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]))
