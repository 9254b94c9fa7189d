"""PatchGAN: a discriminator that judges each patch of an image by a logit of its own.

Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, sections 3.2.2 and 6.1.2; two scales
and features: Wang et al. 2018, https://arxiv.org/abs/1711.11585, section 3.2. Differs: instance
normalization by default, as in `unet`.

>>> from tfgan.networks import patchgan
>>> patchgan.receptive_field(layers=3)
70
>>> patchgan.discriminator((32, 32, 3), (32, 32, 1), layers=2, width=2).output_shape
(None, 6, 6, 1)
"""

import keras
import numpy as np
from keras import ops

from tfgan.networks import translation_layers
from tfgan.networks.normalization import Normalization

_LARGEST_FACTOR = 8


def discriminator(
    shape,
    source_shape=None,
    *,
    layers=3,
    width=64,
    normalization="instance",
    scales=1,
    features=False,
):
    """Images, and the sources of which they are made, to logits of their patches.

    With two scales a second network judges the image at half its size, by patches twice as large.
    Its map of logits is repeated to the size of the first and joined as a second channel: in a mean
    over all logits both scales have the same weight.

    Args:
      shape: (height, width, channels); sides of 3 * 2^layers or more, of None for any size.
      source_shape: (height, width, channels) of the source, with the same sides, which is joined to
        the image; None for a discriminator of images alone.
      layers: int n, 0 or more, the convolutions of stride 2; 0 for convolutions of 1x1. See
        `receptive_field`.
      width: int, features of the first layer.
      normalization: "instance", "batch", "spectral" or None; the first and the last layer have no
        instance and no batch normalization.
      scales: 1 or 2.
      features: bool, whether the maps after each layer but the last are outputs too, for feature
        matching.
    Returns: keras.Model, {"data", "source"} -> float32 logits `[batch, h, w, scales]`; or, with
      features, a dict of "logits" and "features_0" .. "features_n", then those of the second scale.
    """
    _check(shape, source_shape, layers, scales)
    make = Normalization(normalization, kinds=("instance", "batch", "spectral", None))
    inputs = {"data": keras.Input(shape, name="data")}
    x = inputs["data"]
    if source_shape is not None:
        inputs["source"] = keras.Input(source_shape, name="source")
        x = keras.layers.Concatenate()([inputs["source"], x])
    logits, maps = _patches(x, layers, width, make)
    if scales == 2:
        coarse, more = _patches(_half(x), layers, width, make)
        logits = keras.layers.Concatenate(dtype="float32")([logits, _repeated(coarse, logits)])
        maps += more
    outputs = logits
    if features:
        named = {f"features_{index}": each for index, each in enumerate(maps)}
        outputs = {"logits": logits, **named}
    return keras.Model(inputs, outputs, name="discriminator")


def receptive_field(layers):
    """The side of the patch that a logit depends on: 9 * 2^n - 2 pixels, or 1 for n = 0.

    Args:
      layers: int n, as of `discriminator`.
    """
    return 9 * 2**layers - 2 if layers else 1


def _check(shape, source_shape, layers, scales):
    pair = shape if source_shape is None else source_shape
    translation_layers.check_pair(shape, pair, "patchgan")
    if layers < 0:
        raise ValueError(f"layers must be 0 or more; received {layers}.")
    if scales not in (1, 2):
        raise ValueError(f"scales must be 1 or 2; received {scales}.")
    if scales == 2 and None in shape:
        raise ValueError(f"patchgan of two scales needs sides that are ints; received {shape}.")
    coarsest = [-(-side // scales) for side in shape[:2] if side is not None]
    least = 3 * 2**layers if layers else 1
    if min(coarsest, default=least) < least:
        raise ValueError(
            f"patchgan with layers={layers} and scales={scales} needs sides of {scales * least} or "
            f"more, 3 * 2^layers at the coarsest scale; received shape {shape}."
        )


def _patches(x, layers, width, make):
    """The logits of the patches of x, and the maps of the layers before."""
    maps = []
    for index in range(layers + 1 if layers else 2):
        count = width * min(2**index, _LARGEST_FACTOR)
        use_bias = index == 0 or make.kind != "batch"
        x = _layer(x, make, count, layers, strides=1 + (index < layers), use_bias=use_bias)
        x = translation_layers.normalized(x, make) if index else x
        x = keras.layers.LeakyReLU(0.2)(x)
        maps.append(x)
    use_bias = layers > 0 or make.kind != "batch"
    x = _layer(x, make, 1, layers, strides=1, use_bias=use_bias)
    return keras.layers.Activation("linear", dtype="float32")(x), maps


def _layer(x, make, count, layers, *, strides, use_bias):
    if layers:
        return translation_layers.padded_convolution(
            x, make, count, strides=strides, use_bias=use_bias
        )
    normal = translation_layers.normal()
    return make.convolution(count, 1, use_bias=use_bias, kernel_initializer=normal)(x)


def _half(x):
    """The mean of the pixels around every second one: 9, at the edges 6, at the corners 4."""
    odd = [(0, 1 - side % 2) for side in x.shape[1:3]]
    x = keras.layers.ZeroPadding2D(odd)(x)  # a row that windows of odd sides stop before
    return keras.layers.Cropping2D(odd)(keras.layers.AveragePooling2D(3, 2, "same")(x))


def _repeated(x, like):
    """x at the height and width of a larger map: each number is repeated."""
    for axis in (1, 2):
        side, finer = x.shape[axis], like.shape[axis]
        x = ops.take(x, np.arange(finer) * side // finer, axis=axis)
    return x
