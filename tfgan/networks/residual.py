"""The residual generator of images from images: of CycleGAN, and of contrastive translation.

Two convolutions halve the image, residual blocks keep its size, two transposed convolutions double
it again; each is followed by instance normalization and ReLU. With `width=64` and 6 blocks it is
the paper's network for 128x128, with 9 that for larger images.

Sources: Zhu et al. 2017, https://arxiv.org/abs/1703.10593, appendix 7.2; Johnson et al. 2016,
https://arxiv.org/abs/1603.08155.

>>> from tfgan.networks import residual
>>> network = residual.generator((30, 33, 3), (30, 33, 1), width=2, blocks=1)
>>> network.output_shape
(None, 30, 33, 3)
>>> residual.encoder_features(network).output["down_2"].shape
(None, 8, 9, 8)
"""

import keras

from tfgan import layers
from tfgan.networks import translation_layers

_HALVINGS = 2
_LEAST = 8  # the side from which every reflection has enough pixels


def generator(shape, source_shape, *, width=64, blocks=9, modality=None):
    """Images to images by residual blocks at a fourth of the size.

    Images of any size are possible: sides that are not multiples of 4, or below 8, are padded by
    reflection, and the output is cropped. Sides of None stand for any size.

    Args:
      shape: (height, width, channels) of the output.
      source_shape: (height, width, channels) of the source, with the same sides.
      width: int, features at the full size.
      blocks: int, 0 or more, residual blocks.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"source"} -> float32 `[batch, *shape]`. Its layers "source_padded",
      "down_1", "down_2", "block_1" .. are those of `encoder_features`.
    """
    translation_layers.check_pair(shape, source_shape, "residual")
    if blocks < 0:
        raise ValueError(f"blocks must be 0 or more; received {blocks}.")
    source = keras.Input(source_shape, name="source")
    x = layers.PadToMultiple(2**_HALVINGS, _LEAST, name="source_padded")(source)
    x = _normalized_relu(_reflected_convolution(x, width, 7))
    for stage in range(1, _HALVINGS + 1):
        x = keras.layers.ZeroPadding2D(1)(x)  # "same" would shift the image by a pixel
        x = translation_layers.convolution(width << stage, 3, 2)(x)
        x = _normalized_relu(x, name=f"down_{stage}")
    for block in range(1, blocks + 1):
        x = _block(x, name=f"block_{block}")
    for stage in reversed(range(_HALVINGS)):
        x = translation_layers.transposed_convolution(width << stage, 3, padding="valid")(x)
        x = layers.Cropping2D(((1, 0), (1, 0)))(x)  # so would "same" here
        x = _normalized_relu(x)
    x = layers.CropLike()([_reflected_convolution(x, shape[-1], 7), source])
    data = translation_layers.image(x, shape, modality)
    return keras.Model({"source": source}, data, name="generator")


def encoder_features(generator, names=None):
    """The part of a generator before its decoder, with the maps of some of its layers as outputs.

    It shares the generator's weights. A map that a contrastive loss compares at the same places of
    the source and of its translation.

    Args:
      generator: keras.Model of `generator`.
      names: sequence of str, layers of the generator; None for the pixels, both halvings, the first
        block and the one in the middle, as many of them as there are.
    Returns: keras.Model, {"source"} -> dict, float32 `[batch, h, w, channels]` by the name of the
      layer.
    Raises: ValueError for a name that is not a layer of the generator.
    Source: Park et al. 2020, https://arxiv.org/abs/2007.15651, section 3 and appendix C.1.
    """
    available = [layer.name for layer in generator.layers]
    if names is None:
        blocks = sum(name.startswith("block_") for name in available)
        middle = [f"block_{number}" for number in sorted({1, (blocks + 1) // 2}) if blocks]
        names = ["source_padded", "down_1", "down_2", *middle]
    unknown = [name for name in names if name not in available]
    if unknown or not names:
        raise ValueError(f"names must be layers of the generator; received {list(names)}.")
    outputs = {name: generator.get_layer(name).output for name in names}
    return keras.Model(generator.input, outputs, name="encoder")


def _reflected_convolution(x, filters, kernel_size):
    """A convolution that keeps the size of the image, which reflections of it surround."""
    x = layers.ReflectPadding(kernel_size // 2)(x)
    return translation_layers.convolution(filters, kernel_size)(x)


def _normalized_relu(x, name=None):
    return keras.layers.ReLU(name=name)(layers.InstanceNormalization()(x))


def _block(x, name):
    """x + a residual of two convolutions, without an activation after the sum."""
    filters = x.shape[-1]
    residual = _normalized_relu(_reflected_convolution(x, filters, 3))
    residual = layers.InstanceNormalization()(_reflected_convolution(residual, filters, 3))
    return keras.layers.Add(name=name)([x, residual])
