"""The order of the examples, as pure functions of (seed, position).

A position counts the examples of a run from 0: batch n of size b holds the positions
n b .. n b + b - 1, and epoch e of a set of N examples holds e N .. e N + N - 1.
"""

import dataclasses
import zlib

import numpy as np


@dataclasses.dataclass(frozen=True)
class BatchSlice:
    """The examples offset .. offset + size - 1 of every batch of `batch_size`."""

    batch_size: int
    offset: int
    size: int

    def positions(self, number: int, count: int) -> np.ndarray:
        """The positions of the slice in batches number .. number + count - 1: `[count, size]`."""
        numbers = number + np.arange(count)[:, None]
        return numbers * self.batch_size + self.offset + np.arange(self.size)


def worker_slice(batch_size: int, index: int, count: int) -> BatchSlice:
    """The BatchSlice `index` of `count` equal ones; `batch_size` is a multiple of `count`."""
    size = batch_size // count
    return BatchSlice(batch_size, index * size, size)


def permutation(seed: int, epoch: int, count: int, purpose: str = "order") -> np.ndarray:
    """The order of one epoch: int64 `[count]`, each of 0 .. count - 1 once.

    >>> sorted(permutation(seed=0, epoch=3, count=5).tolist())
    [0, 1, 2, 3, 4]

    The seed is any 64-bit integer. Two purposes give unrelated orders.
    """
    return generator(seed, purpose, epoch).permutation(count)


def of_examples(count: int) -> np.ndarray:
    """The one fixed random order of `Source.examples`: int64 `[count]`."""
    return permutation(0, 0, count, "examples")


def generator(seed: int, purpose: str, index: int = 0) -> np.random.Generator:
    """A NumPy generator that is a function of its arguments, the index 0 or more."""
    # The index is the counter's highest word, which no draw ever reaches.
    bits = np.random.Philox(key=_key(seed, purpose), counter=[0, 0, 0, int(index)])
    return np.random.Generator(bits)


def flips(seed: int, first: int, count: int, purpose: str = "flip") -> np.ndarray:
    """Which of the positions from `first` on are mirrored, half of them: bool `[count]`."""
    return _words(seed, purpose, first, count) >> np.uint64(63) == 1


def offsets(seed: int, first: int, count: int, purpose: str = "jitter") -> np.ndarray:
    """Two numbers per position from `first` on, uniform in [0, 1): float32 `[count, 2]`."""
    words = _words(seed, purpose, first, count)
    halves = np.stack([words >> np.uint64(40), words >> np.uint64(8)], axis=1) & np.uint64(
        2**24 - 1
    )
    return halves.astype(np.float32) / np.float32(2**24)


def _words(seed, purpose, first, count):
    """The 64 random bits of each position: uint64 `[count]`."""
    block, offset = divmod(int(first), 4)  # one step of Philox's counter makes four words
    bits = np.random.Philox(key=_key(seed, purpose), counter=[block, 0, 0, 0])
    return bits.random_raw(offset + count)[offset:]


def _key(seed: int, purpose: str) -> np.ndarray:
    return np.array([int(seed) % 2**64, zlib.crc32(purpose.encode())], np.uint64)
