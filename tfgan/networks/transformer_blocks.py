"""Transformer blocks whose norms depend on a vector per example, of `gat`.

    x + a attention(norm x), then x + a' mlp(norm' x),  norm x = (1 + s) normalized x + t

The gates a, scales s and shifts t are a linear function of the vector, 0 at first: a new
block is the identity. All of it is matrix products, without a convolution.

Source: Peebles & Xie 2023, https://arxiv.org/abs/2212.09748, section 3.2, adaLN-Zero.

>>> import keras
>>> block(keras.Input((9, 8)), keras.Input((4,)), heads=2).shape
(None, 9, 8)
"""

import keras

from tfgan import layers

_MLP_RATIO = 4


def block(x, condition, heads):
    """A block.

    Args:
      x: `[batch, n, width]`, n places.
      condition: `[batch, size]`.
      heads: int, a divisor of the width.
    Returns: the same shape as x.
    Raises: ValueError for heads that do not divide the width.
    """
    width = x.shape[-1]
    if width % heads:
        raise ValueError(f"heads must be a divisor of the width, {width}; received {heads}.")
    shift, scale, gate, *of_mlp = _modulation(condition, width, 6)
    x = x + gate * _attention(_modulated(x, shift, scale), heads)
    shift, scale, gate = of_mlp
    hidden = keras.layers.Dense(_MLP_RATIO * width, "gelu")(_modulated(x, shift, scale))
    return x + gate * keras.layers.Dense(width)(hidden)


def last_norm(x, condition):
    """The norm after the last block, with a scale and a shift: the same shape as x."""
    shift, scale = _modulation(condition, x.shape[-1], 2)
    return _modulated(x, shift, scale)


def _modulation(condition, width, count):
    """`count` tensors `[batch, 1, width]`."""
    active = keras.layers.Activation("silu")(condition)
    joint = keras.layers.Dense(count * width, kernel_initializer="zeros")(active)
    rows = keras.layers.Reshape((count, width))(joint)
    return [rows[:, index : index + 1] for index in range(count)]


def _modulated(x, shift, scale):
    normalized = keras.layers.LayerNormalization(epsilon=1e-6, center=False, scale=False)(x)
    return normalized * (scale + 1.0) + shift


def _attention(x, heads):
    """Multi-head attention of the places to each other."""
    places, width = x.shape[1:]
    size = width // heads
    queries, keys, values = (
        keras.layers.Permute((2, 1, 3))(
            keras.layers.Reshape((places, heads, size))(keras.layers.Dense(width)(x))
        )
        for _ in range(3)
    )
    mixed = layers.DotProductAttention(scale=size**-0.5)([queries, keys, values])
    rows = keras.layers.Reshape((places, width))(keras.layers.Permute((2, 1, 3))(mixed))
    return keras.layers.Dense(width)(rows)
