"""Values as JSON, for `.keras` files: what models are made of and compiled with.

Networks, optimizers and other Keras objects are written as Keras writes them. Priors, losses, terms
and functions of tfgan go by their names, and a `functools.partial` of a function by its arguments.
Functions and classes of users are Keras' matter: registered with
`keras.saving.register_keras_serializable`, or named in `custom_objects` when a file is loaded. To
read a file runs no code that lies in it.
"""

import dataclasses
import functools
import importlib
import inspect

import keras
import numpy as np
import tensorflow as tf

_OURS = "likelihoods losses modalities models.observation networks penalties priors terms"
_ROOMS = (
    "tfgan.likelihoods", "tfgan.losses", "tfgan.modalities", "tfgan.models.decoder_likelihoods",
    "tfgan.networks", "tfgan.penalties", "tfgan.priors", "tfgan.terms",
)  # fmt: skip
_OF_TENSORFLOW = {"identity": tf.identity, "sigmoid": tf.sigmoid}
_PLAIN = (bool, int, float, str, type(None))


def encode(value, what):
    """A value as JSON knows it.

    Args:
      value: what a model is made of or compiled with.
      what: str, what errors call it, such as "loss".
    Raises: ValueError for what a file cannot hold, such as a lambda.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, list | tuple):
        items = [encode(each, f"{what}[{index}]") for index, each in enumerate(value)]
        return {"of": "tuple" if isinstance(value, tuple) else "list", "items": items}
    if isinstance(value, dict):
        return {"of": "dict", "items": {k: encode(v, f"{what}[{k!r}]") for k, v in value.items()}}
    if isinstance(value, functools.partial):
        parts = {"function": value.func, "arguments": value.args, "keywords": value.keywords}
        return {"of": "partial"} | {name: encode(part, what) for name, part in parts.items()}
    if dataclasses.is_dataclass(value) and _is_ours(type(value)):
        fields = inspect.signature(type(value)).parameters
        given = {name: encode(getattr(value, name), f"{what}.{name}") for name in fields}
        return {"of": "value", "class": _name(type(value)), "arguments": given}
    if _is_ours(value):
        return {"of": "name", "name": _name(value)}
    for name, function in _OF_TENSORFLOW.items():
        if value is function:
            return {"of": "tensorflow", "name": name}
    return {"of": "keras", "config": _by_keras(value, what)}


def decode(config):
    """The reverse of `encode`.

    Raises: ValueError or TypeError for what nobody has registered or named in `custom_objects`.
    """
    if isinstance(config, _PLAIN):
        return config
    kind = config["of"]
    if kind == "dict":
        return {name: decode(each) for name, each in config["items"].items()}
    if kind in ("list", "tuple"):
        return {"list": list, "tuple": tuple}[kind](map(decode, config["items"]))
    if kind == "partial":
        function, args = decode(config["function"]), decode(config["arguments"])
        return functools.partial(function, *args, **decode(config["keywords"]))
    if kind == "value":
        given = {name: decode(each) for name, each in config["arguments"].items()}
        value = _of_name(config["class"])
        if not (isinstance(value, type) and dataclasses.is_dataclass(value)):
            raise ValueError(f"The file takes {config['class']} for a class of values.")
        return value(**given)
    if kind == "name":
        return _of_name(config["name"])
    if kind == "tensorflow":
        return _OF_TENSORFLOW[config["name"]]
    return keras.saving.deserialize_keras_object(config["config"])


def _by_keras(value, what):
    if getattr(value, "__name__", "") == "<lambda>":
        raise ValueError(
            f"{what} is a lambda, which a .keras file does not hold: define it by `def`, and give "
            "it to load_model in custom_objects; or save the weights alone, by save_weights."
        )
    try:
        return keras.saving.serialize_keras_object(value)
    except (NotImplementedError, TypeError, ValueError) as error:
        raise ValueError(
            f"{what}, {value!r}, cannot be saved in a .keras file: its class must have a "
            "get_config and be registered with keras.saving.register_keras_serializable; or save "
            "the weights alone, by save_weights."
        ) from error


def _is_ours(value):
    """Whether something is a public function or class of tfgan that a file can name."""
    module, name = getattr(value, "__module__", None) or "", getattr(value, "__qualname__", "_")
    return module.startswith(_ROOMS) and name.isidentifier() and not name.startswith("_")


def _name(value):
    return f"{value.__module__}.{value.__qualname__}"


def _of_name(name):
    module, _, attribute = name.rpartition(".")
    if module.startswith(_ROOMS):
        value = getattr(importlib.import_module(module), attribute, None)
        if _is_ours(value) and _name(value) == name:
            return value
    raise ValueError(f"The file names {name}, which is not a part of tfgan that a file can name.")
