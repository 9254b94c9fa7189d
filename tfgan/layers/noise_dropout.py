"""Dropout as a noise of a generator, drawn from an input.

>>> from tfgan import layers
>>> layer = layers.NoiseDropout(0.5, name="dropout")
>>> layer([ops.ones((2, 4)), ops.array([[7, 0], [7, 1]], "int32")]).numpy().tolist()
[[2.0, 0.0, 0.0, 2.0], [2.0, 2.0, 2.0, 2.0]]
"""

import keras
from keras import ops

from tfgan.layers import hashed_numbers

_RANGE = 2**24


@keras.saving.register_keras_serializable("tfgan")
class NoiseDropout(keras.layers.Layer):
    """Sets a fraction of the numbers to zero, scales up the rest: `NoiseDropout(rate)([x, noise])`.

    y = x m / (1 - rate), m ~ Bernoulli(1 - rate) per number, in training and in sampling alike.

    The mask of example i is a function of `noise[i]`, of the position and of this layer's name
    alone, which must be given, since Keras' automatic names differ by process. A number is zero
    where that of `hashed_numbers`, mod 2^24, is below rate 2^24.

    Args:
      rate: float in [0, 1), the fraction of zeros; 0 returns x.
    Inputs:
      x: floats `[n, ..., channels]`.
      noise: int32 `[n, 2]`, such as `priors.Noise` draws.
    Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, section 3.2.1, dropout as noise.
    """

    def __init__(self, rate, **kwargs):
        if not 0.0 <= rate < 1.0:
            raise ValueError(f"rate must be in [0, 1); received {rate}.")
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs):
        x, noise = inputs
        if self.rate == 0.0:
            return x
        number = hashed_numbers.whole_numbers(noise, ops.shape(x)[1:], self.name)
        # In 24 bits, as the converter to ONNX compares integers as float32.
        drop = number % _RANGE < round(self.rate * _RANGE)
        return ops.where(drop, ops.zeros_like(x), x / (1.0 - self.rate))

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {**super().get_config(), "rate": self.rate}
