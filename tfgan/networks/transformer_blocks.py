"""Transformer blocks of `gat`, with norms that depend on a vector per example, or without.

    x + a attention(norm x), then x + a' mlp(norm' x),  norm x = (1 + s) normalized x + t

The gates a, scales s and shifts t are a linear function of the vector, about 0.1 at first, or
learned gains: a new block is close to the identity. All of it is matrix products, without a
convolution.

Source: Peebles & Xie 2023, https://arxiv.org/abs/2212.09748, section 3.2, adaLN; initial values
and blocks without a vector, Hyun et al. 2025, https://arxiv.org/abs/2509.24935.

>>> import keras
>>> block(keras.Input((9, 8)), heads=2, condition=keras.Input((4,))).shape
(None, 9, 8)
"""

import keras

from tfgan import layers

_MLP_RATIO = 4
_EPSILON = 1e-6
_SMALL = 0.1  # gates of a new block


def block(x, heads, condition=None):
    """A block.

    Args:
      x: `[batch, n, width]`, n places.
      heads: int, a divisor of the width.
      condition: `[batch, size]`; or None for gains and gates that are the same for all examples.
    Returns: the same shape as x.
    Raises: ValueError for heads that do not divide the width.
    """
    width = x.shape[-1]
    if width % heads:
        raise ValueError(f"heads must be a divisor of the width, {width}; received {heads}.")
    if condition is None:
        x = x + layers.LayerScale(_SMALL)(_attention(norm(x), heads))
        return x + layers.LayerScale(_SMALL)(_mlp(norm(x)))
    shift, scale, gate, *of_mlp = _modulation(condition, width, 6)
    x = x + gate * _attention(_modulated(x, shift, scale), heads)
    shift, scale, gate = of_mlp
    return x + gate * _mlp(_modulated(x, shift, scale))


def norm(x, condition=None):
    """x normalized per place, with the gain and shift of a condition; else with a learned gain."""
    if condition is None:
        return keras.layers.RMSNormalization(epsilon=_EPSILON)(x)
    return _modulated(x, *_modulation(condition, x.shape[-1], 2))


def _modulation(condition, width, count):
    """`count` tensors `[batch, 1, width]`."""
    active = keras.layers.Activation("silu")(condition)
    small = keras.initializers.VarianceScaling(_SMALL**2, "fan_avg", "uniform")
    joint = keras.layers.Dense(count * width, kernel_initializer=small)(active)
    rows = keras.layers.Reshape((count, width))(joint)
    return [rows[:, index : index + 1] for index in range(count)]


def _modulated(x, shift, scale):
    normalized = keras.layers.LayerNormalization(epsilon=_EPSILON, center=False, scale=False)(x)
    return normalized * (scale + 1.0) + shift


def _mlp(x):
    hidden = keras.layers.Dense(_MLP_RATIO * x.shape[-1], "gelu")(x)
    return keras.layers.Dense(x.shape[-1])(hidden)


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
