"""PixelCNN: masked convolutions from binary pixels to a logit per pixel.

p(x) = prod_i p(x_i | x_1 .. x_i-1), pixels in raster order. Both networks take {"data": float32
`[batch, height, width, 1]`, 0 or 1} and, with `features`, {"features": float32 `[batch, height,
width, features]`}, a condition of each pixel; they return float32 logits `[batch, height, width,
1]`. Dropout needs an `rng.layer_seeds` block in training.

  plain   one stack of masked convolutions in residual blocks. Some preceding pixels, above to the
          right, stay outside of its receptive field at any depth: the blind spot.
  gated   a vertical stack for the rows above and a horizontal one for the pixel's own row, with
          gates tanh(a) sigmoid(b); no blind spot.

Source: van den Oord et al. 2016, https://arxiv.org/abs/1601.06759, section 3 and Table 1; van den
Oord et al. 2016, https://arxiv.org/abs/1606.05328, Figure 2.
"""

import keras
import tensorflow as tf
from keras import ops

from tfgan import layers
from tfgan.networks import shapes
from tfgan.networks.cached_sampling import CachedSampler


def plain(shape, *, width=16, depth=5, kernel_size=7, features=None, dropout=0.0):
    """A masked convolution, residual blocks 1x1 - 3x3 - 1x1, and two layers of 1x1.

    Args:
      shape: (height, width, 1).
      width: int, channels in a block; twice as many between the blocks.
      depth: int, blocks.
      kernel_size: int, odd, of the first convolution.
      features: int, channels of a condition, or None.
      dropout: float in [0, 1), after the convolution of each block.
    Differs: 2 x 3 kernels instead of masked 3 x 3.
    """
    _check(shape, kernel_size)
    reach = kernel_size // 2
    parts = [layers.MaskedConv2D(2 * width, reach, reach, center=False, name="first")]
    for index in range(depth):
        parts += [
            _pointwise(width, f"in_{index}"),
            layers.MaskedConv2D(width, 1, 1, name=f"conv_{index}"),
            layers.Dropout(dropout, name=f"dropout_{index}"),
            _pointwise(2 * width, f"out_{index}"),
        ]
    parts = _by_name(parts + _head(2 * width, features))
    inputs = _inputs(shape, features)
    logits = _plain(parts, lambda name, x: parts[name](x), **inputs)
    return keras.Model(inputs, logits, name="pixelcnn")


