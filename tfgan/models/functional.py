"""Networks of any kind as functional models with named inputs.

Users bring networks of every kind that Keras has. `to_functional` makes of each a functional model
with named inputs on the same weights, and that is what models call.

    >>> network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    >>> available = {"latent": ((3,), "float32")}
    >>> to_functional(network, "generator", available, ["latent"]).inputs[0].name
    'latent'
"""

import re
import warnings

import keras

from tfgan import layers
from tfgan.models import network_calls


def to_functional(network, role, available, by_position=(), output="data"):
    """A network as a functional model with named inputs; the same layers and weights.

    A functional network, or a `Sequential` with an input, declares its inputs. They go by their
    keys or else by the names of their tensors; one input of another name takes the remaining entry
    of `by_position`. Any other network is called once on symbolic tensors: with the tensor if one
    entry is available, else with the dict of all; if that fails, the other way.

    Args:
      network: `keras.Model` or `keras.layers.Layer`.
      role: str, its name in error messages, such as "generator".
      available: dict of the possible inputs: (shape of one example, dtype) by name; the shape is
        None if only networks that declare the input determine it.
      by_position: sequence of str, the entries that an input of any name can take.
      output: str, the name of its output, or of one of them.
    Returns: functional `keras.Model`, a dict of inputs -> a tensor or a dict of tensors; the
      network itself, if it has that form.
    Raises: ValueError for an input that is not available, a network that cannot be called, a
      missing output, or virtual batch normalization without a reference batch.
    """
    if not isinstance(network, keras.layers.Layer):
        raise ValueError(
            f"The {role} must be a keras.Model or a keras.layers.Layer; received "
            f"{type(network).__name__}."
        )
    if layers.lacks_reference(network):
        raise ValueError(
            f"The {role} must have a reference batch for its VirtualBatchNormalization; received "
            "one without: pass networks.virtual_batch.with_reference(network, reference)."
        )
    make = _by_declaration if declared_inputs(network) else _by_call
    functional = make(network, role, available, by_position)
    _check_outputs(functional.output, role, output)
    return functional


def declared_inputs(network):
    """The inputs that a network declares, tensors by name; {} for one that is only called."""
    structure = _input_structure(network)
    if isinstance(structure, dict):
        return dict(structure)
    return {tensor.name: tensor for tensor in keras.tree.flatten(structure)}


def copy_of_network(copy, functional, network):
    """The copy of a network in a copy of its functional model, see `to_functional`."""
    return copy if functional is network else copy.layers[functional.layers.index(network)]


def _input_structure(network):
    """The declared inputs as the network is called with them: a tensor, a list or a dict."""
    if not getattr(network, "inputs", None):
        return []
    return network.inputs[0] if isinstance(network, keras.Sequential) else network.input


def _by_declaration(network, role, available, by_position):
    declared, structure = declared_inputs(network), _input_structure(network)
    names = _entries(list(declared), role, available, by_position)
    entries = dict(zip(declared, names, strict=True))
    is_named = all(entries[key] == key == tensor.name for key, tensor in declared.items())
    if is_named and isinstance(structure, dict):
        return network
    tensors = {
        entries[key]: keras.Input(tensor.shape[1:], dtype=tensor.dtype, name=entries[key])
        for key, tensor in declared.items()
    }
    named = {id(tensor): tensors[entries[key]] for key, tensor in declared.items()}
    arguments = keras.tree.map_structure(lambda tensor: named[id(tensor)], structure)
    return keras.Model(tensors, network(arguments), name=network.name)


def _entries(names, role, available, by_position):
    """The entry of each input: its name, or the one remaining entry."""
    unknown = [name for name in names if name not in available]
    remaining = [name for name in by_position if name not in names]
    if unknown and (len(unknown) > 1 or len(remaining) != 1):
        raise ValueError(
            f"The {role} takes {', '.join(sorted(unknown))}; its inputs must be among "
            f"{', '.join(sorted(available))}: name them by keras.Input(..., name=...)."
        )
    return [remaining[0] if name in unknown else name for name in names]


def _by_call(network, role, available, by_position):
    unsized = sorted(name for name, (shape, _) in available.items() if shape is None)
    if unsized:
        raise ValueError(
            f"The {role} does not declare its inputs, so the shapes of {', '.join(unsized)} are "
            "unknown: pass conditions as a dict of the shapes of one example."
        )
    tensors = {
        name: keras.Input(shape, dtype=dtype, name=name)
        for name, (shape, dtype) in available.items()
    }
    forms = [(tensors, tensors)]
    if len(by_position) == 1:
        single = tensors[by_position[0]]
        forms.insert(len(available) > 1, ({by_position[0]: single}, single))
    if isinstance(network, keras.Sequential):
        forms = [form for form in forms if form[1] is not tensors]
    failures = []
    for inputs, arguments in forms:
        try:
            with warnings.catch_warnings(record=True) as raised:  # only of the call that succeeds
                outputs = network(arguments)
            for each in raised:
                warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
            return keras.Model(inputs, outputs, name=network.name)
        except Exception as error:  # of any kind, as the code is the user's
            form = "a dict of" if arguments is tensors else "the tensor"
            failures.append(f"with {form} {', '.join(inputs)}: {_short_message(error)}")
    raise ValueError(
        f"The {role} {network.name} cannot be called " + "; nor ".join(failures or ["with a dict"])
    )


def _short_message(error):
    """An error's message without Keras' colors and list of arguments."""
    plain = re.sub(r"\x1b\[\d*m", "", str(error)).split("Arguments received by")[0]
    return " ".join(plain.split()) or type(error).__name__


def _check_outputs(outputs, role, output):
    if isinstance(outputs, list | tuple) and len(outputs) > 1:
        raise ValueError(
            f"The {role} has {len(outputs)} outputs without names; it must return one tensor, or "
            f"a dict of outputs with the key {output}."
        )
    if output not in network_calls.named_outputs(outputs, output):
        raise ValueError(
            f"The {role} must have an output named {output}; received {', '.join(outputs)}."
        )
