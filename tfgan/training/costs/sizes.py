"""The parameters of a model, and the bytes of all that it keeps from step to step."""

import math

import tensorflow as tf


def parameters(model):
    """The parameters of each network of a model, trained or not: dict of int by name."""
    return {
        name: sum(_size(variable) for variable in network.variables)
        for name, network in model.networks.items()
    }


def state_bytes(model):
    """The bytes of the variables of a compiled model: dict of int by kind.

    Args:
      model: `models.GenerativeModel`.
    Returns: `weights` of the networks in training; `optimizers`, their slots and counters;
      `averages`, the running averages of weights; `others`, such as a pool of earlier fakes and the
      state of terms.
    """
    optimizers = [player.optimizer for player in model.players.values()]
    kinds = {
        "weights": [v for network in model.networks.values() for v in network.variables],
        "optimizers": [v for each in optimizers for v in each.variables],
        "averages": [
            *(v for average, network in model.averaged if average is not network
              for v in average.variables),
            *(model.power_averages.variables if model.power_averages else ()),
        ],
        "others": [*model.variables, *model.state_variables],
    }  # fmt: skip
    counted, sizes = set(), {}
    for kind, variables in kinds.items():
        new = {_identity(v): v for v in variables if _identity(v) not in counted}
        counted |= set(new)
        sizes[kind] = sum(_size(v) * tf.as_dtype(v.dtype).size for v in new.values())
    return sizes


def _identity(variable):
    """Equal for a variable of Keras and for that of TensorFlow in it."""
    return id(variable if isinstance(variable, tf.Variable) else variable.value)


def _size(variable):
    return math.prod(tf.TensorShape(variable.shape).as_list())
