"""Sources whose examples can be read in any order: their batches are exact."""

import abc
import functools

import numpy as np
import tensorflow as tf

from tfgan.data import example_order, shutdown
from tfgan.data.sources.source import Source

_MOST_TOGETHER, _BLOCK_BYTES = 16, 4 * 2**20


class RandomAccessSource(Source):
    """Numbered examples, in the order of a new permutation each epoch.

    Two sources of equal examples in equal order give equal batches, wherever they are read from.
    """

    @abc.abstractmethod
    def _take(self, numbers):
        """The batch of examples `numbers`, int64 `[b]`: dict of the entries of `spec`."""

    def _batches(self, part, seed, start):
        # A few batches are gathered together: the call of Python costs more than a small batch.
        permutation = functools.lru_cache(maxsize=3)(
            lambda epoch: example_order.permutation(seed, epoch, self.count)
        )
        specs = {"data": self.spec, **self.spec.conditions}
        types = {name: tf.as_dtype(spec.dtype) for name, spec in specs.items()}
        shapes = {name: spec.raw_shape for name, spec in specs.items()} | {"label": ()}
        if self.spec.classes:
            types["label"] = tf.int32
        example_bytes = sum(spec.raw_bytes for spec in specs.values())
        together = max(1, min(_MOST_TOGETHER, _BLOCK_BYTES // (part.size * example_bytes)))

        def gather(number):
            positions = part.positions(number, together).reshape(-1)
            with shutdown.READING:
                batch = self._take(_numbers(positions, self.count, permutation))
            return [rows.reshape(together, -1, *rows.shape[1:]) for rows in map(batch.get, types)]

        def block(number):
            tensors = tf.numpy_function(gather, [number], list(types.values()), stateful=False)
            return {
                name: tf.ensure_shape(tensor, (together, part.size, *shapes[name]))
                for name, tensor in zip(types, tensors, strict=True)
            }

        blocks = tf.data.Dataset.range(start, tf.int64.max, together).map(
            block, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
        )
        return blocks.unbatch()

    def _examples(self, batch_size, start):
        numbers = example_order.of_examples(self.count)
        for first in range(start, self.count, batch_size):
            yield self._take(numbers[first : first + batch_size])


def _numbers(positions, count, permutation):
    epochs, places = np.divmod(positions, count)
    numbers = np.empty_like(places)
    for epoch in np.unique(epochs):
        numbers[epochs == epoch] = permutation(epoch)[places[epochs == epoch]]
    return numbers
