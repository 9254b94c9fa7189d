"""BigGAN: class-conditional networks with a shared embedding, hierarchical latents and attention.

The latent is cut into slots. The first enters the dense layer; slot i, joined with an embedding of
the label that all blocks share, decides the gains and biases of block i. Without labels the slots
alone do. All kernels are spectrally normalized and orthogonal at first. With `width=96` these are
the networks of the paper for 32x32 to 256x256.

Images of any height and width that are multiples of 4: 28x28 starts at 7x7 and is doubled twice.
By default the attention has the largest maps of at most 64 places per side and of at most half the
image: 64x64 for 128x128, 16x16 for 32x32, 14x14 for 28x28.

Source: Brock et al. 2019, https://arxiv.org/abs/1809.11096, appendices B and C.

>>> from tfgan.networks import biggan
>>> biggan.generator((28, 28, 1), latent_dim=12, classes=10, width=8).output_shape
(None, 28, 28, 1)
>>> 120 // biggan.slots((128, 128, 3))  # the numbers per slot of the paper's latents
20
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import class_embedding, conditioning, residual_blocks, self_attention, shapes
from tfgan.networks.normalization import Normalization, batch_normalization

LARGEST_ATTENTION = 64
# Filters in multiples of the width: at the coarsest size, then of each block, by their number.
_GENERATOR = {
    2: (4, 4, 4),
    3: (4, 4, 4, 4),
    4: (16, 16, 8, 4, 2),
    5: (16, 16, 8, 4, 2, 1),
    6: (16, 16, 8, 8, 4, 2, 1),
}
# Of the blocks that halve the image, then of those that keep its size.
_DISCRIMINATOR = {
    2: ((4, 4), (4, 4)),
    3: ((4, 4), (4, 4)),
    4: ((1, 2, 4, 8), (16,)),
    5: ((1, 2, 4, 8, 16), (16,)),
    6: ((1, 2, 4, 8, 8, 16), (16,)),
}


def slots(shape):
    """The number of parts of a latent: one for the dense layer and one for each block.

    Raises: ValueError for a shape that cannot be made.
    """
    return len(multiples(shape))


def generator(
    shape,
    latent_dim,
    *,
    classes=None,
    width=96,
    embedding_dim=128,
    attention=None,
    initializer="orthogonal",
    modality=None,
):
    """Latents to images.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent, a multiple of the slots.
      classes: int, the number of labels, or None.
      width: int, the filters of which all are multiples.
      embedding_dim: int, size of the embedding of a label; 0 for tables of gains and biases per
        class and block, and the whole latent in the dense layer, as in SAGAN.
      attention: int, see `self_attention.side`, whose largest is 64.
      initializer: Keras initializer of all kernels and of the embedding.
      modality: `Modality` or its kind, for the last activation, such as tanh; None for images.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    Raises: ValueError for a latent that cannot be cut, an image of another size, or attention at
      another size.
    """
    filters = multiples(shape)
    count = len(filters) - 1
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    kernels = Normalization("spectral", initializer=initializer)
    if embedding_dim:
        make, parts = (
            class_embedding.EmbeddedNormalization(kernels),
            _parts(tensors["latent"], count + 1),
        )
        embedded = class_embedding.table(tensors, classes, embedding_dim, initializer)
        conditions = [class_embedding.with_embedding(part, embedded) for part in parts[1:]]
    else:
        options = {"spectral_kernels": True, "initializer": initializer}
        make, parts = Normalization("batch", classes=classes, **options), [tensors["latent"]]
        conditions = [tensors.get("label")] * count
    x = first_map(parts[0], shape, width * filters[0], kernels)
    sides = [min(shape[:2]) >> stage for stage in reversed(range(count))]
    attended = self_attention.side(shape, sides, attention, LARGEST_ATTENTION)
    for multiple, condition, side in zip(filters[1:], conditions, sides, strict=True):
        x = residual_blocks.block(
            x, width * multiple, make, condition, before=residual_blocks.doubled
        )
        x = self_attention.block(x, make) if side == attended else x
    return keras.Model(tensors, image(x, shape, kernels, modality), name="generator")


def discriminator(shape, *, classes=None, width=96, attention=None, initializer="orthogonal"):
    """Images to logits by residual blocks, global sum pooling, a dense layer and projection.

    Args:
      shape, classes, width, attention, initializer: see `generator`.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    """
    halving, keeping = _DISCRIMINATOR[len(multiples(shape)) - 1]
    make = Normalization("spectral", initializer=initializer)
    tensors = conditioning.inputs("data", shape, classes)
    x = residual_blocks.first_block(tensors["data"], width * halving[0], make)
    sides = [min(shape[:2]) >> stage for stage in range(1, len(halving) + 1)]
    attended = self_attention.side(shape, sides, attention, LARGEST_ATTENTION)
    for stage, side in enumerate(sides):
        if stage:
            filters = width * halving[stage]
            x = residual_blocks.block(x, filters, make, after=residual_blocks.halved)
        x = self_attention.block(x, make) if side == attended else x
    for multiple in keeping:
        x = residual_blocks.block(x, width * multiple, make)
    return keras.Model(tensors, logits_of(x, tensors, classes, make), name="discriminator")


def logits_of(x, tensors, classes, make):
    """Float32 logits `[batch, 1]` from the last maps `[batch, h, w, channels]`, with projection."""
    features = layers.GlobalSumPooling2D(dtype="float32")(keras.layers.ReLU()(x))
    logits = make.dense(1, dtype="float32")(features)
    return conditioning.projection(
        logits, features, tensors, classes, spectral=True, initializer=make.initializer
    )


def multiples(shape):
    """The generator's filters at the coarsest size and of each block, in multiples of the width.

    Raises: ValueError for a shape that cannot be made.
    """
    count = shapes.stages(shape, "biggan")
    if count not in _GENERATOR:
        raise ValueError(
            f"biggan makes images that halve at most {max(_GENERATOR)} times, such as 256x256; "
            f"received shape {shape}."
        )
    return _GENERATOR[count]


def first_map(x, shape, filters, make):
    """The coarsest maps `[batch, h, w, filters]` of a vector, by a dense layer."""
    sides = shapes.coarsest(shape, len(multiples(shape)) - 1)
    return keras.layers.Reshape((*sides, filters))(make.dense(sides[0] * sides[1] * filters)(x))


def image(x, shape, make, modality):
    """The image of the last maps, by a norm, ReLU and a 3x3 convolution."""
    x = keras.layers.ReLU()(batch_normalization(epsilon=1e-5)(x))
    x = make.convolution(shape[-1], 3)(x)
    last = modalities.resolve(modality, shape).output_activation
    return keras.layers.Activation(last, dtype="float32")(x)


def _parts(latent, count):
    """The slots of a latent, of equal sizes."""
    if latent.shape[-1] % count:
        raise ValueError(
            f"latent_dim must be a multiple of {count}, one part for the dense layer and one for "
            f"each block; received {latent.shape[-1]}."
        )
    size = latent.shape[-1] // count
    return [latent[:, start : start + size] for start in range(0, latent.shape[-1], size)]