def gated(shape, *, width=16, depth=5, kernel_size=7, features=None, dropout=0.0):
    """A gated layer without the pixel itself, and residual gated layers of 3 x 3.

    Args: those of `plain`, but for
      width: int, channels of each stack.
      depth: int, layers after the first.
      dropout: float in [0, 1), after the gates of the horizontal stack.
    Differs: the first layer of the vertical stack reads the rows above alone, where the paper
      shifts the vertical stack down by a row on its way to the horizontal one.
    """
    _check(shape, kernel_size)
    parts = []
    for index in range(depth + 1):
        reach, center = (1, True) if index else (kernel_size // 2, False)
        vertical = {"whole_rows": True, "name": f"vertical_{index}"}
        parts += [
            layers.MaskedConv2D(2 * width, reach, reach, center, **vertical),
            _pointwise(2 * width, f"link_{index}"),
            layers.MaskedConv2D(2 * width, 0, reach, center, name=f"horizontal_{index}"),
            layers.Dropout(dropout, name=f"dropout_{index}"),
            _pointwise(width, f"out_{index}"),
        ]
    parts = _by_name(parts + _head(width, features))
    inputs = _inputs(shape, features)

    def convolve(name, x):
        return parts[name](x)

    logits = _gated_pixels(parts, convolve, _gated_rows(parts, convolve, inputs["data"]), **inputs)
    return keras.Model(inputs, logits, name="gated_pixelcnn")


def cached_sampler(network, condition=None):
    """A `CachedSampler` that computes every number of every layer once.

    Args:
      network: what `plain` or `gated` returned, or a copy.
      condition: dict with the "features" of the images, if the network takes them.
    Source: Ramachandran et al. 2017, https://arxiv.org/abs/1704.06001. Differs: what depends on
      the rows above alone is computed for a whole row at once.
    """
    return _CachedSampler(network, **(condition or {}))


# The forward passes. `convolve` applies a masked convolution: to a whole image when a network is
# built, to a row or a pixel in a sampler. All other layers are pointwise and take either.


def _plain(parts, convolve, data, features=None):
    h = _with_features(parts, convolve("first", data), features)
    for index in range(_depth(parts, "conv_")):
        g = parts[f"in_{index}"](ops.relu(h))
        g = parts[f"dropout_{index}"](ops.relu(convolve(f"conv_{index}", g)))
        h = h + parts[f"out_{index}"](g)
    return _logits(parts, h)


def _gated_rows(parts, convolve, data):
    """The vertical stack: the inputs of the horizontal one, per layer."""
    links, v = [], data
    for index in range(_depth(parts, "vertical_")):
        linear = convolve(f"vertical_{index}", v)
        links.append(parts[f"link_{index}"](linear))
        v = _gate(linear)
    return links


def _gated_pixels(parts, convolve, links, data, features=None):
    """The horizontal stack."""
    h = data
    for index, link in enumerate(links):
        g = _gate(convolve(f"horizontal_{index}", h) + link)
        g = parts[f"out_{index}"](parts[f"dropout_{index}"](g))
        h = h + g if index else _with_features(parts, g, features)
    return _logits(parts, h)


def _logits(parts, h):
    return parts["logits"](ops.relu(parts["last"](ops.relu(h))))


def _gate(linear):
    a, b = ops.split(linear, 2, axis=-1)
    return ops.tanh(a) * ops.sigmoid(b)


def _with_features(parts, h, features):
    return h if features is None else h + parts["condition"](features)


class _CachedSampler(CachedSampler):
    """State: for each masked convolution, by name,

    rows     `[count, above, width, inputs]`, its inputs in the rows above;
    context  `[count, width, filters]`, the contribution of the rows above to the current row;
    own      `[side + width, count, inputs]`, its inputs in the current row, zeros where unknown.

    The context of a plain network's convolution comes from its own kernel, that of a horizontal
    convolution from the vertical stack, which advances by a whole row at a time.
    """

    def __init__(self, network, features=None):
        self._parts = _by_name(network.layers)
        masked = [layer for layer in network.layers if isinstance(layer, layers.MaskedConv2D)]
        self._convolutions = _by_name(masked)
        self._is_gated = "vertical_0" in self._parts
        self._width = network.output_shape[2]
        self._features = features
        self._first = "horizontal_0" if self._is_gated else "first"

    def start(self, count):
        state = {}
        for name, layer in self._convolutions.items():
            inputs, dtype = layer.kernel.shape[2], layer.compute_dtype
            each = state[name] = {}
            if layer.above:
                each["rows"] = tf.zeros((count, layer.above, self._width, inputs), dtype)
            if not layer.whole_rows:
                each["own"] = tf.zeros((layer.side + self._width, count, inputs), dtype)
                each["context"] = tf.zeros((count, self._width, layer.filters), dtype)
        return state

    def start_row(self, state, row):
        own = {
            name: tf.transpose(each["own"], (1, 0, 2))[:, None, self._convolutions[name].side :]
            for name, each in state.items()
            if "own" in each
        }
        state = {
            name: each | ({"own": tf.zeros_like(each["own"])} if "own" in each else {})
            for name, each in state.items()
        }
        if self._is_gated:
            return self._enter_gated(state, own[self._first])
        for name, each in state.items():
            layer = self._convolutions[name]
            if layer.above:
                each["rows"] = tf.concat([each["rows"], own[name]], axis=1)[:, 1:]
                each["context"] = layer.on_rows(each["rows"])
            else:
                each["context"] = layer.add_bias(tf.zeros_like(each["context"]))
        return state

    def _enter_gated(self, state, pixels):
        """Advances the vertical stack by one row."""

        def convolve(name, x):
            each, layer = state[name], self._convolutions[name]
            if layer.center:
                window = tf.concat([each["rows"], x], axis=1)
                each["rows"] = window[:, 1:]
            else:  # x is the row above, the last one that this convolution reads
                each["rows"] = window = tf.concat([each["rows"], x], axis=1)[:, 1:]
            return layer.on_rows(window)[:, None]

        for index, link in enumerate(_gated_rows(self._parts, convolve, pixels)):
            layer = self._convolutions[f"horizontal_{index}"]
            state[layer.name]["context"] = layer.add_bias(link[:, 0])
        return state

    def logits(self, state, row, column):
        state = {name: dict(each) for name, each in state.items()}

        def convolve(name, x):
            each, layer = state[name], self._convolutions[name]
            if layer.center:  # else x is the pixel to come
                each["own"] = _put(each["own"], layer.side + column, x)
            size = (layer.side + 1, *each["own"].shape[1:])
            patch = tf.slice(each["own"], (column, 0, 0), size)  # a size that is static for XLA
            return each["context"][:, column] + layer.on_own_row(patch)

        first = state[self._first]["own"]
        inputs = {"data": tf.zeros(tf.shape(first)[1:], first.dtype)}
        if self._features is not None:
            inputs["features"] = self._features[:, row, column]
        if self._is_gated:
            links = [0.0] * _depth(self._parts, "vertical_")
            return _gated_pixels(self._parts, convolve, links, **inputs)[:, 0], state
        return _plain(self._parts, convolve, **inputs)[:, 0], state

    def set_pixel(self, state, row, column, pixel):
        each, layer = state[self._first], self._convolutions[self._first]
        own = _put(each["own"], layer.side + column, pixel[:, None])
        return state | {self._first: each | {"own": own}}


def _put(rows, index, value):
    return tf.tensor_scatter_nd_update(rows, [[index]], tf.cast(value, rows.dtype)[None])


def _by_name(parts):
    return {layer.name: layer for layer in parts}


def _pointwise(channels, name, **kwargs):
    """A 1x1 convolution, for whole images and single pixels."""
    return keras.layers.Dense(channels, name=name, **kwargs)


def _head(width, features):
    head = [_pointwise(width, "last"), _pointwise(1, "logits", dtype="float32")]
    return head + ([_pointwise(width, "condition")] if features else [])


def _inputs(shape, features):
    inputs = {"data": keras.Input(shape, name="data")}
    if features:
        inputs["features"] = keras.Input((*shape[:2], features), name="features")
    return inputs


def _depth(parts, prefix):
    return sum(name.startswith(prefix) for name in parts)


def _check(shape, kernel_size):
    shapes.check_binary(shape, "pixelcnn")
    if kernel_size < 1 or kernel_size % 2 == 0:
        raise ValueError(f"kernel_size must be odd and at least 1; received {kernel_size}.")
