"""Networks with virtual batch normalization: their reference batch.

>>> import keras, numpy as np
>>> from tfgan import layers
>>> x = keras.Input((4,), name="latent")
>>> hidden = layers.VirtualBatchNormalization(32)(keras.layers.Dense(8)(x))
>>> network = keras.Model({"latent": x}, keras.layers.Dense(2)(hidden))
>>> reference = {"latent": np.random.RandomState(0).randn(32, 4)}
>>> with_reference(network, reference).output_shape
(None, 2)

Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.5.
"""

import keras
import numpy as np

from tfgan import layers


def with_reference(network, reference):
    """A network whose `layers.VirtualBatchNormalization` have a reference batch.

    The reference passes through the network with every batch, which costs as much as that many
    more examples.

    Args:
      network: functional keras.Model with named inputs; its other layers treat each example alone.
      reference: dict of arrays `[size, ...]` by input: latents for a generator, real data as
        networks take them for a discriminator, and labels if the network takes them.
    Returns: keras.Model with the inputs and outputs of the network; its weights hold the reference.
    Raises: ValueError for another size or other inputs than the network has.
    """
    sizes = {len(rows) for rows in reference.values()}
    expected = {
        layer.size
        for layer in layers.iterate_layers(network)
        if isinstance(layer, layers.VirtualBatchNormalization)
    }
    inputs = {tensor.name: tensor for tensor in network.inputs}
    if len(sizes) != 1 or expected - sizes or inputs.keys() != reference.keys():
        received = {name: np.shape(rows) for name, rows in reference.items()}
        raise ValueError(
            f"reference must have {', '.join(inputs)}, each of as many rows as the network's "
            f"virtual batch normalization takes, {sorted(expected)}; received {received}."
        )
    [size] = sizes
    tensors, joined = {}, {}
    for name, tensor in inputs.items():
        tensors[name] = keras.Input(tensor.shape[1:], dtype=tensor.dtype, name=name)
        join = layers.JoinReference(size, dtype=tensor.dtype, name=f"reference_{name}")
        joined[name] = join(tensors[name])
        join.set_weights([np.asarray(reference[name])])
    outputs = keras.tree.map_structure(layers.DropReference(size), network(joined))
    return keras.Model(tensors, outputs, name=network.name)
