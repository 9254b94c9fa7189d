"""Masked layers see what they may see, all of it and nothing else."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

KINDS = {
    "first": {"above": 2, "side": 1, "center": False},
    "later": {"above": 1, "side": 1, "center": True},
    "vertical first": {"above": 2, "side": 2, "center": False, "whole_rows": True},
    "vertical later": {"above": 1, "side": 1, "center": True, "whole_rows": True},
    "horizontal first": {"above": 0, "side": 3, "center": False},
    "horizontal later": {"above": 0, "side": 1, "center": True},
    "nothing": {"above": 0, "side": 0, "center": False},
}


def convolution(kind, inputs=2):
    keras.utils.set_random_seed(0)
    layer = layers.MaskedConv2D(3, **KINDS[kind])
    layer.build((None, 5, 6, inputs))
    layer.bias.assign([0.5, -1.0, 2.0])
    return layer


def may_see(kind, row, column, other_row, other_column):
    """Whether the output at a place may see the input at another, spelled out case by case."""
    above, side, center = (KINDS[kind][name] for name in ("above", "side", "center"))
    up, left = row - other_row, column - other_column
    if 0 < up <= above:
        return abs(left) <= side
    if up != 0:
        return False
    if KINDS[kind].get("whole_rows"):
        return center and abs(left) <= side
    return 0 < left <= side or (left == 0 and center)


@pytest.mark.parametrize("kind", KINDS)
def test_a_convolution_sees_its_places_and_no_others(kind):
    layer = convolution(kind)
    x = tf.random.stateless_normal((1, 5, 6, 2), [0, 1])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x)
    assert y.shape == (1, 5, 6, 3)
    seen = np.abs(tape.jacobian(y, x)[0, :, :, :, 0]).max(axis=(2, 5)) > 0
    for place in itertools.product(range(5), range(6), range(5), range(6)):
        assert seen[place] == may_see(kind, *place), place


@pytest.mark.parametrize("kind", ["first", "later", "horizontal later"])
def test_a_row_and_a_patch_give_what_the_whole_image_gives(kind):
    layer = convolution(kind)
    x = tf.random.stateless_normal((4, 5, 6, 2), [0, 1])
    row, column, above, side = 3, 4, layer.above, layer.side
    out = layer.on_own_row(tf.transpose(x[:, row, column - side : column + 1], (1, 0, 2)))
    if above:
        out += layer.on_rows(x[:, row - above : row])[:, column]
    else:
        out = layer.add_bias(out)
    np.testing.assert_allclose(out, layer(x)[:, row, column], atol=1e-6)


def test_a_whole_row_of_a_vertical_stack_is_that_of_the_whole_image():
    layer = convolution("vertical later")
    x = tf.random.stateless_normal((4, 5, 6, 2), [0, 1])
    np.testing.assert_allclose(layer.on_rows(x[:, 2:4]), layer(x)[:, 3], atol=1e-6)


def test_a_dense_mask_compares_degrees():
    layer = layers.MaskedDense((1, 2, 3), (1, 3))
    layer.build((None, 3))
    layer.kernel.assign(tf.ones((3, 2)))
    np.testing.assert_array_equal(layer.masked_kernel(), [[1, 1], [0, 1], [0, 1]])
    strict = layers.MaskedDense((1, 2, 3), (1, 3), strict=True, use_bias=False)
    strict.build((None, 3))
    strict.kernel.assign(tf.ones((3, 2)))
    np.testing.assert_array_equal(strict.masked_kernel(), [[0, 1], [0, 1], [0, 0]])
    np.testing.assert_array_equal(strict(tf.constant([[2.0, 3.0, 5.0]])), [[0, 5]])


@pytest.mark.parametrize(
    "layer",
    [
        layers.MaskedDense((1, 2, 3), (1, 3), strict=True, use_bias=False),
        layers.MaskedConv2D(3, 2, 1, center=False, whole_rows=True),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_config_makes_the_layer_again(layer):
    config = keras.saving.serialize_keras_object(layer)
    again = keras.saving.deserialize_keras_object(config)
    assert again.get_config() == layer.get_config()


def test_bfloat16_stays_bfloat16():
    conv = layers.MaskedConv2D(3, 1, 1, dtype="mixed_bfloat16")
    assert conv(tf.ones((1, 3, 3, 2))).dtype == tf.bfloat16
    dense = layers.MaskedDense((1, 2), (1,), dtype="mixed_bfloat16")
    assert dense(tf.ones((1, 2))).dtype == tf.bfloat16
