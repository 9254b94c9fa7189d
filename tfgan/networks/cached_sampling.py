"""Samplers of autoregressive networks, which compute the logits of one pixel at a time.

A cached sampler keeps the intermediate results of earlier pixels, where a whole pass per pixel
would repeat them. It is immutable: a `tf.while_loop` carries its state, a structure of tensors.
"""

import abc

import tensorflow as tf


class CachedSampler(abc.ABC):
    """The pixels of a batch of images in raster order: row by row, left to right.

    Call `start`; for each row `start_row`; then for each column `logits`, and `set_pixel` with the
    sampled pixel.
    """

    @abc.abstractmethod
    def start(self, count):
        """The state before the first pixel of `count` images: a structure of tensors."""

    def start_row(self, state, row):
        """The state at the start of a row, with all that depends on the rows above alone."""
        return state

    @abc.abstractmethod
    def logits(self, state, row, column):
        """(float32 `[count]`, state): log p(1) / p(0) of one pixel given all before it."""

    @abc.abstractmethod
    def set_pixel(self, state, row, column, pixel):
        """The state after one more pixel: float32 `[count]`, 0 or 1."""


class UncachedSampler(CachedSampler):
    """A pass through the whole network per pixel: slow, but right for every network.

    Args:
      network: `keras.Model`, {"data", ...} `[n, height, width, 1]` -> logits of the same shape.
      condition: dict of the network's other inputs, one row per image.
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
        place = tf.one_hot(row, height)[:, None] * tf.one_hot(column, width)
        return state + place[None, :, :, None] * pixel[:, None, None, None]
