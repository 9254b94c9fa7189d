"""Random numbers of examples from an input, for generators whose noise is exported with them.

The number of a position is c0 + c1 q + c2 q^2 + c3 q^3 mod P: P is the prime 2^31 - 1, q a hash of
the position, and the c are hashes of a seed and of a name. For random c any four positions are
independent. The hashes are made of sums, products and remainders of int64 from 0 to 2^63, which
XLA, LiteRT and ONNX compute alike. As 5 and P - 1 have no common divisor, h -> h^5 is a permutation
of the numbers below P.

Source: Carter & Wegman 1979, https://doi.org/10.1016/0022-0000(79)90044-8, polynomials as hashes.

>>> from tfgan.layers import hashed_numbers
>>> seeds = np.int32([[7, 0], [7, 1]])
>>> hashed_numbers.whole_numbers(seeds, (2,), "noise").numpy().tolist()
[[400152327, 1238019255], [174449275, 846609211]]
"""

import functools
import zlib

import numpy as np
from keras import ops

PRIME = 2**31 - 1
_ROUNDS = (0x243F6A88, 0x05A308D3, 0x13198A2E, 0x03707344)  # of pi, 31 bits each
_COEFFICIENTS = (0x24093822, 0x299F31D0, 0x082EFA98, 0x6C4E6C89)  # its next ones


def whole_numbers(seeds, shape, name):
    """Whole numbers from 0 to 2^31 - 2, one per position: int64 `[n, *shape]`.

    Args:
      seeds: int32 `[n, 2]`, such as `priors.Noise` draws; row i decides the numbers of example i.
      shape: tuple of int, or of int scalar tensors; the number of a position does not depend on it.
      name: str; two names give unrelated numbers.
    """
    positions = _positions(shape)
    first, *rest = _coefficients(seeds, name, rank=len(shape) + 1)
    number = first
    for each in rest:
        # `keras.ops.add` would take a second operand `[n, 1, 1, 1]` for a bias of n channels.
        number = (each + number * positions) % PRIME
    return number


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


def _coefficients(seeds, name, rank):
    """Hashes of rows of seeds and a name: four int64 `[n, 1, ...]` of `rank` axes."""
    first, second = ((ops.cast(seeds[:, i], "int64") + 2**31) % PRIME for i in range(2))
    name = zlib.crc32(name.encode()) % PRIME
    for start in _COEFFICIENTS:
        number = _mixed(_mixed((start + name + first) % PRIME) + second)
        yield ops.reshape(number, (-1,) + (1,) * (rank - 1))


def _mixed(number):
    """A permutation of the numbers below P, of four rounds h -> (h + constant)^5."""
    for constant in _ROUNDS:
        number = (number + constant) % PRIME
        square = number * number % PRIME
        number = square * square % PRIME * number % PRIME
    return number
