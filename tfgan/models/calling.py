"""How models call networks: inputs and outputs go by name."""

import keras


def call_network(network, inputs, training):
    """Calls a network with the inputs that it declares by name.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of tensors; those the network does not declare are left out.
      training: bool.
    """
    return network({name: inputs[name] for name in input_names(network)}, training=training)


def named_outputs(outputs, name):
    """A network's outputs as a dict: a single tensor gets a name.

    Args:
      outputs: tensor, or dict of tensors that has `name`.
      name: str, such as "logits".
    """
    return dict(outputs) if isinstance(outputs, dict) else {name: outputs}


def input_names(network):
    """The names of a network's inputs, such as ["latent", "label"]."""
    return [tensor.name for tensor in network.inputs]


def regularization(network):
    """The regularizers of a network's trainable weights: list of scalars."""
    return [variable.regularizer(variable) for variable in _regularized(network)]


def added_losses(network):
    """What the layers of a network added by `add_loss` in its last call: list of scalars."""
    losses = network.losses  # those of the call, and then those of the weights
    return losses[: len(losses) - len(_regularized(network))]


def _regularized(network):
    return [v for v in network.trainable_variables if getattr(v, "regularizer", None) is not None]


def with_one_output(network, name):
    """A network that gives one of its outputs alone, as a tensor; the same weights.

    Args:
      network: functional `keras.Model`.
      name: str, the output, if there are several.
    """
    is_single = not isinstance(network.output, dict)
    return network if is_single else keras.Model(network.input, network.output[name])
