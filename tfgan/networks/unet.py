"""U-Net: a generator of images from images, whose details pass by its bottleneck.

An encoder halves the image n times, a decoder doubles it n times, and each map of the encoder is
joined to that of the same size in the decoder. Level i has min(2^i, 8) `width` features.

With `depth=8, width=64, normalization="batch"` and images of 256x256 it is the paper's network.

Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, sections 3.2.1 and 6.1. Differs:
instance normalization by default, which is what the paper's batch normalization of one image
computes, and which does not depend on the batch.

>>> from tfgan.networks import unet
>>> unet.generator((30, 33, 3), (30, 33, 1), width=2).output_shape
(None, 30, 33, 3)
"""

import keras

from tfgan import layers
from tfgan.networks import translation_layers
from tfgan.networks.normalization import Normalization

_SMALLEST = 2  # side of the bottleneck of the default depth
_LARGEST_FACTOR = 8


def generator(
    shape,
    source_shape,
    *,
    width=64,
    depth=None,
    normalization="instance",
    dropout=0.5,
    dropout_levels=3,
    skips=True,
    modality=None,
):
    """Images to images by convolutions of 4x4 and stride 2 and their transposes.

    Images of any size are possible: sides that are not multiples of 2^depth are padded by
    reflection, and the output is cropped. Sides of None stand for any size.

    Args:
      shape: (height, width, channels) of the output.
      source_shape: (height, width, channels) of the source, with the same sides.
      width: int, features of the first level.
      depth: int n, 1 or more, the halvings; None for `halvings(shape)`.
      normalization: "instance", "batch" or None; the first and the innermost level have none.
      dropout: float in [0, 1), the share of zeros after the innermost levels of the decoder; it is
        the noise of the generator. 0 for a generator without the input "noise".
      dropout_levels: int, how many levels of the decoder have dropout, from the innermost; never
        the finest, whose map is as large as half the image.
      skips: bool, whether maps of the encoder are joined to those of the decoder.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"source", "noise"} -> float32 `[batch, *shape]`; noise is int32
      `[batch, 2]`, see `layers.NoiseDropout`.
    """
    translation_layers.check_pair(shape, source_shape, "unet")
    depth = halvings(shape) if depth is None else depth
    if depth < 1:
        raise ValueError(f"depth must be 1 or more, or None; received {depth}.")
    make = Normalization(normalization, kinds=("instance", "batch", None))
    source = keras.Input(source_shape, name="source")
    inputs = {"source": source}
    if dropout:
        inputs["noise"] = keras.Input((2,), dtype="int32", name="noise")
    features = [width * min(2**level, _LARGEST_FACTOR) for level in range(depth)]
    maps = _encoder(layers.PadToMultiple(2**depth)(source), features, make)
    x = maps.pop()
    for level, skip in reversed(list(enumerate(maps))):
        x = _upwards(x, features[level], make)
        if dropout and level >= max(1, depth - 1 - dropout_levels):
            name = f"dropout_{level}"
            x = layers.NoiseDropout(dropout, name=name)([x, inputs["noise"]])
        x = keras.layers.Concatenate()([x, skip]) if skips else x
    x = translation_layers.transposed_convolution(shape[-1], 4)(keras.layers.ReLU()(x))
    x = layers.CropLike()([x, source])
    return keras.Model(inputs, translation_layers.image(x, shape, modality), name="generator")


def halvings(shape):
    """The default depth: how often a side halves and stays at 2 or more.

    Sides that halve twice or more without a rest are halved as often as this goes: 28 -> 14 -> 7,
    32 -> 16 -> 8 -> 4 -> 2. Others are padded: 30 -> 32 -> 16 -> 8 -> 4. At least once.

    Args:
      shape: (height, width, channels).
    Raises: ValueError for sides of None.
    """
    sides = shape[:2]
    if None in sides:
        raise ValueError(f"depth must be an int where sides are None; received shape {shape}.")
    most = max(1, (min(sides) // _SMALLEST).bit_length() - 1)
    exact = [depth for depth in range(2, most + 1) if all(side % 2**depth == 0 for side in sides)]
    return max(exact, default=most)


def _encoder(x, features, make):
    """The maps of all levels, from the finest to the innermost, which has no activation.

    The decoder takes the ReLU of a map, which is that of the map before its leaky ReLU.
    """
    maps = []
    for level, count in enumerate(features):
        is_normalized = 0 < level < len(features) - 1
        use_bias = make.kind != "batch"  # also where no norm follows, as in the paper's code
        x = translation_layers.convolution(count, 4, 2, padding="same", use_bias=use_bias)(x)
        x = translation_layers.normalized(x, make) if is_normalized else x
        x = keras.layers.LeakyReLU(0.2)(x) if level < len(features) - 1 else x
        maps.append(x)
    return maps


def _upwards(x, count, make):
    """One level of the decoder: ReLU, transposed convolution, norm."""
    use_bias = make.kind != "batch"
    x = translation_layers.transposed_convolution(count, 4, use_bias=use_bias)(
        keras.layers.ReLU()(x)
    )
    return translation_layers.normalized(x, make)
