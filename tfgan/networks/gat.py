"""Transformer GAN: generator and discriminator are transformers on patches of the image.

A vector computed from the latent and the label, plus a learned one per place, starts each place of
the generator, and decides the norms of every block; each place becomes a patch. The places of the
discriminator are the patches of the image; features are the mean over the places after the last
norm, and the label enters by projection. Both have matrix products alone.

The widths, depths and heads of the paper, those of diffusion transformers, are in `SIZES`; its
images are latents of 32x32 pixels and 4 channels with patches of 2x2 pixels.

Source: Hyun et al. 2025, https://arxiv.org/abs/2509.24935; the generator's blocks are those of
Peebles & Xie 2023, https://arxiv.org/abs/2212.09748.
Differs: images of inner blocks and the alignment with features of another network are left out, as
are rotations of queries and keys by the place, and gated linear units; features are a mean instead
of a place of their own.

>>> from tfgan.networks import gat
>>> gat.generator((28, 28, 1), 5, width=8, depth=1, heads=2, patch=4).output_shape
(None, 28, 28, 1)
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes, transformer_blocks

SIZES = {
    "S": {"width": 384, "depth": 12, "heads": 6},
    "B": {"width": 768, "depth": 12, "heads": 12},
    "L": {"width": 1024, "depth": 24, "heads": 16},
    "XL": {"width": 1152, "depth": 28, "heads": 16},
}


def generator(
    shape, latent_dim, *, classes=None, width=384, depth=12, heads=6, patch=2, modality=None
):
    """Latents to images.

    Args:
      shape: (height, width, channels), sides that are multiples of the patch.
      latent_dim: int, size of a latent.
      classes: int, the number of labels, or None.
      width: int, numbers per place, a multiple of the heads.
      depth: int, blocks.
      heads: int, of each attention.
      patch: int, side of a patch in pixels.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    Raises: ValueError for sides that are not multiples, and heads that do not divide the width.
    """
    rows, columns = _patches(shape, patch)
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    condition = _condition(tensors["latent"], tensors, classes, width)
    x = keras.layers.RepeatVector(rows * columns)(condition)
    x = layers.PlaceEmbedding((rows, columns))(x)
    for _ in range(depth):
        x = transformer_blocks.block(x, heads, condition)
    x = transformer_blocks.norm(x, condition)
    x = keras.layers.Dense(patch * patch * shape[-1])(x)
    # [row, column, row in the patch, column in it, channel] -> [row, row in it, column, ...]
    x = keras.layers.Reshape((rows, columns, patch, patch, shape[-1]))(x)
    x = keras.layers.Reshape(shape)(keras.layers.Permute((1, 3, 2, 4, 5))(x))
    last = modalities.resolve(modality, shape).output_activation
    return keras.Model(tensors, keras.layers.Activation(last, dtype="float32")(x), name="generator")


def discriminator(shape, *, classes=None, width=384, depth=12, heads=6, patch=2):
    """Images to logits.

    Args: see `generator`.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    Raises: see `generator`.
    """
    rows, columns = _patches(shape, patch)
    tensors = conditioning.inputs("data", shape, classes)
    x = keras.layers.Reshape((rows, patch, columns, patch, shape[-1]))(tensors["data"])
    x = keras.layers.Permute((1, 3, 2, 4, 5))(x)
    x = keras.layers.Reshape((rows * columns, patch * patch * shape[-1]))(x)
    x = layers.PlaceEmbedding((rows, columns))(keras.layers.Dense(width)(x))
    for _ in range(depth):
        x = transformer_blocks.block(x, heads)
    x = transformer_blocks.norm(x)
    features = keras.layers.GlobalAveragePooling1D(dtype="float32")(x)
    logits = keras.layers.Dense(1, dtype="float32")(features)
    logits = conditioning.projection(logits, features, tensors, classes, spectral=False)
    return keras.Model(tensors, logits, name="discriminator")


def _condition(x, tensors, classes, width):
    """The vector that decides the norms: two dense layers of x joined with the label."""
    x = conditioning.with_vector(x, tensors, classes)
    x = keras.layers.Dense(width, activation="silu")(x)
    return keras.layers.Dense(width)(x)


def _patches(shape, patch):
    """The rows and columns of patches."""
    shapes.check(shape, "gat")
    if len(shape) != 3 or shape[0] % patch or shape[1] % patch:
        raise ValueError(
            "gat makes images of shape (height, width, channels) with sides that are multiples of "
            f"the patch, {patch}; received shape {shape}."
        )
    return shape[0] // patch, shape[1] // patch
