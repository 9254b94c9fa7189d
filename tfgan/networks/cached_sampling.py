"""Walks: the logits of one pixel after another, for networks that are autoregressive.

A network gives the logits of all pixels of a known image in one pass. To sample one needs the logit
of the next pixel when the pixels before it are known, and a pass through the network for each is
far more than that takes: a cached_sampler keeps what earlier pixels have left behind.

A cached_sampler is a value: its state is a structure of tensors that goes in and comes out, so that a
`tf.while_loop` can carry it.
"""

import abc

import tensorflow as tf


class CachedSampler(abc.ABC):
    """The pixels of a batch of images in the order of reading: row by row, left to right.

    For each row, `enter`; then for each column `logits`, and `put` with the pixel that was chosen.
    """

    @abc.abstractmethod
    def start(self, count):
        """The state before the first pixel of `count` images: a structure of tensors."""

    def start_row(self, state, row):
        """The state at the start of a row: what only depends on the rows above."""
        del row
        return state

    @abc.abstractmethod
    def logits(self, state, row, column):
        """(float32 `[count]`, state): log p(1) / p(0) of one pixel given all before it."""

    @abc.abstractmethod
    def set_pixel(self, state, row, column, pixel):
        """The state that knows one more pixel: float32 `[count]`, 0 or 1."""


class UncachedSampler(CachedSampler):
    """A pass through the whole network for every pixel: for any network, and as slow as can be.

    Args:
      network: `keras.Model`, {"data", ...} `[n, height, width, 1]` -> logits of the same shape.
      condition: dict of the network's other inputs, one row an image.
    """

    def __init__(self, network, condition=None):
        self._network = network
        self._condition = condition or {}
        self._shape = tuple(network.output_shape[1:])

    def start(self, count):
        return tf.zeros((count, *self._shape))

    def logits(self, state, row, column):
        logits = self._network({"data": state, **self._condition}, training=False)
        return logits[:, row, column, 0], state

    def set_pixel(self, state, row, column, pixel):
        height, width, _ = self._shape
        here = tf.one_hot(row, height)[:, None] * tf.one_hot(column, width)
        return state + here[None, :, :, None] * pixel[:, None, None, None]
