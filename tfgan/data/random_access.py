"""Sources whose examples can be read in any order: their batches are exact."""

import abc
import functools

import numpy as np
import tensorflow as tf

from tfgan.data import order
from tfgan.data.source import Source


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
        # A batch touches two epochs at most, and a few batches are gathered at once.
        permutation = functools.lru_cache(maxsize=3)(
            lambda epoch: order.permutation(seed, epoch, self.count)
        )
        types = {"data": tf.as_dtype(self.spec.dtype)}
        shapes = {"data": self.spec.shape, "label": ()}
        if self.spec.classes:
            types["label"] = tf.int32

        def gather(number):
            taken = self._take(_numbers(number * batch_size, batch_size, self.count, permutation))
            return [taken[name] for name in types]

        def batch(number):
            tensors = tf.numpy_function(gather, [number], list(types.values()), stateful=False)
            return {
                name: tf.ensure_shape(tensor, (batch_size, *shapes[name]))
                for name, tensor in zip(types, tensors, strict=True)
            }

        return tf.data.Dataset.range(start, tf.int64.max).map(
            batch, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
        )

    def _examples(self, batch_size, start):
        numbers = order.permutation(0, 0, self.count, "examples")
        for first in range(start, self.count, batch_size):
            yield self._take(numbers[first : first + batch_size])


def _numbers(first, size, count, permutation):
    """The examples at positions first .. first + size - 1, which may cross the end of an epoch."""
    epochs, places = np.divmod(np.arange(first, first + size), count)
    return np.concatenate([permutation(e)[places[epochs == e]] for e in np.unique(epochs)])
