"""Convolutions whose kernels a style scales, example by example.

An example with the style s has the kernel w'[k] = s_i w[k, i], and with demodulation divides each
of its outputs by d_k = sqrt(sum over i and space of w'^2 + 1e-8), so that inputs of unit variance
give outputs of unit variance. One convolution with the same kernel w for all examples computes it:

  y = conv(x s) / d,  d^2 = s^2 (sum over space of w^2) + 1e-8

Source: Karras et al. 2020, https://arxiv.org/abs/1912.04958, section 2.2, Eqs. 1 and 3.

>>> from tfgan import layers
>>> layer = layers.ModulatedConv2D(4, 3, up=True)
>>> layer([ops.ones((2, 8, 8, 3)), ops.ones((2, 3))]).shape
TensorShape([2, 16, 16, 4])
"""

import math

import keras
from keras import ops

from tfgan.layers import blurring

_EPSILON = 1e-8


@keras.saving.register_keras_serializable("tfgan")
class ModulatedConv2D(keras.layers.Layer):
    """A modulated convolution with an equalized learning rate: `ModulatedConv2D(...)([x, style])`.

    Args:
      filters: int.
      kernel_size: int, 1 or 3.
      activation: name or function, or None.
      up: bool, whether the sides are doubled, by a transposed convolution of stride 2 and a
        low-pass filter [1, 3, 3, 1], see `resampling`; needs kernels of 3.
      demodulate: bool, whether the outputs are divided by d.
      use_bias: bool.
    Inputs:
      x: floats `[n, height, width, channels]`.
      style: floats `[n, channels]`, s.
    Raises: ValueError for other kernels.
    """

    def __init__(
        self,
        filters,
        kernel_size,
        activation=None,
        *,
        up=False,
        demodulate=True,
        use_bias=True,
        **kwargs,
    ):
        if kernel_size not in ((3,) if up else (1, 3)):
            raise ValueError(
                f"kernel_size must be {'3 with up' if up else '1 or 3'}; received {kernel_size}."
            )
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.activation = keras.activations.get(activation)
        self.up = up
        self.demodulate = demodulate
        self.use_bias = use_bias

    def build(self, input_shape):
        shape = (self.kernel_size, self.kernel_size, input_shape[0][-1], self.filters)
        self.scale = 1.0 / math.sqrt(math.prod(shape[:-1]))
        normal = keras.initializers.RandomNormal(stddev=1.0)
        self.kernel = self.add_weight(name="kernel", shape=shape, initializer=normal)
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(name="bias", shape=(self.filters,), initializer="zeros")

    def call(self, inputs):
        x, style = inputs
        kernel = self.kernel * self.scale
        y = self._convolved(x * style[:, None, None, :], kernel)
        if self.demodulate:
            y = y * ops.cast(inverse_norms(style, kernel), y.dtype)[:, None, None, :]
        return self.activation(y if self.bias is None else y + self.bias)

    def _convolved(self, x, kernel):
        if not self.up:
            return ops.conv(x, kernel, padding="same")
        transposed = ops.transpose(kernel, (0, 1, 3, 2))
        y = ops.conv_transpose(x, transposed, strides=2, padding="valid")
        return 4.0 * blurring.blurred(y, margin=1)

    def compute_output_shape(self, input_shape):
        count, height, width, _ = input_shape[0]
        if self.up:
            height, width = (side and 2 * side for side in (height, width))
        return count, height, width, self.filters

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "activation": keras.activations.serialize(self.activation),
            "up": self.up,
            "demodulate": self.demodulate,
            "use_bias": self.use_bias,
        }


def inverse_norms(style, kernel):
    """1 / d of each example and output: float32 `[n, filters]`."""
    style, kernel = (ops.cast(each, "float32") for each in (style, kernel))
    squares = ops.matmul(ops.square(style), ops.sum(ops.square(kernel), axis=(0, 1)))
    return ops.rsqrt(squares + _EPSILON)
