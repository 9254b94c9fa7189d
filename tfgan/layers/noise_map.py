"""Gaussian noise of a generator, drawn from an input, with a learned strength.

>>> from tfgan import layers
>>> layer = layers.NoiseMap(name="noise_8x8")
>>> x, noise = ops.ones((2, 8, 8, 3)), ops.array([[7, 0], [7, 1]], "int32")
>>> bool(ops.all(layer([x, noise]) == x))  # its strength is 0 at first
True
"""

import math

import keras
from keras import ops

from tfgan.layers import hashed_numbers

_BITS = 15  # of the angle; the other 16 are those of the radius


@keras.saving.register_keras_serializable("tfgan")
class NoiseMap(keras.layers.Layer):
    """Adds one map of Gaussian noise to all channels: `NoiseMap(name=...)([x, noise])`.

    y = x + strength n, n ~ N(0, 1) per position, in training and in sampling alike. The map of
    example i is a function of `noise[i]`, of the position and of this layer's name alone, which
    must be given, since Keras' automatic names differ by process.

    n = sqrt(-2 ln u) cos(2 pi v) (Box & Muller 1958), where u, of 16 bits, and v, of 15, are the
    halves of a number of `hashed_numbers`; |n| is 4.9 at most.

    Inputs:
      x: floats `[n, height, width, channels]`.
      noise: int32 `[n, 2]`, such as `priors.Noise` draws.
    Source: Karras et al. 2019, https://arxiv.org/abs/1812.04948, section 2; one strength for all
      channels, from 0: Karras et al. 2020, https://arxiv.org/abs/1912.04958.
    """

    def build(self, input_shape):
        self.strength = self.add_weight(name="strength", shape=(), initializer="zeros")

    def call(self, inputs):
        x, noise = inputs
        maps = gaussian_maps(noise, (*ops.shape(x)[1:-1], 1), self.name)
        return x + ops.cast(self.strength, x.dtype) * ops.cast(maps, x.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape[0]


def gaussian_maps(seeds, shape, name):
    """Standard normal numbers: float32 `[n, *shape]`; arguments as of `whole_numbers`."""
    number = hashed_numbers.whole_numbers(seeds, shape, name)
    high = ops.cast(number // 2**_BITS, "float32")  # below 2^16
    low = ops.cast(number % 2**_BITS, "float32")
    radius = ops.sqrt(-2.0 * ops.log((high + 0.5) * 2.0**-16))
    return radius * ops.cos((2.0 * math.pi * 2.0**-_BITS) * low)
