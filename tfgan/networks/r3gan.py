"""The residual networks of R3GAN, without any normalization.

Generator and discriminator mirror each other. A block is a bottleneck upside down: 1x1 to twice the
channels, 3x3 in groups, 1x1 back, LeakyReLU(0.2) between them, plus its input. A stage of `depth`
blocks works at one size; between stages the filter [1, 3, 3, 1] doubles or halves the sides. The
finest stage has `width` channels, each coarser one twice as many, up to `max_width`.

A side may be any number with halvings to 4 or to an odd number above 4: 28 = 7 * 2 * 2 has stages
of 28, 14 and 7.

Initialization: the last convolution of a block is 0, so that a block is the identity at first; the
other two are N(0, g^2 / fan_in), g = sqrt(2 / (1 + 0.2^2)) / L^(1/4), L blocks in the network.

Source: Huang et al. 2024, https://arxiv.org/abs/2501.05441, section 4 and appendix D.
Differs: under mixed precision the coarsest stage alone is float32.

>>> from tfgan.networks import r3gan
>>> r3gan.generator((8, 8, 3), latent_dim=5, width=8, max_width=16).output_shape
(None, 8, 8, 3)
>>> r3gan.discriminator((8, 8, 3), width=8, max_width=16).output_shape
(None, 1)
"""

import math

import keras

from tfgan import layers
from tfgan.networks import conditioning, shapes

_SLOPE = 0.2
_EXPANSION = 2  # of the channels inside a block


def generator(shape, latent_dim, *, classes=None, width=64, max_width=768, depth=2, group_width=16):
    """Latents to images.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent, and of the vector of a label that joins it.
      classes: int, the number of labels, or None.
      width: int, channels of the finest stage.
      max_width: int, most channels of a stage.
      depth: int, 1 or more, blocks in a stage.
      group_width: int, channels in a group of the 3x3 convolutions.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`. As in the paper there is
      no last activation, so that values may leave [-1, 1]; pixels are clipped.
    Raises: ValueError for sides that are not multiples of 4, and groups that do not fit a width.
    """
    stages = _Stages(shape, width, max_width, depth, group_width)
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    x = tensors["latent"]
    if classes:
        vectors = _embedding(classes, latent_dim, classes**-0.5)(tensors["label"])
        x = keras.layers.Concatenate(dtype="float32")([x, vectors])
    x = keras.layers.Dense(
        stages.widths[0], use_bias=False, kernel_initializer=_normal(), dtype="float32"
    )(x)
    x = _basis("bc,hwc->bhwc", (*stages.coarsest, x.shape[-1]), 1.0)(x)
    x = stages.blocks(x, 0)
    for stage in range(1, len(stages.widths)):
        x = layers.Upsample2D()(stages.transition(x, stage))
        x = stages.blocks(x, stage)
    return keras.Model(tensors, _pointwise(shape[-1], dtype="float32")(x), name="generator")


def discriminator(shape, *, classes=None, width=64, max_width=768, depth=2, group_width=16):
    """Images to logits.

    Args: see `generator`.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`; with classes the inner
      product of features with the vector of the label.
    Raises: as `generator`.
    """
    stages = _Stages(shape, width, max_width, depth, group_width)
    tensors = conditioning.inputs("data", shape, classes)
    x = _pointwise(width)(tensors["data"])
    for stage in reversed(range(len(stages.widths))):
        x = stages.blocks(x, stage)
        if stage:
            x = stages.transition(layers.Downsample2D()(x), stage - 1)
    features = _basis("bhwc,hwc->bc", x.shape[-1], math.prod(stages.coarsest) ** -0.5)(x)
    size = stages.widths[0] if classes else 1
    logits = keras.layers.Dense(
        size, use_bias=False, kernel_initializer=_normal(), dtype="float32"
    )(features)
    if classes:
        vectors = _embedding(classes, size, (size * classes) ** -0.5)(tensors["label"])
        logits = keras.layers.Dot(axes=1, dtype="float32")([logits, vectors])
    return keras.Model(tensors, logits, name="discriminator")


def block(x, *, group_width=16, gain=1.0, dtype=None):
    """x plus its residual.

    Args:
      x: `[batch, height, width, channels]`, symbolic.
      group_width: int, see `generator`; a divisor of twice the channels.
      gain: float, of the initial weights of the first two convolutions.
      dtype: what the layers compute in; None for that of Keras.
    """
    width, inner = x.shape[-1], _EXPANSION * x.shape[-1]
    options = {"kernel_initializer": _normal(gain), "dtype": dtype}
    y = layers.Conv2D(inner, 1, **options)(x)
    y = keras.layers.LeakyReLU(_SLOPE, dtype=dtype)(y)
    y = layers.Conv2D(inner, 3, padding="same", groups=inner // group_width, **options)(y)
    y = keras.layers.LeakyReLU(_SLOPE, dtype=dtype)(y)
    y = _pointwise(width, kernel_initializer="zeros", dtype=dtype)(y)
    return keras.layers.Add(dtype=dtype)([x, y])


class _Stages:
    """The stages of a network, the coarsest is stage 0."""

    def __init__(self, shape, width, max_width, depth, group_width):
        count = shapes.stages(shape, "r3gan")
        self.coarsest = shapes.coarsest(shape, count)
        self.widths = [min(max_width, width << halvings) for halvings in range(count, -1, -1)]
        wrong = [each for each in self.widths if _EXPANSION * each % group_width]
        if width > max_width or depth < 1 or wrong:
            raise ValueError(
                f"width must be at most max_width, depth 1 or more, and group_width a divisor of "
                f"twice the channels of each stage; received width={width}, "
                f"max_width={max_width}, depth={depth}, group_width={group_width} for stages of "
                f"{self.widths} channels."
            )
        self.depth, self.group_width = depth, group_width
        slope = math.sqrt(2.0 / (1.0 + _SLOPE**2))
        self.gain = slope * (depth * len(self.widths)) ** -0.25

    def blocks(self, x, stage):
        """The blocks of a stage."""
        dtype = None if stage else "float32"
        for _ in range(self.depth):
            x = block(x, group_width=self.group_width, gain=self.gain, dtype=dtype)
        return x

    def transition(self, x, stage):
        """x with the channels of a stage."""
        width = self.widths[stage]
        return x if x.shape[-1] == width else _pointwise(width)(x)


def _pointwise(width, **options):
    """A 1x1 convolution without a bias."""
    return layers.Conv2D(width, 1, use_bias=False, **{"kernel_initializer": _normal(), **options})


def _basis(equation, output_shape, deviation):
    """A learned map per channel between vectors `bc` and images `bhwc`."""
    initializer = keras.initializers.RandomNormal(stddev=deviation)
    return keras.layers.EinsumDense(
        equation, output_shape, kernel_initializer=initializer, dtype="float32"
    )


def _embedding(classes, size, deviation):
    initializer = keras.initializers.RandomNormal(stddev=deviation)
    return keras.layers.Embedding(classes, size, initializer, dtype="float32")


def _normal(gain=1.0):
    """N(0, gain^2 / fan_in)."""
    return keras.initializers.VarianceScaling(gain**2, "fan_in", "untruncated_normal")
