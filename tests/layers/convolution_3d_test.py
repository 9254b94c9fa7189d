import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

# Kernel and strides of (time, height, width).
WINDOWS = [((4, 4, 4), (2, 2, 2)), ((1, 4, 4), (1, 2, 2)), ((3, 4, 4), (1, 2, 2))]


def pair(name, filters, window):
    """(ours, Keras' layer) with the same random weights."""
    kernel, strides = window
    both = [
        getattr(home, name)(
            filters, kernel, strides=strides, padding="same", bias_initializer="normal"
        )
        for home in (layers, keras.layers)
    ]
    for layer in both:
        layer.build((None, 4, 6, 8, 3))
    both[1].set_weights(both[0].get_weights())
    return both


def derivatives(layer, inputs):
    """(outputs, gradients) of a function that is not linear in any of them."""
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = layer(inputs)
        loss = tf.reduce_sum(outputs**3)
    return [outputs, *tape.gradient(loss, [inputs, *layer.trainable_variables])]


@pytest.mark.parametrize("name", ["Conv3D", "Conv3DTranspose"])
@pytest.mark.parametrize("window", WINDOWS, ids=str)
@pytest.mark.parametrize("frames", [2, 4])
def test_outputs_and_gradients_are_those_of_keras(name, window, frames):
    inputs = tf.constant(np.random.default_rng(0).normal(size=(2, frames, 6, 8, 3)), tf.float32)
    ours, theirs = pair(name, 5, window)
    for one, other in zip(derivatives(ours, inputs), derivatives(theirs, inputs), strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=3e-6 * np.abs(other).max())


def test_an_odd_number_of_frames_is_left_to_keras():
    inputs = tf.constant(np.random.default_rng(0).normal(size=(2, 5, 6, 8, 3)), tf.float32)
    ours, theirs = pair("Conv3D", 5, WINDOWS[0])
    np.testing.assert_allclose(ours(inputs), theirs(inputs), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", ["Conv3D", "Conv3DTranspose"])
def test_no_three_dimensional_gradient_is_left_in_the_graph(name):
    ours, _ = pair(name, 5, WINDOWS[0])
    inputs = tf.zeros((2, 4, 6, 8, 3))
    graph = tf.function(lambda: derivatives(ours, inputs)).get_concrete_function().graph
    assert not [op.type for op in graph.get_operations() if op.type.startswith("Conv3D")]
