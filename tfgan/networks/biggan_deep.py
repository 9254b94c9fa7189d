"""BigGAN-deep: twice as many blocks as BigGAN, with bottlenecks and shortcuts without weights.

    block: four convolutions 1x1, 3x3, 3x3, 1x1, each after a norm and ReLU; the first three have a
    fourth of the larger of the block's numbers of channels

There are two blocks per size of the maps. A shortcut of the generator drops surplus channels, one
of the discriminator appends a 1x1 convolution of the missing ones. The whole latent and an
embedding of the label, shared by all blocks, enter the dense layer and every norm. With `width=128`
these are the networks of the paper; images as in `biggan`.

Source: Brock et al. 2019, https://arxiv.org/abs/1809.11096, appendix B and Figure 16.

>>> from tfgan.networks import biggan_deep
>>> biggan_deep.generator((28, 28, 1), latent_dim=12, classes=10, width=4).output_shape
(None, 28, 28, 1)
"""

import itertools

import keras

from tfgan.networks import biggan, class_embedding, conditioning, residual_blocks, self_attention
from tfgan.networks.normalization import Normalization

# Filters of the first convolution, then at each size that is halved further, by their number.
_DISCRIMINATOR = {
    2: (4, 4, 4),
    3: (4, 4, 4),
    4: (2, 4, 8, 16, 16),
    5: (1, 2, 4, 8, 16, 16),
    6: (1, 2, 4, 8, 8, 16, 16),
}


def generator(
    shape,
    latent_dim,
    *,
    classes=None,
    width=128,
    embedding_dim=128,
    attention=None,
    initializer="orthogonal",
    modality=None,
):
    """Latents to images.

    Args: see `biggan.generator`; `latent_dim` may be any size, `embedding_dim` is 1 or more.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`, images in [-1, 1].
    """
    multiples = biggan.multiples(shape)
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    make = class_embedding.EmbeddedNormalization(Normalization("spectral", initializer=initializer))
    embedded = class_embedding.table(tensors, classes, embedding_dim, initializer)
    condition = class_embedding.with_embedding(tensors["latent"], embedded)
    x = biggan.first_map(condition, shape, width * multiples[0], make)
    sides = [min(shape[:2]) >> stage for stage in reversed(range(len(multiples) - 1))]
    attended = self_attention.side(shape, sides, attention, biggan.LARGEST_ATTENTION)
    for (coarse, fine), side in zip(itertools.pairwise(multiples), sides, strict=True):
        x = _block(x, width * coarse, make, condition)
        x = _block(x, width * fine, make, condition, before=residual_blocks.doubled)
        x = self_attention.block(x, make) if side == attended else x
    data = biggan.image(x, shape, make, modality)
    return keras.Model(tensors, data, name="generator")


def discriminator(shape, *, classes=None, width=128, attention=None, initializer="orthogonal"):
    """Images to logits.

    Args: see `biggan.discriminator`.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    """
    first, *multiples = _DISCRIMINATOR[len(biggan.multiples(shape)) - 1]
    make = Normalization("spectral", initializer=initializer)
    tensors = conditioning.inputs("data", shape, classes)
    x = make.convolution(width * first, 3)(tensors["data"])
    sides = [min(shape[:2]) >> stage for stage in range(1, len(multiples) + 1)]
    attended = self_attention.side(shape, sides, attention, biggan.LARGEST_ATTENTION)
    for multiple, side in zip(multiples, sides, strict=True):
        x = _block(x, width * multiple, make, after=residual_blocks.halved)
        x = _block(x, width * multiple, make)
        x = self_attention.block(x, make) if side == attended else x
    logits = biggan.logits_of(x, tensors, classes, make)
    return keras.Model(tensors, logits, name="discriminator")


def _block(x, filters, make, condition=None, *, before=None, after=None):
    """A block; `before` its second and `after` its third convolution come layers that resize."""
    narrow = max(filters, x.shape[-1]) // 4
    residual = make.convolution(narrow, 1)(_active(x, make, condition))
    residual = _active(residual, make, condition)
    residual = before()(residual) if before else residual
    residual = make.convolution(narrow, 3)(residual)
    residual = make.convolution(narrow, 3)(_active(residual, make, condition))
    residual = _active(residual, make, condition)
    residual = after()(residual) if after else residual
    residual = make.convolution(filters, 1)(residual)
    return keras.layers.Add()([residual, _shortcut(x, filters, make, before, after)])


def _active(x, make, condition):
    return keras.layers.ReLU()(make.after(x, condition))


def _shortcut(x, filters, make, before, after):
    x = after()(x) if after else x
    missing = filters - x.shape[-1]
    if missing > 0:
        x = keras.layers.Concatenate()([x, make.convolution(missing, 1)(x)])
    elif missing < 0:
        x = x[..., :filters]
    return before()(x) if before else x
