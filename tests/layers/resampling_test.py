"""Resampling against a convolution with the outer product of [1, 3, 3, 1], in NumPy."""

import numpy as np
import tensorflow as tf
from scipy import signal

from tfgan import layers
from tfgan.layers import resampling

TAPS = np.outer([1, 3, 3, 1], [1, 3, 3, 1]) / 64


def filtered(x, gain=1.0):
    """The valid convolution of maps `[n, h, w, c]` with the filter: `[n, h - 3, w - 3, c]`."""
    maps = np.moveaxis(np.asarray(x, np.float64), 3, 1)
    done = [[signal.convolve2d(each, gain * TAPS, "valid") for each in row] for row in maps]
    return np.moveaxis(np.array(done), 1, 3)


def padded(x, before, after):
    return np.pad(x, [[0, 0], [before, after], [before, after], [0, 0]])


def maps(*shape):
    return np.random.RandomState(0).randn(*shape).astype("float32")


def test_blurring_is_the_convolution():
    x = maps(2, 5, 6, 3)
    for margin in (1, 2):
        expected = filtered(padded(x, margin, margin), 4.0)
        np.testing.assert_allclose(resampling.blurred(x, margin, 4.0), expected, atol=1e-5)


def test_half_the_size_is_every_second_number_of_the_convolution():
    x = maps(2, 6, 4, 3)
    np.testing.assert_allclose(
        resampling.halved(x), filtered(padded(x, 1, 1))[:, ::2, ::2], atol=1e-5
    )


def test_double_the_size_is_the_convolution_of_numbers_between_zeros():
    x = maps(2, 3, 5, 2)
    spread = np.zeros((2, 6, 10, 2), "float32")
    spread[:, ::2, ::2] = x
    expected = filtered(padded(spread, 2, 1), 4.0)
    np.testing.assert_allclose(resampling.doubled(x), expected, atol=1e-5)
    np.testing.assert_allclose(layers.FilteredUpSampling2D()(x), expected, atol=1e-5)


def test_doubling_is_four_times_the_adjoint_of_halving():
    fine, coarse = maps(1, 8, 6, 2), maps(1, 4, 3, 2)
    left = np.sum(resampling.halved(fine) * coarse)
    np.testing.assert_allclose(4.0 * left, np.sum(fine * resampling.doubled(coarse)), rtol=1e-4)


def test_a_constant_stays_away_from_the_border():
    ones = np.ones((1, 8, 8, 1), "float32")
    for each in (resampling.halved(ones), resampling.doubled(ones), resampling.blurred(ones, 2)):
        np.testing.assert_allclose(each[:, 2:-2, 2:-2], 1.0, rtol=1e-6)


def test_the_gradient_of_doubling_is_its_adjoint_under_xla():
    x, upstream = tf.constant(maps(1, 4, 3, 2)), tf.constant(maps(1, 8, 6, 2))

    @tf.function(jit_compile=True)
    def gradient():
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = resampling.doubled(x)
        return tape.gradient(y, x, upstream)

    np.testing.assert_allclose(gradient(), 4.0 * resampling.halved(upstream), atol=1e-5)
