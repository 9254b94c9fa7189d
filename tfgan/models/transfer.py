"""Fine-tuning: the weights of another model, layer by layer, and a partly frozen discriminator."""

import dataclasses
import difflib

import keras


@dataclasses.dataclass(frozen=True)
class NetworkTransfer:
    """The layers of one network whose weights came from another model.

    Attributes:
      network: str, such as "generator".
      transferred: list of str, the layers with new weights.
      skipped: list of str, the other layers with weights, with their shapes.
    """

    network: str
    transferred: list
    skipped: list


def transfer_weights(model, other):
    """Copies the weights of another model, layer by layer where they fit.

    The layers with weights of two networks are aligned in their order; a layer fits one of the same
    class whose weights have the same shapes. The running averages become copies of the networks;
    optimizers do not change.

    Args:
      model, other: built `models.Trainable`; the other one is not changed.
    Returns: list of NetworkTransfer, one per network of the model.
    Raises: ValueError, if no layer fits.
    """
    networks = model.networks.items()
    transfers = [_transfer(name, each, other.networks.get(name)) for name, each in networks]
    if not any(each.transferred for each in transfers):
        raise ValueError(
            f"No layer of this {type(model).__name__} has the class and the shapes of a layer of "
            f"the other model, a {type(other).__name__}."
        )
    model.reset_average()
    return transfers


def freeze_discriminator(model, count):
    """Freezes the first layers of the discriminator, those nearest to the data (FreezeD).

    Normalization layers are not counted; one between a frozen layer and the next layer with weights
    is frozen too and uses its moving statistics. Layers that read conditions alone are not frozen.

    Args:
      model: compiled `models.Trainable`.
      count: int, 1 or more, layers with weights; the last one of the discriminator is trained.
    Raises: ValueError for a model without a discriminator, and for too many layers.
    Source: Mo et al. 2020, https://arxiv.org/abs/2002.10964.
    """
    network = model.networks.get("discriminator")
    if network is None:
        raise ValueError(f"freeze_discriminator: {type(model).__name__} has no discriminator.")
    normalization = (keras.layers.BatchNormalization, keras.layers.LayerNormalization)
    chain = [layer for layer in _layers_from_data(network) if layer.weights]
    counted = [layer for layer in chain if not isinstance(layer, normalization)]
    if count >= len(counted):
        raise ValueError(
            f"freeze_discriminator must be at most {len(counted) - 1}, as the last of the "
            f"{len(counted)} layers with weights is trained; received {count}."
        )
    for layer in chain[: chain.index(counted[count])]:
        layer.trainable = False


def layers_with_weights(network):
    """The layers with weights of a network and of nested networks, in their order: list."""
    inner = getattr(network, "layers", None)
    if inner:
        return [each for layer in inner for each in layers_with_weights(layer)]
    return [network] if network.weights else []


def _transfer(name, network, other):
    targets = layers_with_weights(network)
    sources = layers_with_weights(other) if other is not None else []
    signatures = (
        [(type(layer).__name__, str(_shapes(layer))) for layer in layers]
        for layers in (targets, sources)
    )
    transferred = set()
    for block in difflib.SequenceMatcher(None, *signatures, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            layer = targets[block.a + offset]
            layer.set_weights(sources[block.b + offset].get_weights())
            transferred.add(id(layer))
    return NetworkTransfer(
        name,
        [layer.name for layer in targets if id(layer) in transferred],
        [f"{layer.name} {_shapes(layer)}" for layer in targets if id(layer) not in transferred],
    )


def _shapes(layer):
    return [tuple(weight.shape) for weight in layer.weights]


def _layers_from_data(network):
    """The layers of a network that depend on the input `data`, in their order: list."""
    inputs = {tensor.name: tensor for tensor in network.inputs}
    tensors = {id(inputs.get("data", network.inputs[0]))}
    dependent = []
    for layer in network.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        if not tensors.isdisjoint(map(id, keras.tree.flatten(layer.input))):
            tensors.update(map(id, keras.tree.flatten(layer.output)))
            dependent.append(layer)
    return dependent
