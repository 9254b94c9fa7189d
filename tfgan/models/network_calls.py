"""Calls of functional networks by names of inputs and outputs, and the losses of their layers."""

import keras
import tensorflow as tf


def call_network(network, inputs, training):
    """Calls a network with the inputs that it declares by name.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of tensors; those that the network does not declare are ignored.
      training: bool.
    """
    return network({name: inputs[name] for name in input_names(network)}, training=training)


def call_for_outputs(network, inputs, name, training):
    """As `call_network`; a dict of outputs, floating-point ones in float32, see `named_outputs`."""
    return {
        each: tf.cast(value, tf.float32) if value.dtype.is_floating else value
        for each, value in named_outputs(call_network(network, inputs, training), name).items()
    }


def named_outputs(outputs, name):
    """The outputs of a network as a dict; `name` is that of a single one, such as "logits"."""
    if isinstance(outputs, dict):
        return dict(outputs)
    return {name: keras.tree.flatten(outputs)[0]}


def input_names(network):
    """The names of a network's inputs, such as ["latent", "label"]."""
    return [tensor.name for tensor in network.inputs]


def output_shape(network, name):
    """The shape of one example of an output: tuple."""
    return tuple(named_outputs(network.output, name)[name].shape[1:])


def input_shapes(network):
    """The shapes of one example of a network's inputs: dict of tuples by name."""
    return {tensor.name: tuple(tensor.shape[1:]) for tensor in network.inputs}


def with_one_output(network, name):
    """A functional network with one of its outputs, as a tensor; the same weights."""
    is_single = not isinstance(network.output, dict)
    return network if is_single else keras.Model(network.input, network.output[name])


def part(network, inputs, output):
    """A functional network from some of its inputs to one of its outputs; the same weights.

    Args:
      inputs: sequence of str, those that the output depends on; names that it lacks are ignored.
      output: str.
    Returns: functional `keras.Model`; the network itself if it has no other input and output.
    """
    declared = {tensor.name: tensor for tensor in network.inputs}
    used = {name: tensor for name, tensor in declared.items() if name in inputs}
    if len(used) == len(declared):
        return with_one_output(network, output)
    return keras.Model(used, network.output[output])


def regularization(network):
    """The regularization losses of a network's trainable weights: list of scalars."""
    return [variable.regularizer(variable) for variable in _regularized(network)]


def added_losses(network):
    """The `add_loss` losses of a network's layers in its last call: list of scalars."""
    losses = network.losses  # those of the call, and then those of the weights
    return losses[: len(losses) - len(_regularized(network))]


def regularized(loss, logs, networks, added=None, name="regularization"):
    """A loss plus the losses of the weights and the layers of networks.

    Args:
      loss: float32 scalar.
      logs: dict of scalars.
      networks: sequence of the networks that the loss moves.
      added: list of scalars, the `add_loss` losses; by default those of the last calls.
      name: str, of the sum in the logs.
    Returns: (loss, logs).
    """
    extra = [each for network in networks for each in regularization(network)]
    if added is None:
        added = [each for network in networks for each in added_losses(network)]
    if not extra + added:
        return loss, logs
    total = tf.add_n([tf.cast(each, tf.float32) for each in extra + added])
    return loss + total, logs | {name: total}


def _regularized(network):
    return [v for v in network.trainable_variables if getattr(v, "regularizer", None) is not None]
