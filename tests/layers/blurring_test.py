"""Blurring against a convolution with the outer product of [1, 3, 3, 1], in NumPy."""

import numpy as np
import pytest
import tensorflow as tf
from scipy import signal

from tfgan.layers import blurring

TAPS = np.outer([1, 3, 3, 1], [1, 3, 3, 1]) / 64


def filtered(x, gain=1.0):
    """The valid convolution of maps `[n, h, w, c]` with the filter: `[n, h - 3, w - 3, c]`."""
    maps = np.moveaxis(np.asarray(x, np.float64), 3, 1)
    done = [[signal.convolve2d(each, gain * TAPS, "valid") for each in row] for row in maps]
    return np.moveaxis(np.array(done), 1, 3)


@pytest.mark.parametrize("margin", [1, 2])
def test_blurring_is_the_convolution(margin):
    x = np.random.RandomState(0).randn(2, 5, 6, 3).astype("float32")
    padded = np.pad(x, [[0, 0], [margin, margin], [margin, margin], [0, 0]])
    np.testing.assert_allclose(blurring.blurred(x, margin), filtered(padded), atol=1e-6)


@pytest.mark.parametrize("jit", [False, True], ids=["graph", "xla"])
def test_the_gradient_of_blurring_is_its_adjoint(jit):
    random = np.random.RandomState(0)
    x, upstream = (tf.constant(random.randn(1, n, n, 2), tf.float32) for n in (6, 7))

    @tf.function(jit_compile=jit)
    def gradient():
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = blurring.blurred(x, 2)
        return tape.gradient(y, x, upstream)

    # The filter is symmetric: 7 - 3 + 2 margin is 6 for a margin of 1.
    np.testing.assert_allclose(gradient(), blurring.blurred(upstream, 1), atol=1e-6)
