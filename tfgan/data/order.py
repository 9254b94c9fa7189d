"""The order of the examples, as pure functions of (seed, position).

A position counts the examples of a run from 0: batch n of size b holds the positions
n b .. n b + b - 1, and epoch e of a set of N examples holds e N .. e N + N - 1.
"""

import zlib

import numpy as np


def permutation(seed, epoch, count, purpose="order"):
    """The order of one epoch: int64 `[count]`, each of 0 .. count - 1 once.

    Args:
      seed: int, any 64-bit integer.
      epoch: int >= 0.
      count: int, how many things to order.
      purpose: str, what is ordered; two purposes give unrelated orders.
    """
    return generator(seed, purpose, epoch).permutation(count)


def generator(seed, purpose, index=0):
    """A NumPy generator that is a function of its arguments: `np.random.Generator`.

    Args:
      seed: int, any 64-bit integer.
      purpose: str, what the numbers are for.
      index: int >= 0; each index has its own numbers.
    """
    # The index is the counter's highest word, which no draw ever reaches.
    bits = np.random.Philox(key=_key(seed, purpose), counter=[0, 0, 0, int(index)])
    return np.random.Generator(bits)


def flips(seed, first, count):
    """Which of the positions first .. first + count - 1 are mirrored: bool `[count]`, half of them.

    Args:
      seed: int, any 64-bit integer.
      first: int >= 0, a position.
      count: int, how many positions.
    """
    block, offset = divmod(int(first), 4)  # one step of Philox's counter makes four words
    bits = np.random.Philox(key=_key(seed, "flip"), counter=[block, 0, 0, 0])
    return bits.random_raw(offset + count)[offset:] >> np.uint64(63) == 1


def _key(seed, purpose):
    return np.array([int(seed) % 2**64, zlib.crc32(purpose.encode())], np.uint64)
