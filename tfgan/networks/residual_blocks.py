"""Pre-activated residual blocks, of `resnet`, `sagan` and `biggan`.

    norm, ReLU, 3x3, norm, ReLU, 3x3, plus a shortcut

A generator's block doubles the sides by repeating pixels before its first convolution, a
discriminator's halves them by average pooling after its last one.

Sources: Miyato et al. 2018, https://arxiv.org/abs/1802.05957, Table 4; Brock et al. 2019,
https://arxiv.org/abs/1809.11096, Figure 15.

>>> import keras
>>> from tfgan.networks.normalization import Normalization
>>> x = keras.Input((8, 8, 3))
>>> block(x, 4, Normalization("spectral"), after=halved).shape
(None, 4, 4, 4)
"""

import keras


def doubled():
    """A layer that doubles the sides by repeating pixels."""
    return keras.layers.UpSampling2D(2)


def halved():
    """A layer that halves the sides by means of 2x2 pixels."""
    return keras.layers.AveragePooling2D(2)


def block(x, filters, make, condition=None, *, before=None, after=None):
    """A block; `before` its first and `after` its last convolution come layers that resize.

    Args:
      x: `[batch, h, w, channels]`.
      filters: int.
      make: `Normalization`, or another value with its `convolution` and `after`.
      condition: tensor that `make.after` takes, such as int32 labels `[batch]`; or None.
      before, after: functions that return a layer, `doubled` and `halved`; or None.
    Returns: `[batch, h', w', filters]`.
    """
    residual = keras.layers.ReLU()(make.after(x, condition))
    residual = before()(residual) if before else residual
    residual = _convolution(make, filters)(residual)
    residual = keras.layers.ReLU()(make.after(residual, condition))
    residual = _convolution(make, filters)(residual)
    shortcut = x
    if filters != x.shape[-1] or before or after:
        # A 1x1 convolution commutes with both ways of resizing and is cheapest at the small size.
        shortcut = after()(shortcut) if after else shortcut
        shortcut = make.convolution(filters, 1)(shortcut)
        shortcut = before()(shortcut) if before else shortcut
    return keras.layers.Add()([after()(residual) if after else residual, shortcut])


def first_block(x, filters, make):
    """The discriminator's first block, without an activation or a norm on the pixels.

    Args: see `block`; it halves the sides.
    """
    residual = keras.layers.ReLU()(_convolution(make, filters)(x))
    residual = halved()(_convolution(make, filters)(residual))
    shortcut = make.convolution(filters, 1)(halved()(x))
    return keras.layers.Add()([residual, shortcut])


def _convolution(make, filters):
    if make.initializer:
        return make.convolution(filters, 3)
    # Glorot's range times sqrt(2), because a ReLU precedes it.
    initializer = keras.initializers.VarianceScaling(2.0, "fan_avg", "uniform")
    return make.convolution(filters, 3, kernel_initializer=initializer)
