"""Doubling and halving of images by the filter [1, 3, 3, 1]."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfgan import layers

TAPS = np.array([1.0, 3.0, 3.0, 1.0])


def filtered(rows):
    """Rows `[n, m]`, each extended by zeros, through [1, 3, 3, 1]: `[n, m + 3]`."""
    return np.stack([np.convolve(row, TAPS) for row in rows])


def along_rows_and_columns(function, image):
    return function(function(image).T).T


def doubled(image):
    def one(rows):
        zeros = np.zeros((len(rows), 2 * rows.shape[1]))
        zeros[:, ::2] = rows  # one zero after each pixel
        return filtered(zeros)[:, 1:-2] / 4

    return along_rows_and_columns(one, image)


def halved(image):
    return along_rows_and_columns(lambda rows: filtered(rows)[:, 2:-1][:, ::2] / 8, image)


def images(shape):
    return np.random.default_rng(0).standard_normal(shape).astype(np.float32)


def test_doubling_is_a_convolution_of_pixels_and_zeros():
    x = images((2, 3, 5, 2))
    y = layers.Upsample2D()(x)
    assert y.shape == (2, 6, 10, 2)
    np.testing.assert_allclose(y[1, :, :, 0], doubled(x[1, :, :, 0]), rtol=1e-5, atol=1e-6)


def test_halving_is_every_second_number_of_a_convolution():
    x = images((2, 4, 6, 2))
    y = layers.Downsample2D()(x)
    assert y.shape == (2, 2, 3, 2)
    np.testing.assert_allclose(y[1, :, :, 1], halved(x[1, :, :, 1]), rtol=1e-5, atol=1e-6)


def test_doubling_is_four_times_the_transpose_of_halving():
    x, y = images((1, 3, 4, 2)), images((1, 6, 8, 2))
    one = np.sum(np.asarray(layers.Upsample2D()(x)) * y)
    other = 4.0 * np.sum(x * np.asarray(layers.Downsample2D()(y)))
    assert one == pytest.approx(other, rel=1e-5)


def test_a_constant_stays_what_it_is_away_from_the_edges():
    ones = np.ones((1, 6, 6, 1), np.float32)
    np.testing.assert_array_equal(layers.Upsample2D()(ones)[:, 1:-1, 1:-1], 1.0)
    np.testing.assert_array_equal(layers.Downsample2D()(ones)[:, 1:-1, 1:-1], 1.0)


def test_odd_sides_are_not_halved():
    with pytest.raises(ValueError, match="inputs must have even sides .* received 5 x 4"):
        layers.Downsample2D()(np.ones((1, 5, 4, 1), np.float32))


def test_the_batch_may_be_unknown_and_bfloat16_stays():
    x = keras.Input((4, 6, 3))
    assert layers.Upsample2D()(x).shape == (None, 8, 12, 3)
    assert layers.Downsample2D()(x).shape == (None, 2, 3, 3)
    for layer in (layers.Upsample2D, layers.Downsample2D):
        graph = tf.function(layer(dtype="bfloat16"), [tf.TensorSpec((None, 4, 6, 3), "bfloat16")])
        assert graph(tf.zeros((2, 4, 6, 3), "bfloat16")).dtype == tf.bfloat16
