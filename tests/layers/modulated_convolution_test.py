"""The modulated convolution against one convolution per example with the scaled kernel."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

from .blurring_test import filtered


def draws(*shape, seed=0):
    return np.random.RandomState(seed).randn(*shape).astype("float32")


def per_example(x, style, kernel, up, demodulate):
    """The grouped form: a kernel of its own for each example."""
    rows = []
    for row, scale in zip(x, style, strict=True):
        w = kernel * scale[None, None, :, None]
        if demodulate:
            w = w / np.sqrt(np.sum(w**2, axis=(0, 1, 2)) + 1e-8)
        if up:
            sides = [1, 2 * row.shape[0] + 1, 2 * row.shape[1] + 1, w.shape[3]]
            y = tf.nn.conv2d_transpose(row[None], w.transpose(0, 1, 3, 2), sides, 2, "VALID")
            rows.append(filtered(np.pad(y, [[0, 0], [1, 1], [1, 1], [0, 0]]), 4.0))
        else:
            rows.append(tf.nn.conv2d(row[None], w, 1, "SAME"))
    return np.concatenate(rows)


@pytest.mark.parametrize("demodulate", [True, False])
@pytest.mark.parametrize(("size", "up"), [(1, False), (3, False), (3, True)])
def test_the_form_without_groups_is_the_form_with_groups(size, up, demodulate):
    keras.utils.set_random_seed(0)
    layer = layers.ModulatedConv2D(5, size, up=up, demodulate=demodulate)
    x, style = draws(3, 6, 4, 7), draws(3, 7, seed=1)
    y = layer([x, style])
    kernel = np.asarray(layer.kernel) / np.sqrt(size * size * 7)
    np.testing.assert_allclose(y, per_example(x, style, kernel, up, demodulate), atol=1e-5)
    assert layer.compute_output_shape([(None, 6, 4, 7), (None, 7)]) == (None, *y.shape[1:])


def test_demodulation_gives_unit_variance_for_any_style():
    keras.utils.set_random_seed(0)
    layer = layers.ModulatedConv2D(64, 3, use_bias=False)
    x, style = draws(4, 16, 16, 32), 10.0 ** draws(4, 32, seed=1)
    y = np.asarray(layer([x, style]))[:, 1:-1, 1:-1]
    assert y.std() == pytest.approx(1.0, abs=0.03)
    plain = layers.ModulatedConv2D(64, 3, use_bias=False, demodulate=False)
    assert np.std(plain([x, style])) > 3.0


def test_the_scale_of_a_style_changes_nothing_with_demodulation():
    layer, x, style = layers.ModulatedConv2D(4, 3), draws(2, 5, 5, 3), draws(2, 3, seed=1)
    np.testing.assert_allclose(layer([x, 7.0 * style]), layer([x, style]), rtol=1e-4, atol=1e-5)
    scale = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(layer([x, scale * style]) * draws(2, 5, 5, 4, seed=2))
    assert abs(float(tape.gradient(y, scale))) < 1e-4


@pytest.mark.parametrize("jit", [False, True], ids=["graph", "xla"])
def test_the_second_derivative_by_the_style_is_the_slope_of_the_first(jit):
    keras.utils.set_random_seed(0)
    layer = layers.ModulatedConv2D(4, 3, "tanh", up=True)
    x, style, direction = draws(2, 4, 4, 3), draws(2, 3, seed=1), draws(2, 3, seed=2)
    layer([x, style])

    def first(style):
        with tf.GradientTape() as tape:
            tape.watch(style)
            y = tf.reduce_sum(layer([x, style]) ** 2)
        return tape.gradient(y, style)

    @tf.function(jit_compile=jit)
    def second(style):
        with tf.GradientTape() as tape:
            tape.watch(style)
            along = tf.reduce_sum(first(style) * direction)
        return tape.gradient(along, style)

    step = 1e-2
    above, below = (first(tf.constant(style + by * direction)) for by in (step, -step))
    slope = (above - below) / (2 * step)
    np.testing.assert_allclose(second(tf.constant(style)), slope, rtol=0.02, atol=0.02)


def test_the_layer_is_rebuilt_from_its_config():
    config = layers.ModulatedConv2D(4, 3, layers.scaled_leaky_relu, up=True).get_config()
    assert layers.ModulatedConv2D.from_config(config).get_config() == config


@pytest.mark.parametrize(("size", "up"), [(2, False), (5, False), (1, True)])
def test_other_kernels_are_refused(size, up):
    with pytest.raises(ValueError, match=f"kernel_size must be .*; received {size}"):
        layers.ModulatedConv2D(4, size, up=up)
