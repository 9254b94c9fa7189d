"""Equalized layers: unit variance at first, and the functions that their weights stand for."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

from .blurring_test import filtered


def test_the_outputs_of_a_new_dense_layer_have_a_deviation_of_1():
    keras.utils.set_random_seed(0)
    x = np.random.RandomState(0).randn(512, 256).astype("float32")
    for multiplier in (1.0, 0.01):
        y = layers.EqualizedDense(256, rate_multiplier=multiplier)(x)
        assert np.std(y) == pytest.approx(1.0, abs=0.02)


def test_the_scaled_leaky_relu_is_by_hand():
    y = layers.scaled_leaky_relu(np.float32([-1.0, 2.0]))
    np.testing.assert_allclose(y, [-0.2 * 2**0.5, 2.0 * 2**0.5], rtol=1e-6)


def test_a_dense_layer_is_its_formula():
    layer = layers.EqualizedDense(1, "relu", bias=3.0, rate_multiplier=0.5)
    layer.build((None, 4))
    layer.kernel.assign([[1.0], [2.0], [3.0], [4.0]])
    assert float(layer.bias[0]) == 6.0  # 3 / m
    # 1 m / sqrt(4) (1 + 2 + 3 + 4) + 3
    np.testing.assert_allclose(layer(np.ones((1, 4))), [[0.25 * 10.0 + 3.0]])
    assert float(layer(-np.full((1, 4), 2.0))[0, 0]) == 0.0


def test_a_step_of_adam_moves_outputs_in_proportion_to_the_rate_multiplier():
    moves = []
    for multiplier in (1.0, 0.01):
        layer = layers.EqualizedDense(1, use_bias=False, rate_multiplier=multiplier)
        x = np.ones((1, 9), np.float32)
        before = layer(x)
        adam = keras.optimizers.Adam(0.1)
        adam.apply([tf.ones((9, 1))], [layer.kernel])
        moves.append(float(before[0, 0] - layer(x)[0, 0]))
    assert moves[0] == pytest.approx(9 * 0.1 / 3, rel=1e-4)  # nine weights of .1 / sqrt(9)
    assert moves[1] == pytest.approx(moves[0] / 100, rel=1e-2)


def test_a_convolution_that_halves_filters_first():
    keras.utils.set_random_seed(0)
    x = np.random.RandomState(0).randn(2, 8, 6, 3).astype("float32")
    layer = layers.EqualizedConv2D(5, 3, down=True)
    y = layer(x)
    kernel = np.asarray(layer.kernel) / np.sqrt(27)
    blurred = filtered(np.pad(x, [[0, 0], [2, 2], [2, 2], [0, 0]]))  # 9 x 7
    expected = np.zeros((2, 4, 3, 5))
    for row, column in np.ndindex(4, 3):
        patch = blurred[:, 2 * row :, 2 * column :][:, :3, :3]
        expected[:, row, column] = np.einsum("nhwi,hwio->no", patch, kernel)
    np.testing.assert_allclose(y, expected, rtol=1e-4, atol=1e-5)
    assert layer.compute_output_shape((None, 8, 6, 3)) == (None, 4, 3, 5)


def test_layers_are_rebuilt_from_their_configs():
    for layer in (
        layers.EqualizedDense(3, layers.scaled_leaky_relu, bias=1.0, rate_multiplier=0.1),
        layers.EqualizedConv2D(3, 3, "relu", down=True, use_bias=False),
    ):
        config = layer.get_config()
        assert type(layer).from_config(config).get_config() == config


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layers.EqualizedDense(2, rate_multiplier=0.0), "rate_multiplier must be above 0"),
        (lambda: layers.EqualizedConv2D(2, 4), "kernel_size must be odd; received 4"),
    ],
)
def test_arguments_out_of_range_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
