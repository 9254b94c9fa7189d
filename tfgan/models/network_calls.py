"""How models call networks: inputs and outputs go by name.

Users bring networks of every kind that Keras has. `named` makes of each a functional model with
named inputs, on the same weights; that is what models call.
"""

import re
import warnings

import keras
import tensorflow as tf


def named(network, role, offered, by_position=(), output="data"):
    """A network as a functional model whose inputs have names; the same layers and weights.

    A functional network, or a `Sequential` with an input, declares what it takes. Its inputs go by
    their keys or else by the names of their tensors; one input of another name takes the entry of
    `by_position` that is left. Any other network is called once on symbolic tensors: with the
    tensor where one entry is offered, else with the dict of all; if that fails, the other way.

    Args:
      network: `keras.Model` or `keras.layers.Layer`.
      role: str, what errors call it, such as "generator".
      offered: dict, what it can be given: (shape of one example, dtype) by name; the shape is None
        where only a network that declares it knows it.
      by_position: sequence of str, the entries that an input of any name can take.
      output: str, the name of its output, or of one of them.
    Returns: functional `keras.Model`, a dict of inputs -> a tensor or a dict of tensors; the
      network itself, if it has that form.
    Raises: ValueError, if it takes what is not offered, cannot be called, or does not have the
      output.
    """
    if not isinstance(network, keras.layers.Layer):
        raise ValueError(
            f"The {role} must be a keras.Model or a keras.layers.Layer; received "
            f"{type(network).__name__}."
        )
    make = _by_declaration if declared_inputs(network) else _by_call
    functional = make(network, role, offered, by_position)
    _check_outputs(functional.output, role, output)
    return functional


def declared_inputs(network):
    """The inputs that a network declares, tensors by name; {} for one that is only called."""
    structure = _structure(network)
    if isinstance(structure, dict):
        return dict(structure)
    return {tensor.name: tensor for tensor in keras.tree.flatten(structure)}


def inner(copy, functional, network):
    """The part of a copy of `named`'s functional model that is the copy of the network itself.

    Args:
      copy: `keras.Model`, copy of `functional`, layer by layer.
      functional: `keras.Model`, what `named` made of `network`.
    """
    return copy if functional is network else copy.layers[functional.layers.index(network)]


def _structure(network):
    """The declared inputs in the form that the network is called with: a tensor, a list, a dict."""
    if not getattr(network, "inputs", None):
        return []
    return network.inputs[0] if isinstance(network, keras.Sequential) else network.input


def _by_declaration(network, role, offered, by_position):
    declared, structure = declared_inputs(network), _structure(network)
    entries = dict(zip(declared, _entries(list(declared), role, offered, by_position), strict=True))
    is_named = all(entries[key] == key == tensor.name for key, tensor in declared.items())
    if is_named and isinstance(structure, dict):
        return network
    tensors = {
        entries[key]: keras.Input(tensor.shape[1:], dtype=tensor.dtype, name=entries[key])
        for key, tensor in declared.items()
    }
    given = {id(tensor): tensors[entries[key]] for key, tensor in declared.items()}
    arguments = keras.tree.map_structure(lambda tensor: given[id(tensor)], structure)
    return keras.Model(tensors, network(arguments), name=network.name)


def _entries(names, role, offered, by_position):
    """The entry that each input takes: its name, or the one entry that is left for it."""
    unknown = [name for name in names if name not in offered]
    left = [name for name in by_position if name not in names]
    if unknown and (len(unknown) > 1 or len(left) != 1):
        raise ValueError(
            f"The {role} takes {', '.join(sorted(unknown))}; the inputs that it can have are "
            f"{', '.join(sorted(offered))}: name them so, by keras.Input(..., name=...)."
        )
    return [left[0] if name in unknown else name for name in names]


def _by_call(network, role, offered, by_position):
    unsized = sorted(name for name, (shape, _) in offered.items() if shape is None)
    if unsized:
        raise ValueError(
            f"The {role} does not declare its inputs, so the shapes of {', '.join(unsized)} are "
            "not known: give conditions as a dict of the shapes of one example."
        )
    tensors = {
        name: keras.Input(shape, dtype=dtype, name=name) for name, (shape, dtype) in offered.items()
    }
    ways = [(tensors, tensors)]
    if len(by_position) == 1:
        alone = tensors[by_position[0]]
        ways.insert(len(offered) > 1, ({by_position[0]: alone}, alone))
    if isinstance(network, keras.Sequential):
        ways = [way for way in ways if way[1] is not tensors]
    failures = []
    for inputs, arguments in ways:
        try:
            with warnings.catch_warnings(record=True) as caught:  # a failure is no warning
                outputs = network(arguments)
            for each in caught:
                warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
            return keras.Model(inputs, outputs, name=network.name)
        except Exception as error:  # of any kind: the code is the user's
            form = "a dict of" if arguments is tensors else "the tensor"
            failures.append(f"with {form} {', '.join(inputs)}: {_in_short(error)}")
    raise ValueError(
        f"The {role} {network.name} cannot be called " + "; nor ".join(failures or ["with a dict"])
    )


def _in_short(error):
    """What an error says, without the colors and the list of arguments that Keras adds."""
    plain = re.sub(r"\x1b\[\d*m", "", str(error)).split("Arguments received by")[0]
    return " ".join(plain.split()) or type(error).__name__


def _check_outputs(outputs, role, output):
    if isinstance(outputs, list | tuple) and len(outputs) > 1:
        raise ValueError(
            f"The {role} has {len(outputs)} outputs without names; it must return one tensor, or "
            f"a dict of outputs of which {output} is one."
        )
    if output not in named_outputs(outputs, output):
        raise ValueError(
            f"The {role} must have an output named {output}; received {', '.join(outputs)}."
        )


def call_network(network, inputs, training):
    """Calls a network with the inputs that it declares by name.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of tensors; those the network does not declare are left out.
      training: bool.
    """
    return network({name: inputs[name] for name in input_names(network)}, training=training)


def call_for_outputs(network, inputs, name, training):
    """Calls a network as `call_network`; its outputs by name, floating-point ones in float32.

    Args:
      network, inputs, training: as of `call_network`.
      name: str, of the output if there is one.
    """
    outputs = named_outputs(call_network(network, inputs, training), name)
    return {
        each: tf.cast(value, tf.float32) if value.dtype.is_floating else value
        for each, value in outputs.items()
    }


def named_outputs(outputs, name):
    """A network's outputs as a dict: a single tensor gets a name.

    Args:
      outputs: tensor, list of one, or dict of tensors that has `name`.
      name: str, such as "logits".
    """
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


def regularization(network):
    """The regularizers of a network's trainable weights: list of scalars."""
    return [variable.regularizer(variable) for variable in _regularized(network)]


def added_losses(network):
    """What the layers of a network added by `add_loss` in its last call: list of scalars."""
    losses = network.losses  # those of the call, and then those of the weights
    return losses[: len(losses) - len(_regularized(network))]


def regularized(loss, logs, networks, added=None, name="regularization"):
    """A loss with what the weights and the layers of networks add to it.

    Args:
      loss: float32 scalar.
      logs: dict of scalars.
      networks: sequence of those that move by the loss.
      added: list of scalars, what layers added by `add_loss`; by default in the last call of each.
      name: str, under which the sum is logged, if anything is added.
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


def with_one_output(network, name):
    """A network that gives one of its outputs alone, as a tensor; the same weights.

    Args:
      network: functional `keras.Model`.
      name: str, the output, if there are several.
    """
    is_single = not isinstance(network.output, dict)
    return network if is_single else keras.Model(network.input, network.output[name])
