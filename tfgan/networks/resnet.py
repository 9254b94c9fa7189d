"""Residual networks for GANs, the ones of WGAN-GP and SNGAN, of the blocks of `residual_blocks`.

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
from tfgan.networks import conditioning, residual_blocks, self_attention, shapes
from tfgan.networks.normalization import Normalization, normalized_relu

LARGEST_ATTENTION = 32  # places per side, for which SAGAN's error is least


def generator(
    shape,
    latent_dim,
    *,
    classes=None,
    class_norm=False,
    width=64,
    growth=2,
    attention=0,
    spectral=False,
    modality=None,
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
      attention: int, see `self_attention.side`, whose largest is 32.
      spectral: bool, whether every kernel is spectrally normalized too.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    Raises: ValueError for `class_norm` without classes, and attention at another size.
    """
    if class_norm and classes is None:
        raise ValueError("class_norm needs classes; received None.")
    count = shapes.stages(shape, "resnet")
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    x = tensors["latent"]
    x = x if class_norm else conditioning.with_vector(x, tensors, classes)
    coarsest, filters = shapes.coarsest(shape, count), width * growth ** (count - 1)
    make = Normalization(
        "batch", classes=classes if class_norm else None, spectral_kernels=spectral
    )
    x = make.dense(coarsest[0] * coarsest[1] * filters)(x)
    x = keras.layers.Reshape((*coarsest, filters))(x)
    sides = [min(shape[:2]) >> stage for stage in range(count)]
    attended = self_attention.side(shape, sides, attention, LARGEST_ATTENTION)
    for stage in reversed(range(count)):
        x = residual_blocks.block(
            x, width * growth**stage, make, tensors.get("label"), before=residual_blocks.doubled
        )
        x = self_attention.block(x, make) if sides[stage] == attended else x
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
    attention=0,
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
      attention: int, see `self_attention.side`, whose largest is 32.
      normalization: "spectral" as in SNGAN, "layer" as in WGAN-GP, or None.
      kernel_constraint: Keras constraint of every trainable weight, as in WGAN.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    Raises: ValueError for halvings, blocks or attention out of range.
    """
    most = shapes.stages(shape, "resnet")
    count = most if halvings is None else halvings
    if not 1 <= count <= most or blocks < 0:
        raise ValueError(
            f"halvings must be 1 to {most} and blocks 0 or more; received {halvings} and {blocks}."
        )
    make = Normalization(normalization, kernel_constraint, kinds=("spectral", "layer", None))
    tensors = conditioning.inputs("data", shape, classes)
    sides = [min(shape[:2]) >> stage for stage in range(1, count + 1)]
    attended = self_attention.side(shape, sides, attention, LARGEST_ATTENTION)
    x = tensors["data"]
    for stage, side in enumerate(sides):
        if stage:
            after = residual_blocks.halved
            x = residual_blocks.block(x, width * growth**stage, make, after=after)
        else:
            x = residual_blocks.first_block(x, width, make)
        x = self_attention.block(x, make) if side == attended else x
    for _ in range(blocks):
        x = residual_blocks.block(x, x.shape[-1], make)
    features = layers.GlobalSumPooling2D(dtype="float32")(keras.layers.ReLU()(x))
    logits = make.dense(1, dtype="float32")(features)
    logits = conditioning.projection(
        logits, features, tensors, classes, spectral=make.spectral, constraint=kernel_constraint
    )
    return keras.Model(tensors, logits, name="discriminator")
