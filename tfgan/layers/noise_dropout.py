"""Dropout as a noise of a generator, drawn from an input.

The hash is made of sums, products and remainders of int64 from 0 to 2^63, which XLA, LiteRT and
ONNX compute alike. P is the prime 2^31 - 1. As 5 and P - 1 have no common divisor, h -> h^5 is a
permutation of the numbers below P.

>>> from tfgan import layers
>>> layer = layers.NoiseDropout(0.5, name="dropout")
>>> layer([np.ones((2, 4)), np.int32([[7, 0], [7, 1]])]).numpy().tolist()
[[2.0, 0.0, 0.0, 2.0], [2.0, 2.0, 2.0, 2.0]]
"""

import functools
import zlib

import keras
import numpy as np
from keras import ops

_PRIME, _RANGE = 2**31 - 1, 2**24
_ROUNDS = (0x243F6A88, 0x05A308D3, 0x13198A2E, 0x03707344)  # of pi, 31 bits each
_COEFFICIENTS = (0x24093822, 0x299F31D0, 0x082EFA98, 0x6C4E6C89)  # its next ones


@keras.saving.register_keras_serializable("tfgan")
class NoiseDropout(keras.layers.Layer):
    """Sets a fraction of the numbers to zero, scales up the rest: `NoiseDropout(rate)([x, noise])`.

    y = x m / (1 - rate), m ~ Bernoulli(1 - rate) per number, in training and in sampling alike.

    The mask of example i is a function of `noise[i]`, of the position and of this layer's name
    alone, which must be given, since Keras' automatic names differ by process. The number is zero
    where (c0 + c1 q + c2 q^2 + c3 q^3 mod P) mod 2^24 < rate 2^24: q is a hash of the position, and
    the c are hashes of the noise and the name. For random c any four positions are independent.

    Args:
      rate: float in [0, 1), the fraction of zeros; 0 returns x.
    Inputs:
      x: floats `[n, ..., channels]`.
      noise: int32 `[n, 2]`, such as `priors.Noise` draws.
    Sources: Isola et al. 2017, https://arxiv.org/abs/1611.07004, section 3.2.1, dropout as noise;
      Carter & Wegman 1979, https://doi.org/10.1016/0022-0000(79)90044-8, polynomials as hashes.
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
        positions = _positions(ops.shape(x)[1:])
        first, *rest = _coefficients(noise, self.name, rank=len(x.shape))
        number = first
        for each in rest:
            # `keras.ops.add` would take a second operand `[n, 1, 1, 1]` for a bias of n channels.
            number = (each + number * positions) % _PRIME
        # In 24 bits, as the converter to ONNX compares integers as float32.
        drop = number % _RANGE < round(self.rate * _RANGE)
        return ops.where(drop, ops.zeros_like(x), x / (1.0 - self.rate))

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {**super().get_config(), "rate": self.rate}


def _positions(shape):
    """A hash of each position: int64 `[1, *shape]`. A position's does not depend on `shape`."""
    if all(isinstance(side, int) for side in shape):
        return _static_positions(tuple(shape))
    return _hashed(ops.zeros((1,), "int64"), [ops.arange(side, dtype="int64") for side in shape])


@functools.lru_cache(maxsize=64)
def _static_positions(shape):
    """In NumPy, so that a graph has them as a constant."""
    return _hashed(np.zeros(1, np.int64), [np.arange(side, dtype=np.int64) for side in shape])


def _hashed(number, axes):
    for places in axes:
        number = _mixed(number[..., None] + places)
    return number


def _coefficients(noise, name, rank):
    """Hashes of rows of noise and a name: four int64 `[n, 1, ...]` of `rank` axes."""
    first, second = ((ops.cast(noise[:, i], "int64") + 2**31) % _PRIME for i in range(2))
    name = zlib.crc32(name.encode()) % _PRIME
    for start in _COEFFICIENTS:
        number = _mixed(_mixed((start + name + first) % _PRIME) + second)
        yield ops.reshape(number, (-1,) + (1,) * (rank - 1))


def _mixed(number):
    """A permutation of the numbers below P, of four rounds h -> (h + constant)^5."""
    for constant in _ROUNDS:
        number = (number + constant) % _PRIME
        square = number * number % _PRIME
        number = square * square % _PRIME * number % _PRIME
    return number
