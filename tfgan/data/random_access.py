"""Sources whose examples can be read in any order: their batches are exact."""

import abc
import functools

import numpy as np
import tensorflow as tf

from tfgan.data import ending, order
from tfgan.data.source import Source

_MOST_TOGETHER, _BLOCK_BYTES = 16, 4 * 2**20


class RandomAccessSource(Source):
    """Numbered examples, in the order of a fresh permutation each epoch.

    Two sources of equal examples in equal order give equal batches, wherever they read them from.
    """

    @abc.abstractmethod
    def _take(self, numbers):
        """The examples of some numbers.

        Args:
          numbers: int64 `[b]`, each in 0 .. count - 1.
        Returns: dict of arrays: `data` `[b, ...]` as the spec tells, and `label`, int32 `[b]`, if
          there are classes.
        """

    def _batches(self, batch_size, seed, start):
        # A few blocks of batches are gathered at once, and neighbours share their epochs.
        permutation = functools.lru_cache(maxsize=3)(
            lambda epoch: order.permutation(seed, epoch, self.count)
        )
        types = {"data": tf.as_dtype(self.spec.dtype)}
        shapes = {"data": self.spec.shape, "label": ()}
        if self.spec.classes:
            types["label"] = tf.int32
        together = _together(batch_size, self.spec)

        def gather(number):
            first, size = number * batch_size, together * batch_size
            with ending.READING:
                taken = self._take(_numbers(first, size, self.count, permutation))
            return [
                taken[name].reshape(together, batch_size, *taken[name].shape[1:]) for name in types
            ]

        def block(number):
            tensors = tf.numpy_function(gather, [number], list(types.values()), stateful=False)
            return {
                name: tf.ensure_shape(tensor, (together, batch_size, *shapes[name]))
                for name, tensor in zip(types, tensors, strict=True)
            }

        blocks = tf.data.Dataset.range(start, tf.int64.max, together).map(
            block, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
        )
        return blocks.unbatch()

    def _examples(self, batch_size, start):
        numbers = order.permutation(0, 0, self.count, "examples")
        for first in range(start, self.count, batch_size):
            yield self._take(numbers[first : first + batch_size])


def _together(batch_size, spec):
    """How many batches one call of Python gathers: the call costs more than a small batch."""
    batch_bytes = batch_size * int(np.prod(spec.shape)) * np.dtype(spec.dtype).itemsize
    return max(1, min(_MOST_TOGETHER, _BLOCK_BYTES // batch_bytes))


def _numbers(first, size, count, permutation):
    """The examples at positions first .. first + size - 1, which may cross the end of an epoch."""
    epochs, places = np.divmod(np.arange(first, first + size), count)
    return np.concatenate([permutation(e)[places[epochs == e]] for e in np.unique(epochs)])
