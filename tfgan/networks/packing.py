"""Packing: a discriminator that receives several examples together, where mode collapse shows.

Any discriminator for data of one rank can be packed: examples are joined along their last axis, so
the first layer alone grows.

>>> from tfgan.networks import dcgan, packing
>>> packing.discriminator(dcgan.discriminator, (8, 8, 1), 2, width=4).output_shape
(None, 1)

Source: Lin et al. 2018, https://arxiv.org/abs/1712.04086, section 2.
"""

import keras

from tfgan import layers
from tfgan.networks import conditioning


def discriminator(builder, shape, count, *, classes=None, **arguments):
    """Data to one logit per pack of consecutive examples.

    Args:
      builder: function (shape, **arguments) -> keras.Model, data of that shape, which is that of a
        pack, -> logits, such as `dcgan.discriminator`; its one input may have any name.
      shape: tuple, of one example, such as (size,), (length, symbols) or (height, width, channels).
      count: int, 1 or more, examples per pack; a divisor of the batch of a replica.
      classes: int, the number of labels, or None. Each example is joined with a learned vector or
        plane of its label before it is packed, so a pack may have examples of several classes.
      **arguments: of the builder.
    Returns: keras.Model, {"data", "label"} `[batch, ...]` -> the outputs of the builder's network,
      `[batch / count, ...]`.
    """
    tensors = conditioning.inputs("data", shape, classes)
    join = conditioning.with_vector if len(shape) == 1 else conditioning.with_plane
    packs = layers.Pack(count)(join(tensors["data"], tensors, classes))
    network = builder(tuple(packs.shape[1:]), **arguments)
    is_named = isinstance(getattr(network, "input", None), dict)
    outputs = network({"data": packs} if is_named else packs)
    return keras.Model(tensors, outputs, name="discriminator")
