"""Padding by reflection, to multiples and back, for sides of all kinds."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

SIZES = [(1, 1), (1, 9), (2, 5), (3, 8), (8, 8), (13, 4)]


def images(height, width):
    return tf.random.stateless_normal((2, height, width, 3), [0, 1])


def triangle(side, padded):
    """The places of a row that walks to its end, back to its start, and so on."""
    there_and_back = [*range(side), *range(side - 2, 0, -1)]
    return [there_and_back[i % len(there_and_back)] for i in range(padded)]


def test_reflect_padding_mirrors_without_the_edge():
    row = tf.reshape(tf.range(4.0), (2, 2, 1))[None]
    padded = layers.ReflectPadding(1)(row)[0, :, :, 0].numpy().tolist()
    assert padded == [[3, 2, 3, 2], [1, 0, 1, 0], [3, 2, 3, 2], [1, 0, 1, 0]]


@pytest.mark.parametrize("multiple", [1, 4, 16])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_sides_are_reflected_to_a_multiple_at_the_bottom_and_the_right(size, multiple):
    x = images(*size)
    padded = [-(-side // multiple) * multiple for side in size]
    rows, columns = (triangle(*each) for each in zip(size, padded, strict=True))
    y = layers.PadToMultiple(multiple)(x)
    np.testing.assert_array_equal(y, x.numpy()[:, rows][:, :, columns])
    np.testing.assert_array_equal(layers.CropLike()([y, x]), x)


def test_a_least_side_is_rounded_up_to_a_multiple():
    assert layers.PadToMultiple(4, least=7)(images(1, 9)).shape == (2, 8, 12, 3)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_sides_that_are_not_static_are_padded_and_cropped_alike(size):
    source = keras.Input((None, None, 3))
    padded = layers.PadToMultiple(8, least=8)(source)
    network = keras.Model(source, [padded, layers.CropLike()([padded, source])])
    assert network.output_shape == [(None, None, None, 3)] * 2
    x = images(*size)
    y, cropped = tf.function(network, input_signature=[tf.TensorSpec((None, None, None, 3))])(x)
    np.testing.assert_array_equal(y, layers.PadToMultiple(8, least=8)(x))
    np.testing.assert_array_equal(cropped, x)


def test_static_sides_compile_under_xla_and_shapes_are_static():
    source = keras.Input((5, 3, 2))
    padded = layers.ReflectPadding(2)(layers.PadToMultiple(4)(source))
    network = keras.Model(source, layers.CropLike()([padded, source]))
    assert padded.shape == (None, 12, 8, 2)
    assert network.output_shape == (None, 5, 3, 2)
    x = tf.random.stateless_normal((1, 5, 3, 2), [0, 1])
    np.testing.assert_array_equal(tf.function(network, jit_compile=True)(x), network(x))


def test_pixels_get_the_gradients_of_all_their_reflections():
    x = images(3, 2)
    for layer in (layers.PadToMultiple(8), layers.ReflectPadding(1)):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x)
            loss = tf.reduce_sum(y * tf.random.stateless_normal(y.shape, [1, 2]))
        # The adjoint of a linear map: <v, A x> = <A^T v, x>.
        gradient = tape.gradient(loss, x)
        assert float(tf.reduce_sum(gradient * x)) == pytest.approx(float(loss), rel=1e-4)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: layers.ReflectPadding(-1), "size must be 0 or more; received -1"),
        (lambda: layers.PadToMultiple(0), "multiple must be 1 or more; received 0"),
        (lambda: layers.PadToMultiple(2, least=0), "least must be 1 or more; received 0"),
    ],
)
def test_arguments_out_of_range_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


@pytest.mark.parametrize("cropping", [((1, 0), (2, 0)), ((1, 2), (0, 1))])
def test_cropping_and_its_gradient_are_those_of_keras(cropping):
    x, weights = images(6, 5), tf.range(3.0)
    results = []
    for layer in (layers.Cropping2D(cropping), keras.layers.Cropping2D(cropping)):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x)
            loss = tf.reduce_sum(tf.square(y) * weights)
        results.append((y, tape.gradient(loss, x)))
    for ours, theirs in zip(*results, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_cropping_of_sides_that_are_not_static_is_cropping_of_keras_when_written_out():
    source = keras.Input((None, None, 3))
    network = keras.Model(source, layers.Cropping2D(((1, 0), (1, 0)))(source))
    assert network.output_shape == (None, None, None, 3)
    copy = layers.on_keras_layers(network)
    assert type(copy.layers[-1]) is keras.layers.Cropping2D
    x = images(4, 3)
    np.testing.assert_array_equal(network(x), x[:, 1:, 1:])
    np.testing.assert_array_equal(copy(x), x[:, 1:, 1:])
