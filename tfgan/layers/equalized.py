"""Layers with an equalized learning rate: their weights are scaled when they are used.

The kernel is stored with the unit variance of its initial values, divided by the rate multiplier m,
and is used as m / sqrt(fan_in) times that. So all layers of a network learn at the same speed under
an optimizer whose steps do not depend on the scale of the gradient, such as Adam.

Source: Karras et al. 2018, https://arxiv.org/abs/1710.10196, section 4.1; the multiplier: Karras et
al. 2019, https://arxiv.org/abs/1812.04948, appendix C.

>>> from tfgan import layers
>>> layer = layers.EqualizedDense(4, rate_multiplier=0.01)
>>> layer(ops.ones((2, 9))).shape, layer.kernel.shape
(TensorShape([2, 4]), TensorShape([9, 4]))
"""

import math

import keras
from keras import ops

from tfgan.layers import blurring


@keras.saving.register_keras_serializable("tfgan")
def scaled_leaky_relu(x):
    """sqrt(2) leaky_relu(x), slope .2: about as much variance as x, for x ~ N(0, 1)."""
    return math.sqrt(2.0) * ops.leaky_relu(x, 0.2)


class _Equalized(keras.layers.Layer):
    """What the layers share; a subclass adds weights by `_add_weights`."""

    def __init__(self, activation=None, use_bias=True, bias=0.0, rate_multiplier=1.0, **kwargs):
        if not rate_multiplier > 0.0:
            raise ValueError(f"rate_multiplier must be above 0; received {rate_multiplier}.")
        super().__init__(**kwargs)
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.initial_bias = bias
        self.rate_multiplier = rate_multiplier

    def _add_weights(self, shape):
        """The kernel of a shape with the outputs last, and a bias for each of them."""
        self.scale = self.rate_multiplier / math.sqrt(math.prod(shape[:-1]))
        normal = keras.initializers.RandomNormal(stddev=1.0 / self.rate_multiplier)
        self.kernel = self.add_weight(name="kernel", shape=shape, initializer=normal)
        self.bias = None
        if self.use_bias:
            value = keras.initializers.Constant(self.initial_bias / self.rate_multiplier)
            self.bias = self.add_weight(name="bias", shape=shape[-1:], initializer=value)

    def _finished(self, outputs):
        """The outputs with bias and activation."""
        if self.bias is not None:
            outputs = outputs + self.bias * self.rate_multiplier
        return self.activation(outputs)

    def get_config(self):
        return {
            **super().get_config(),
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "bias": self.initial_bias,
            "rate_multiplier": self.rate_multiplier,
        }


@keras.saving.register_keras_serializable("tfgan")
class EqualizedDense(_Equalized):
    """activation(x W m / sqrt(fan_in) + m b), W initially N(0, 1 / m^2).

    Args:
      units: int.
      activation: name or function, or None.
      use_bias: bool.
      bias: float, the initial m b.
      rate_multiplier: float m above 0; smaller values learn more slowly.
    """

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(activation, **kwargs)
        self.units = units

    def build(self, input_shape):
        self._add_weights((input_shape[-1], self.units))

    def call(self, inputs):
        return self._finished(ops.matmul(inputs, self.kernel * self.scale))

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable("tfgan")
class EqualizedConv2D(_Equalized):
    """A convolution of stride 1 that keeps the size, or halves it after a low-pass filter.

    Args:
      filters: int.
      kernel_size: int, an odd number.
      activation, use_bias, bias, rate_multiplier: see `EqualizedDense`.
      down: bool, whether the sides, even numbers, are halved, by a low-pass filter, `blurring`, and
        a stride of 2.
    """

    def __init__(self, filters, kernel_size, activation=None, *, down=False, **kwargs):
        if kernel_size % 2 != 1:
            raise ValueError(f"kernel_size must be odd; received {kernel_size}.")
        super().__init__(activation, **kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.down = down

    def build(self, input_shape):
        self._add_weights((self.kernel_size, self.kernel_size, input_shape[-1], self.filters))

    def call(self, inputs):
        kernel = self.kernel * self.scale
        if not self.down:
            return self._finished(ops.conv(inputs, kernel, padding="same"))
        blurred = blurring.blurred(inputs, margin=self.kernel_size // 2 + 1)
        return self._finished(ops.conv(blurred, kernel, strides=2, padding="valid"))

    def compute_output_shape(self, input_shape):
        count, height, width, _ = input_shape
        if self.down:
            height, width = (side and side // 2 for side in (height, width))
        return count, height, width, self.filters

    def get_config(self):
        sizes = {"filters": self.filters, "kernel_size": self.kernel_size, "down": self.down}
        return {**super().get_config(), **sizes}
