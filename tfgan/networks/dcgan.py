"""Deep convolutional GAN: strided convolutions all the way.

An image of n halvings, such as 28 -> 14 -> 7, has n layers in each network; the layer that works
for the finest size has `width` filters, each coarser one twice as many. The five guidelines of the
paper are in `check_guidelines`, which these networks pass as they come.

Source: Radford et al. 2016, https://arxiv.org/abs/1511.06434, section 3 and Figure 1.
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes
from tfgan.networks.dcgan_guidelines import check_guidelines
from tfgan.networks.normalization import Normalization, batch_normalization

__all__ = ["check_guidelines", "discriminator", "generator"]


def generator(shape, latent_dim, *, classes=None, width=64, kernel_size=4, modality=None):
    """Latents to images by fractionally-strided convolutions, batch normalization and ReLU.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, numbers per latent.
      classes: int, the number of labels, or None; see `conditioning.with_vector`.
      width: int, filters before the output layer.
      kernel_size: int. A multiple of the stride, 2, makes no checkerboards
        (https://distill.pub/2016/deconv-checkerboard); the paper has 5.
      modality: `Modality` or its kind, which decides the last activation: tanh for images, linear
        for latents; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    Raises: ValueError for a shape that it cannot make.
    """
    count = shapes.stages(shape, "dcgan")
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    x = conditioning.with_vector(tensors["latent"], tensors, classes)
    coarsest, filters = shapes.coarsest(shape, count), width << (count - 1)
    # No bias where batch normalization takes the mean away and adds one of its own.
    x = keras.layers.Dense(
        coarsest[0] * coarsest[1] * filters, use_bias=False, kernel_initializer=_normal()
    )(x)
    x = _normalized_relu(keras.layers.Reshape((*coarsest, filters))(x))
    for stage in reversed(range(count - 1)):
        x = _upwards(width << stage, kernel_size, use_bias=False)(x)
        x = _normalized_relu(x)
    x = _upwards(shape[-1], kernel_size)(x)
    last = modalities.resolve(modality, shape).output_activation
    data = keras.layers.Activation(last, dtype="float32")(x)
    return keras.Model(tensors, data, name="generator")


def discriminator(
    shape,
    *,
    classes=None,
    width=64,
    kernel_size=4,
    normalization="batch",
    kernel_constraint=None,
):
    """Images to logits by strided convolutions and LeakyReLU(0.2).

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      classes: int, the number of labels, or None; see `conditioning.with_plane`.
      width: int, filters of the first layer.
      kernel_size: int; the paper has 5.
      normalization: "batch" as in the paper, "layer", "spectral" or None. A gradient penalty is
        about one example at a time, so it needs one of the others (Gulrajani et al. 2017, section
        4). Neither "batch" nor "layer" touches the first layer.
      kernel_constraint: Keras constraint, such as `penalties.ClipWeights`, of every trainable
        weight: kernels, biases, gains and embeddings, as in WGAN.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    Raises: ValueError for a shape that it cannot take or an unknown normalization.
    """
    count = shapes.stages(shape, "dcgan")
    make = Normalization(normalization, kernel_constraint)
    tensors = conditioning.inputs("data", shape, classes)
    x = conditioning.with_plane(tensors["data"], tensors, classes, kernel_constraint)
    for stage in range(count):
        x = make.convolution(
            width << stage,
            kernel_size,
            strides=2,
            use_bias=stage == 0 or make.kind != "batch",
            kernel_initializer=_normal(),
        )(x)
        x = keras.layers.LeakyReLU(0.2)(make.after(x) if stage else x)
    x = keras.layers.Flatten()(x)
    logits = make.dense(1, kernel_initializer=_normal(), dtype="float32")(x)
    return keras.Model(tensors, logits, name="discriminator")


def _normal():
    return keras.initializers.RandomNormal(stddev=0.02)


def _upwards(filters, kernel_size, **kwargs):
    return layers.Conv2DTranspose(
        filters, kernel_size, strides=2, padding="same", kernel_initializer=_normal(), **kwargs
    )


def _normalized_relu(x):
    return keras.layers.ReLU()(batch_normalization()(x))
