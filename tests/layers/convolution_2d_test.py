import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

SETTINGS = {"kernel_size": 4, "strides": 2, "padding": "same"}


def pair(name, filters, channels, **kwargs):
    """(ours, Keras' layer) with the same random weights."""
    both = [
        getattr(home, name)(filters, bias_initializer="normal", **SETTINGS, **kwargs)
        for home in (layers, keras.layers)
    ]
    for layer in both:
        layer.build((None, 6, 10, channels))
    both[1].set_weights(both[0].get_weights())
    return both


def derivatives(layer, inputs):
    """(outputs, gradients, second gradients) of a function that is not linear in any of them."""

    @tf.function
    def compute():
        with tf.GradientTape() as second:
            second.watch(inputs)
            with tf.GradientTape() as first:
                first.watch(inputs)
                outputs = layer(inputs)
                loss = tf.reduce_sum(tf.cast(outputs, tf.float32) ** 3)
            kernel = layer.kernel.value
            gradients = first.gradient(loss, [inputs, kernel])
            norm = sum(tf.reduce_sum(gradient**2) for gradient in gradients)
        return [outputs, *gradients, *second.gradient(norm, [inputs, kernel])]

    return compute()


CASES = [("Conv2D", 7, 1), ("Conv2D", 7, 3), ("Conv2DTranspose", 1, 7), ("Conv2DTranspose", 3, 7)]


@pytest.mark.parametrize("name, filters, channels", CASES)
def test_outputs_and_both_derivatives_are_those_of_keras(name, filters, channels):
    inputs = tf.constant(np.random.default_rng(0).normal(size=(3, 6, 10, channels)), tf.float32)
    ours, theirs = pair(name, filters, channels)
    for one, other in zip(derivatives(ours, inputs), derivatives(theirs, inputs), strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=3e-6 * np.abs(other).max())


GROUPED = [
    {"kernel_size": 3, "padding": "same"},
    {"kernel_size": (1, 3), "strides": 2, "padding": "valid"},
    {"kernel_size": 3, "dilation_rate": 2, "padding": "same"},
]


@pytest.mark.parametrize("kwargs", GROUPED)
def test_a_convolution_in_groups_and_both_derivatives_are_those_of_keras(kwargs):
    inputs = tf.constant(np.random.default_rng(0).normal(size=(2, 5, 6, 6)), tf.float32)
    ours, theirs = (
        home.Conv2D(9, groups=3, bias_initializer="normal", **kwargs)
        for home in (layers, keras.layers)
    )
    for layer in (ours, theirs):
        layer.build(inputs.shape)
    theirs.set_weights(ours.get_weights())
    for one, other in zip(derivatives(ours, inputs), derivatives(theirs, inputs), strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=3e-6 * np.abs(other).max())


def test_a_convolution_in_groups_runs_without_xla_on_cpus():
    inputs = tf.zeros((2, 5, 6, 6))
    ours, theirs = (home.Conv2D(9, 3, groups=3) for home in (layers, keras.layers))
    assert ours(inputs).shape == theirs(inputs).shape
    compiled = [
        any(
            "_XlaMustCompile" in node.attr
            for node in tf.function(layer).get_concrete_function(inputs).graph.as_graph_def().node
        )
        for layer in (ours, theirs)
    ]
    assert compiled == [False, True]


def operations(layer, inputs):
    def gradient():
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(inputs)
        return tape.gradient(outputs, inputs)

    graph = tf.function(gradient).get_concrete_function().graph.as_graph_def()
    return {node.op for node in graph.node} | {
        node.op for function in graph.library.function for node in function.node_def
    }


@pytest.mark.parametrize("name, filters, channels", CASES)
def test_few_channels_take_the_sub_pixel_form_and_many_do_not(name, filters, channels):
    inputs = tf.zeros((2, 6, 10, channels))
    ours, theirs = pair(name, filters, channels)
    assert "DepthToSpace" in operations(ours, inputs)
    assert "DepthToSpace" not in operations(theirs, inputs)
    many, _ = pair(name, 8, 8)
    assert "DepthToSpace" not in operations(many, tf.zeros((2, 6, 10, 8)))


@pytest.mark.parametrize("kwargs", [{"kernel_size": 5}, {"strides": 1}, {"padding": "valid"}])
@pytest.mark.parametrize("name, filters, channels", CASES[::3])
def test_other_kernels_strides_and_paddings_are_left_to_keras(name, filters, channels, kwargs):
    inputs = tf.constant(np.random.default_rng(0).normal(size=(2, 7, 9, channels)), tf.float32)
    ours, theirs = (
        getattr(home, name)(filters, **{**SETTINGS, **kwargs}) for home in (layers, keras.layers)
    )
    expected = theirs(inputs)
    ours.build(inputs.shape)
    ours.set_weights(theirs.get_weights())
    np.testing.assert_array_equal(ours(inputs), expected)


def test_odd_sides_are_left_to_keras():
    inputs = tf.constant(np.random.default_rng(0).normal(size=(2, 7, 8, 1)), tf.float32)
    ours, theirs = pair("Conv2D", 5, 1)
    np.testing.assert_array_equal(ours(inputs), theirs(inputs))


@pytest.mark.parametrize("name, filters, channels", CASES[::3])
def test_under_mixed_precision_it_computes_in_bfloat16(name, filters, channels):
    layer = getattr(layers, name)(filters, **SETTINGS, dtype="mixed_bfloat16")
    assert layer(tf.zeros((2, 6, 10, channels))).dtype == tf.bfloat16
    assert layer.kernel.dtype == "float32"


@pytest.mark.parametrize(
    ("name", "filters", "channels"), [("Conv2D", 5, 3), ("Conv2DTranspose", 3, 5)]
)
def test_a_frozen_layer_computes_the_same_and_leaves_derivatives_to_tensorflow(
    name, filters, channels
):
    layer, _ = pair(name, filters, channels)
    inputs = tf.random.stateless_normal([2, 6, 10, channels], [0, 1])
    found = derivatives(layer, inputs)
    layer.trainable = False
    for ours, plain in zip(found, derivatives(layer, inputs), strict=True):
        np.testing.assert_allclose(ours, plain, rtol=1e-4, atol=1e-3 * np.abs(ours).max())
    graph = tf.function(layer).get_concrete_function(inputs).graph
    assert "IdentityN" not in {operation.type for operation in graph.get_operations()}
