"""Deep convolutional GAN: strided convolutions all the way.

An image of n halvings, such as 28 -> 14 -> 7, has n layers in each network; the layer of the finest
size has `width` filters, each coarser one twice as many. Both networks follow the five guidelines
of the paper, which `check_guidelines` checks.

Source: Radford et al. 2016, https://arxiv.org/abs/1511.06434, section 3 and Figure 1.
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes
from tfgan.networks.dcgan_guidelines import check_guidelines
from tfgan.networks.normalization import Normalization, normalized_relu

__all__ = ["check_guidelines", "discriminator", "features", "generator", "normal", "upsampled"]


def generator(shape, latent_dim, *, classes=None, width=64, kernel_size=4, modality=None):
    """Latents to images by fractionally-strided convolutions, batch normalization and ReLU.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent.
      classes: int, the number of labels, or None; see `conditioning.with_vector`.
      width: int, filters before the output layer.
      kernel_size: int; 5 in the paper. A multiple of the stride, 2, avoids checkerboards
        (https://distill.pub/2016/deconv-checkerboard).
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    """
    shapes.stages(shape, "dcgan")
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    x = conditioning.with_vector(tensors["latent"], tensors, classes)
    data = upsampled(x, shape, width=width, kernel_size=kernel_size, modality=modality)
    return keras.Model(tensors, data, name="generator")


def discriminator(
    shape,
    *,
    classes=None,
    width=64,
    kernel_size=4,
    normalization="batch",
    kernel_constraint=None,
    heads=None,
):
    """Images to logits by strided convolutions and LeakyReLU(0.2).

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      classes: int, the number of labels, or None; see `conditioning.with_plane`.
      width: int, filters of the first layer.
      kernel_size: int; 5 in the paper.
      normalization: "batch" as in the paper, "layer", "spectral" or None; "batch" and "layer"
        leave the first layer alone. A gradient penalty excludes "batch".
      kernel_constraint: Keras constraint of every trainable weight, as in WGAN.
      heads: dict of int, the sizes of further outputs, of the features that the logits are of.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`; with heads a dict of
      `logits` and float32 `[batch, size]` by name.
    """
    count = shapes.stages(shape, "dcgan")
    make = Normalization(normalization, kernel_constraint)
    tensors = conditioning.inputs("data", shape, classes)
    x = conditioning.with_plane(tensors["data"], tensors, classes, kernel_constraint)
    x = features(x, make, count, width=width, kernel_size=kernel_size)
    logits, *others = (
        make.dense(size, kernel_initializer=normal(), dtype="float32")(x)
        for size in (1, *(heads or {}).values())
    )
    outputs = {"logits": logits} | dict(zip(heads, others, strict=True)) if heads else logits
    return keras.Model(tensors, outputs, name="discriminator")


def upsampled(x, shape, *, width=64, kernel_size=4, modality=None):
    """Vectors `[batch, size]` to data: float32 `[batch, *shape]`, arguments as in `generator`."""
    count = shapes.stages(shape, "dcgan")
    coarsest, filters = shapes.coarsest(shape, count), width << (count - 1)
    # No bias before batch normalization, which subtracts the mean and adds its own bias.
    units = coarsest[0] * coarsest[1] * filters
    x = keras.layers.Dense(units, use_bias=False, kernel_initializer=normal())(x)
    x = normalized_relu(keras.layers.Reshape((*coarsest, filters))(x))
    for stage in reversed(range(count - 1)):
        x = normalized_relu(_upwards(width << stage, kernel_size, use_bias=False)(x))
    x = _upwards(shape[-1], kernel_size)(x)
    last = modalities.resolve(modality, shape).output_activation
    return keras.layers.Activation(last, dtype="float32")(x)


def features(x, make, count, *, width=64, kernel_size=4):
    """Images to vectors `[batch, size]` by `count` strided convolutions.

    Args:
      make: `normalization.Normalization`.
      x, width, kernel_size: see `discriminator`.
    """
    for stage in range(count):
        x = make.convolution(
            width << stage,
            kernel_size,
            strides=2,
            use_bias=stage == 0 or make.kind != "batch",
            kernel_initializer=normal(),
        )(x)
        x = keras.layers.LeakyReLU(0.2)(make.after(x) if stage else x)
    return keras.layers.Flatten()(x)


def normal():
    """The initial weights of the paper: N(0, 0.02^2)."""
    return keras.initializers.RandomNormal(stddev=0.02)


def _upwards(filters, kernel_size, **kwargs):
    return layers.Conv2DTranspose(
        filters, kernel_size, strides=2, padding="same", kernel_initializer=normal(), **kwargs
    )
