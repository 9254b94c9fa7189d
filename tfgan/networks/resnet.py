"""Residual networks for GANs, the ones of WGAN-GP and SNGAN.

Blocks are pre-activated: norm, ReLU, 3x3, norm, ReLU, 3x3 plus a shortcut. The generator doubles
the sides by repeating pixels at the start of a block, the discriminator halves them by average
pooling at the end of one.

With `width=128, growth=1` (256 for SNGAN's generator) and images of 32x32 these are the networks of
the papers for CIFAR-10; their discriminator has `halvings=2, blocks=2`, and no bias in its last
layer.

Sources: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, appendix F; Miyato et al. 2018,
https://arxiv.org/abs/1802.05957, Table 4; Miyato & Koyama 2018, https://arxiv.org/abs/1802.05637.
Differs: by default the number of blocks comes from the shape, and labels enter the generator with
the latent.

>>> from tfgan.networks import resnet
>>> resnet.generator((8, 8, 3), latent_dim=5, width=2).output_shape
(None, 8, 8, 3)
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes
from tfgan.networks.normalization import Normalization, normalized_relu


def generator(
    shape, latent_dim, *, classes=None, class_norm=False, width=64, growth=2, modality=None
):
    """Latents to images by residual blocks with batch normalization.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent.
      classes: int, the number of labels, or None; see `conditioning.with_vector`.
      class_norm: bool, whether the label decides the gains and biases of the blocks instead, see
        `layers.ConditionalBatchNormalization`, as in the paper with projection.
      width: int, filters of the block of the finest size.
      growth: int, ratio of the filters of consecutive blocks.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    Raises: ValueError for `class_norm` without classes.
    """
    if class_norm and classes is None:
        raise ValueError("class_norm needs classes; received None.")
    count = shapes.stages(shape, "resnet")
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    x = tensors["latent"]
    x = x if class_norm else conditioning.with_vector(x, tensors, classes)
    coarsest, filters = shapes.coarsest(shape, count), width * growth ** (count - 1)
    x = keras.layers.Dense(coarsest[0] * coarsest[1] * filters)(x)
    x = keras.layers.Reshape((*coarsest, filters))(x)
    make = Normalization("batch", classes=classes if class_norm else None)
    label = tensors.get("label")
    for stage in reversed(range(count)):
        x = _block(x, width * growth**stage, make, label, before=keras.layers.UpSampling2D)
    x = make.convolution(shape[-1], 3)(normalized_relu(x))
    last = modalities.resolve(modality, shape).output_activation
    return keras.Model(tensors, keras.layers.Activation(last, dtype="float32")(x), name="generator")


def discriminator(
    shape,
    *,
    classes=None,
    width=64,
    growth=2,
    halvings=None,
    blocks=1,
    normalization="spectral",
    kernel_constraint=None,
):
    """Images to logits by residual blocks, global sum pooling and one dense layer.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      classes: int, the number of labels, or None; see `conditioning.projection`.
      width: int, filters of the first block.
      growth: int, ratio of the filters of consecutive blocks.
      halvings: int, 1 or more, blocks that halve the sides; None for as many as the shape allows.
      blocks: int, 0 or more, blocks after them, which keep the size.
      normalization: "spectral" as in SNGAN, "layer" as in WGAN-GP, or None.
      kernel_constraint: Keras constraint of every trainable weight, as in WGAN.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    Raises: ValueError for halvings or blocks out of range.
    """
    most = shapes.stages(shape, "resnet")
    count = most if halvings is None else halvings
    if not 1 <= count <= most or blocks < 0:
        raise ValueError(
            f"halvings must be 1 to {most} and blocks 0 or more; received {halvings} and {blocks}."
        )
    make = Normalization(normalization, kernel_constraint, kinds=("spectral", "layer", None))
    tensors = conditioning.inputs("data", shape, classes)
    x = _first_block(tensors["data"], width, make)
    for stage in range(1, count):
        x = _block(x, width * growth**stage, make, after=_halve)
    for _ in range(blocks):
        x = _block(x, x.shape[-1], make)
    features = layers.GlobalSumPooling2D(dtype="float32")(keras.layers.ReLU()(x))
    logits = make.dense(1, dtype="float32")(features)
    logits = conditioning.projection(
        logits, features, tensors, classes, spectral=make.spectral, constraint=kernel_constraint
    )
    return keras.Model(tensors, logits, name="discriminator")


def _halve():
    return keras.layers.AveragePooling2D(2)


def _block(x, filters, make, label=None, *, before=None, after=None):
    """A block; `before` its first and `after` its last convolution come layers that resize."""
    residual = keras.layers.ReLU()(make.after(x, label))
    residual = before()(residual) if before else residual
    residual = _convolution(make, filters)(residual)
    residual = keras.layers.ReLU()(make.after(residual, label))
    residual = _convolution(make, filters)(residual)
    shortcut = x
    if filters != x.shape[-1] or before or after:
        # A 1x1 convolution commutes with both ways of resizing and is cheapest at the small size.
        shortcut = after()(shortcut) if after else shortcut
        shortcut = make.convolution(filters, 1)(shortcut)
        shortcut = before()(shortcut) if before else shortcut
    return keras.layers.Add()([after()(residual) if after else residual, shortcut])


def _first_block(x, filters, make):
    """The discriminator's first block, without an activation or a norm on the pixels."""
    residual = keras.layers.ReLU()(_convolution(make, filters)(x))
    residual = _halve()(_convolution(make, filters)(residual))
    shortcut = make.convolution(filters, 1)(_halve()(x))
    return keras.layers.Add()([residual, shortcut])


def _convolution(make, filters):
    # Glorot's range times sqrt(2), because a ReLU precedes it.
    initializer = keras.initializers.VarianceScaling(2.0, "fan_avg", "uniform")
    return make.convolution(filters, 3, kernel_initializer=initializer)
