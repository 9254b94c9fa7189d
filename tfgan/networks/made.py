"""MADE: a masked dense autoencoder from binary pixels to a logit per pixel.

p(x) = prod_i p(x_i | x_1 .. x_i-1), pixels in raster order. Every hidden unit has a degree d, the
number of leading pixels that it may depend on; degrees increase along every path from a pixel to a
logit.

Source: Germain et al. 2015, https://arxiv.org/abs/1502.03509, sections 3 and 4.
Differs: one order of the pixels and one set of masks; degrees evenly spaced instead of drawn.

>>> from tfgan.networks import made
>>> made.network((4, 4, 1), widths=(8,)).output_shape
(None, 4, 4, 1)
"""

import keras
import numpy as np
import tensorflow as tf

from tfgan import layers
from tfgan.networks import shapes
from tfgan.networks.cached_sampling import CachedSampler


def network(shape, *, widths=(500,), activation="relu", direct=True, dropout=0.0):
    """Masked dense layers.

    Args:
      shape: (height, width, 1).
      widths: sequence of one or more ints, units of each hidden layer.
      activation: Keras activation of the hidden layers.
      direct: bool, whether the logits also have connections to the pixels themselves.
      dropout: float in [0, 1), after each hidden layer.
    Returns: keras.Model, {"data"} -> logits.
    """
    shapes.check_binary(shape, "made")
    if not widths:
        raise ValueError("widths must name one hidden layer or more; received none.")
    pixels = shapes.size(shape)
    own = np.arange(1, pixels + 1)
    data = keras.Input(shape, name="data")
    flat = keras.layers.Flatten()(data)
    x, degrees = flat, own
    for index, units in enumerate(widths):
        below, degrees = degrees, _degrees(units, pixels)
        x = layers.MaskedDense(below, degrees, name=f"hidden_{index}")(x)
        x = keras.layers.Activation(activation, name=f"activation_{index}")(x)
        x = layers.Dropout(dropout, name=f"dropout_{index}")(x)
    final = {"strict": True, "dtype": "float32"}
    logits = layers.MaskedDense(degrees, own, name="logits", **final)(x)
    if direct:
        shortcut = layers.MaskedDense(own, own, use_bias=False, name="direct", **final)(flat)
        logits = keras.layers.Add()([logits, shortcut])
    logits = keras.layers.Reshape(shape, dtype="float32")(logits)
    return keras.Model({"data": data}, logits, name="made")


def cached_sampler(network, condition=None):
    """The `CachedSampler` of what `network` returned, which uses each weight once per image.

    A unit of degree d is complete when d pixels are known, and then adds its row of the kernel to
    the sums of the next layer. The network takes no condition.
    """
    if condition:
        raise ValueError(f"made takes no condition; received {', '.join(condition)}.")
    return _CachedSampler(network)


class _CachedSampler(CachedSampler):
    """State: the sums of each layer so far, `[count, units]`, the logits last."""

    def __init__(self, network):
        parts = {layer.name: layer for layer in network.layers}
        depth = sum(name.startswith("hidden_") for name in parts)
        self._layers = [parts[f"hidden_{index}"] for index in range(depth)] + [parts["logits"]]
        self._activations = [parts[f"activation_{index}"] for index in range(depth)]
        self._direct = parts.get("direct")
        self._width = network.output_shape[2]
        pixels = self._width * network.output_shape[1]
        self._completed = [_by_degree(layer.in_degrees, pixels) for layer in self._layers]
        # A row of zeros for the input that pads `_by_degree`.
        self._kernels = [tf.pad(each.masked_kernel(), [[0, 1], [0, 0]]) for each in self._layers]

    def start(self, count):
        biases = [tf.cast(layer.bias, layer.compute_dtype) for layer in self._layers]
        return tuple(tf.broadcast_to(bias, (count, bias.shape[0])) for bias in biases)

    def logits(self, state, row, column):
        return state[-1][:, row * self._width + column], state

    def set_pixel(self, state, row, column, pixel):
        index = row * self._width + column
        sums = list(state)
        stages = zip(self._kernels, self._completed, strict=True)
        for number, (kernel, completed) in enumerate(stages):
            units = tf.gather(completed, index)
            if number == 0:
                inputs = pixel[:, None]
            else:
                padded = tf.pad(sums[number - 1], [[0, 0], [0, 1]])
                inputs = self._activations[number - 1](tf.gather(padded, units, axis=1))
            added = tf.matmul(tf.cast(inputs, kernel.dtype), tf.gather(kernel, units))
            sums[number] += tf.cast(added, sums[number].dtype)
        if self._direct is not None:
            sums[-1] += pixel[:, None] * self._direct.masked_kernel()[index]
        return tuple(sums)


def _degrees(units, pixels):
    """Degrees 1 .. pixels - 1, evenly spaced over the units, in ascending order."""
    return 1 + np.arange(units) * max(pixels - 1, 1) // units


def _by_degree(degrees, pixels):
    """Row d - 1: the inputs of degree d, padded with one input too many: `[pixels, most]`."""
    rows = [np.flatnonzero(np.equal(degrees, degree)) for degree in range(1, pixels + 1)]
    table = np.full((len(rows), max(map(len, rows))), len(degrees), np.int32)
    for row, units in zip(table, rows, strict=True):
        row[: len(units)] = units
    return table
