"""Fine-tuning: weights of another model, layer by layer, and a partly frozen discriminator."""

import dataclasses
import difflib

import keras


@dataclasses.dataclass(frozen=True)
class Taken:
    """What one network took of another model's network of the same name.

    Attributes:
      network: str, such as "generator".
      taken, left: lists of str, layers with weights in their order, those that took them and those
        that did not, with their shapes.
    """

    network: str
    taken: list
    left: list


def take(model, other):
    """Gives a model the weights of another one, layer by layer where they fit.

    The layers with weights of both networks are aligned in their order; those of one kind whose
    weights have the same shapes are taken, with all their state. The running averages become copies
    of the networks; optimizers are left alone.

    Args:
      model, other: built `models.Trainable`; the other one is not changed.
    Returns: list of Taken, one per network of the model.
    Raises: ValueError, if no layer fits.
    """
    found = [
        _take(name, network, other.networks.get(name)) for name, network in model.networks.items()
    ]
    if not any(each.taken for each in found):
        raise ValueError(
            f"No layer of this {type(model).__name__} has the kind and the shapes of a layer of "
            f"that {type(other).__name__}, so there is nothing to start from."
        )
    model.reset_average()
    return found


def freeze_discriminator(model, count):
    """Trains no longer the first layers of the discriminator, those nearest to the data (FreezeD).

    Layers of normalization are not counted; those behind a frozen layer, before the next one with
    weights, are frozen with it and use their moving statistics. Layers that read conditions alone
    stay.

    Args:
      model: compiled `models.Trainable`.
      count: int, 1 or more, layers with weights; the last one of the discriminator is trained.
    Raises: ValueError for a model without a discriminator, and for more layers than there are.
    Source: Mo et al. 2020, https://arxiv.org/abs/2002.10964.
    """
    network = model.networks.get("discriminator")
    if network is None:
        raise ValueError(f"freeze_discriminator: {type(model).__name__} has no discriminator.")
    chain = [layer for layer in _reached(network) if layer.weights]
    counted = [layer for layer in chain if not _normalizes(layer)]
    if count >= len(counted):
        raise ValueError(
            f"freeze_discriminator must be at most {len(counted) - 1}: the discriminator has "
            f"{len(counted)} layers with weights on the way from the data, and the last is "
            f"trained; received {count}."
        )
    for layer in chain[: chain.index(counted[count])]:
        layer.trainable = False


def layers_with_weights(network):
    """The layers of a network that have weights, in their order, nested networks opened: list."""
    inner = getattr(network, "layers", None)
    if inner:
        return [found for layer in inner for found in layers_with_weights(layer)]
    return [network] if network.weights else []


def _take(name, network, other):
    mine = layers_with_weights(network)
    theirs = layers_with_weights(other) if other is not None else []
    matcher = difflib.SequenceMatcher(None, *map(_forms, (mine, theirs)), autojunk=False)
    taken = {}
    for block in matcher.get_matching_blocks():
        for place in range(block.size):
            layer = mine[block.a + place]
            layer.set_weights(theirs[block.b + place].get_weights())
            taken[id(layer)] = layer
    return Taken(
        name,
        [layer.name for layer in mine if id(layer) in taken],
        [f"{layer.name} {_shapes(layer)}" for layer in mine if id(layer) not in taken],
    )


def _forms(layers):
    return [(type(layer).__name__, str(_shapes(layer))) for layer in layers]


def _shapes(layer):
    return [tuple(weight.shape) for weight in layer.weights]


def _normalizes(layer):
    return isinstance(layer, keras.layers.BatchNormalization | keras.layers.LayerNormalization)


def _reached(network):
    """The layers of a network that what enters at `data` goes through, in their order."""
    inputs = {tensor.name: tensor for tensor in network.inputs}
    reached = {id(inputs.get("data", network.inputs[0]))}
    found = []
    for layer in network.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        if {id(tensor) for tensor in _flat(layer.input)} & reached:
            reached |= {id(tensor) for tensor in _flat(layer.output)}
            found.append(layer)
    return found


def _flat(tensors):
    return keras.tree.flatten(tensors)
