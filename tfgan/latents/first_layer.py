"""The first layer of a generator: its kernel for the latents, and its activations.

>>> from tfgan.latents import first_layer
>>> from tfgan.networks import mlp
>>> network = mlp.generator((2,), latent_dim=3, widths=(5,))
>>> first_layer.kernel(network, "latent").shape
(3, 5)
"""

import keras
import numpy as np

_NONLINEAR = (keras.layers.ReLU, keras.layers.LeakyReLU, keras.layers.ELU, keras.layers.PReLU)


def kernel(network, name):
    """The matrix A `[d, units]` of the first layer, A^T z + b + what other inputs add: float64.

    It is measured: the outputs for unit vectors, less that for zeros. A dense layer gives its
    kernel, or of a vector joined with a label its first d rows; an activation is left out.

    Args:
      network: functional `keras.Model` with named inputs.
      name: str, the input with the latents `[n, d]`.
    Raises: ValueError for a network without an input of that name, or without a kernel behind it.
    """
    return _first(network, name)[1]


def activation_network(network, name):
    """The network from the inputs to the first activations: `keras.Model` -> `[n, ...]`.

    They are the output of the first nonlinear activation at or behind the layer of `kernel`, or of
    that layer itself where none follows.

    Args, Raises: see `kernel`.
    """
    first, _ = _first(network, name)
    behind = network.layers[network.layers.index(first) :]
    nonlinear = next((layer for layer in behind if _is_nonlinear(layer)), first)
    return keras.Model(network.inputs, nonlinear.output)


def _first(network, name):
    """The first layer with a kernel that depends on an input, and its matrix."""
    if name not in [tensor.name for tensor in network.inputs]:
        names = ", ".join(tensor.name for tensor in network.inputs)
        raise ValueError(f"name must be an input of the generator, {names}; received {name!r}.")
    for layer in network.layers:
        if getattr(layer, "kernel", None) is not None:
            matrix = _matrix(keras.Model(network.inputs, _before_activation(layer)), name)
            if matrix.any():
                return layer, matrix
    raise ValueError(
        f"The generator must have a layer with a kernel behind {name}, such as Dense; it has none."
    )


def _matrix(network, name):
    size = next(tensor.shape[1] for tensor in network.inputs if tensor.name == name)
    inputs = {x.name: np.zeros((size + 1, *x.shape[1:]), x.dtype) for x in network.inputs}
    inputs[name][1:] = np.eye(size)
    outputs = np.asarray(network(inputs, training=False), np.float64).reshape(size + 1, -1)
    return outputs[1:] - outputs[0]


def _before_activation(layer):
    """The output of a layer without its own activation."""
    if not _has_activation(layer):
        return layer.output
    linear = type(layer).from_config(layer.get_config() | {"activation": None})
    output = linear(layer.input)
    linear.set_weights(layer.get_weights())
    return output


def _has_activation(layer):
    return getattr(layer, "activation", None) not in (None, keras.activations.linear)


def _is_nonlinear(layer):
    return isinstance(layer, _NONLINEAR) or _has_activation(layer)
