"""Self-attention over the places of an image, of `sagan` and `biggan`.

    y = x + gamma W_o (softmax(f g^T) h),  f = W_f x, g and h = max-pooled W_g x and W_h x

All four are 1x1 convolutions without biases; f and g have an eighth of the channels of x, h a half.
There is one query per place, one key and one value per 2x2 places. gamma is 0 at first.

Source: Zhang et al. 2018, https://arxiv.org/abs/1805.08318, section 3.
Differs: keys and values are pooled, as in the authors' code, which divides the memory by 4.

>>> import keras
>>> from tfgan.networks.normalization import Normalization
>>> block(keras.Input((8, 6, 16)), Normalization("spectral")).shape
(None, 8, 6, 16)
"""

import keras

from tfgan import layers


def block(x, make):
    """x with attention added.

    Args:
      x: `[batch, h, w, channels]`, h and w at least 2.
      make: `Normalization`, or another value with its `convolution`.
    Returns: the same shape.
    """
    height, width, channels = x.shape[1:]
    narrow, half = max(channels // 8, 1), max(channels // 2, 1)
    queries = _rows(make.convolution(narrow, 1, use_bias=False)(x))
    keys, values = (
        _rows(keras.layers.MaxPooling2D(2)(make.convolution(filters, 1, use_bias=False)(x)))
        for filters in (narrow, half)
    )
    mixed = layers.DotProductAttention()([queries, keys, values])
    mixed = keras.layers.Reshape((height, width, half))(mixed)
    residual = make.convolution(channels, 1, use_bias=False)(mixed)
    return layers.ScaledResidual()([x, residual])


def side(shape, sides, attention, largest):
    """The smaller side of the maps that get attention; 0 for none.

    Args:
      shape: (height, width, channels) of the image.
      sides: sequence of int, the smaller sides of the maps to choose from.
      attention: int, the choice; 0 for none; None for the largest maps of at most half the image
        and at most `largest`, if there are any.
      largest: int.
    Raises: ValueError for a choice that is not among the maps.
    """
    sides = sorted(set(sides))
    if attention is None:
        return max((s for s in sides if 2 * s <= min(shape[:2]) and s <= largest), default=0)
    if attention and attention not in sides:
        raise ValueError(
            f"attention must be 0 or the smaller side of some maps, {', '.join(map(str, sides))}; "
            f"received {attention}."
        )
    return attention


def _rows(x):
    _, height, width, channels = x.shape
    return keras.layers.Reshape((height * width, channels))(x)
