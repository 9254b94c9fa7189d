"""Attention by hand, and a new branch that changes nothing."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers
from tfgan.networks import self_attention
from tfgan.networks.normalization import Normalization


def test_attention_by_hand():
    """Two keys e_1 and e_2, a query (ln 3, 0): weights 3/4 and 1/4."""
    queries = tf.constant([[[np.log(3.0), 0.0]]], tf.float32)
    keys = tf.constant([[[1.0, 0.0], [0.0, 1.0]]])
    values = tf.constant([[[8.0], [4.0]]])
    np.testing.assert_allclose(layers.DotProductAttention()([queries, keys, values]), [[[7.0]]])
    halved = layers.DotProductAttention(scale=0.5)([2.0 * queries, keys, values])
    np.testing.assert_allclose(halved, [[[7.0]]], rtol=1e-6)


def test_heads_are_leading_axes():
    random = np.random.default_rng(0)
    queries, keys, values = (random.normal(size=(2, 3, n, 4)) for n in (6, 5, 5))
    whole = layers.DotProductAttention()([queries, keys, values])
    one = layers.DotProductAttention()([queries[1, 2], keys[1, 2], values[1, 2]])
    np.testing.assert_allclose(whole[1, 2], one, rtol=1e-5)


def test_under_mixed_precision_the_softmax_is_of_float32():
    """Scores of 1,024 and 1,028 are equal in bfloat16, whose steps there are 8."""
    layer = layers.DotProductAttention(scale=1.0, dtype="mixed_bfloat16")
    queries = tf.constant([[[1.0]]], tf.bfloat16)
    keys = tf.constant([[[0.0], [4.0]]], tf.bfloat16)
    values = tf.constant([[[0.0], [1.0]]], tf.bfloat16)
    mixed = layer([queries, keys, values])
    assert mixed.dtype == tf.bfloat16
    assert float(mixed[0, 0, 0]) == pytest.approx(1.0 / (1.0 + np.exp(-4.0)), rel=4e-3)


@pytest.fixture(scope="module")
def block():
    keras.utils.set_random_seed(0)
    data = keras.Input((4, 6, 16))
    return keras.Model(data, self_attention.block(data, Normalization("spectral")))


def test_a_block_has_5_c_squared_over_4_weights_and_1(block):
    counted = sum(int(np.prod(v.shape)) for v in block.trainable_variables)
    assert counted == 5 * 16**2 // 4 + 1


def test_a_new_block_is_the_identity_and_its_gain_alone_has_a_gradient(block):
    x = tf.random.stateless_normal((2, 4, 6, 16), [0, 1])
    with tf.GradientTape() as tape:
        y = block(x)
        loss = tf.reduce_sum(y**3)
    np.testing.assert_array_equal(y, x)
    for variable, gradient in zip(
        block.trainable_variables,
        tape.gradient(loss, block.trainable_variables),
        strict=True,
    ):
        assert (np.abs(gradient).max() > 0.0) == (variable.name == "gamma")


def test_each_place_receives_its_mean_of_the_pooled_values(block):
    """The four 1x1 convolutions and the softmax, written out for one place."""
    gain = next(v for v in block.trainable_variables if v.name == "gamma")
    gain.assign(0.7)
    x = np.random.default_rng(1).normal(size=(1, 4, 6, 16)).astype("float32")
    y = block(x).numpy()
    gain.assign(0.0)
    convolutions = [each for each in block.layers if isinstance(each, layers.Conv2D)]
    kernels = {}
    for each in convolutions:
        kernel = each.normalized_kernel().numpy()[0, 0]
        kernels[kernel.shape[1], type(each._outbound_nodes[0].operation).__name__] = kernel
    f, g, h = kernels[2, "Reshape"], kernels[2, "MaxPooling2D"], kernels[8, "MaxPooling2D"]
    o = kernels[16, "ScaledResidual"]

    def pooled(maps):
        return maps.reshape(2, 2, 3, 2, -1).max(axis=(1, 3)).reshape(6, -1)

    scores = (x[0] @ f).reshape(24, 2) @ pooled(x[0] @ g).T
    weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    expected = x[0] + 0.7 * (weights @ pooled(x[0] @ h) @ o).reshape(4, 6, 16)
    np.testing.assert_allclose(y[0], expected, rtol=1e-4, atol=1e-5)


def test_a_saved_block_is_the_same(block, tmp_path):
    for variable in block.trainable_variables:
        if variable.name == "gamma":
            variable.assign(0.3)
    block.save(tmp_path / "block.keras")
    loaded = keras.saving.load_model(tmp_path / "block.keras")
    x = tf.random.stateless_normal((2, 4, 6, 16), [0, 1])
    np.testing.assert_array_equal(loaded(x), block(x))
