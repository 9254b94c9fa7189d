"""Values as JSON, for `.keras` files: the arguments of a model's constructor and of `compile`.

Networks, optimizers and other Keras objects are written as Keras writes them. Priors, losses, terms
and functions of tfgan are written by their public names, such as `tfgan.losses.hinge`, and a
`functools.partial` by its function and arguments. Functions and classes of users are left to Keras:
they are registered with `keras.saving.register_keras_serializable`, or passed as `custom_objects`
when a file is loaded. Reading a file runs no code from it.

    >>> from tfgan import losses
    >>> encode(losses.hinge, "loss")
    {'of': 'name', 'name': 'tfgan.losses.hinge'}
    >>> decode({"of": "name", "name": "tfgan.losses.hinge"}) is losses.hinge
    True
"""

import dataclasses
import functools
import importlib
import inspect

import keras
import numpy as np
import tensorflow as tf

# Packages whose public names files may hold. Of `networks` the modules are public as well.
_PACKAGES = {
    f"tfgan.{package}"
    for package in (
        *("augmentations", "losses", "modalities", "models", "networks", "penalties", "priors"),
        "schedules",
        "terms",
    )
}
_NETWORKS = "tfgan.networks"
_TENSORFLOW = {"identity": tf.identity, "sigmoid": tf.sigmoid}
_PLAIN = (bool, int, float, str, type(None))

# Names in older files. Those also name the module in which a package keeps a public name.
_FORMER_NAMES = {
    "tfgan.networks.made.walk": "tfgan.networks.made.cached_sampler",
    "tfgan.networks.pixelcnn.walk": "tfgan.networks.pixelcnn.cached_sampler",
    "tfgan.networks.pixelgan.walk": "tfgan.networks.pixelgan.cached_sampler",
    "tfgan.networks.walk.FullPasses": "tfgan.networks.cached_sampling.UncachedSampler",
}
_FORMER_ARGUMENTS = {"paired": "relativistic", "walk": "cached_sampler"}


def encode(value, argument):
    """A value in the types of JSON; `argument` is its name in errors, such as "loss".

    Raises: ValueError for what a file cannot hold, such as a lambda.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, list | tuple):
        items = [encode(each, f"{argument}[{index}]") for index, each in enumerate(value)]
        return {"of": "tuple" if isinstance(value, tuple) else "list", "items": items}
    if isinstance(value, dict):
        items = {key: encode(each, f"{argument}[{key!r}]") for key, each in value.items()}
        return {"of": "dict", "items": items}
    if isinstance(value, functools.partial):
        parts = {"function": value.func, "arguments": value.args, "keywords": value.keywords}
        return {"of": "partial"} | {name: encode(part, argument) for name, part in parts.items()}
    if dataclasses.is_dataclass(value) and (name := _public_name(type(value))):
        fields = inspect.signature(type(value)).parameters
        arguments = {f: encode(getattr(value, f), f"{argument}.{f}") for f in fields}
        return {"of": "value", "class": name, "arguments": arguments}
    if name := _public_name(value):
        return {"of": "name", "name": name}
    for name, function in _TENSORFLOW.items():
        if value is function:
            return {"of": "tensorflow", "name": name}
    return {"of": "keras", "config": _keras_config(value, argument)}


def decode(config):
    """The inverse of `encode`.

    Raises: ValueError or TypeError for what is neither registered nor in `custom_objects`.
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
        value = _by_name(config["class"])
        if not (isinstance(value, type) and dataclasses.is_dataclass(value)):
            raise ValueError(f"The file uses {config['class']} as a class of values.")
        return value(**decode_arguments(config["arguments"]))
    if kind == "name":
        return _by_name(config["name"])
    if kind == "tensorflow":
        return _TENSORFLOW[config["name"]]
    return keras.saving.deserialize_keras_object(config["config"])


def decode_arguments(arguments):
    """The arguments of a call: dict by name, those of older files by their names of today."""
    return {_FORMER_ARGUMENTS.get(name, name): decode(each) for name, each in arguments.items()}


def _keras_config(value, argument):
    if getattr(value, "__name__", "") == "<lambda>":
        raise ValueError(
            f"{argument} is a lambda, which a .keras file does not hold: define it by `def`, and "
            "pass it to load_model in custom_objects; or save the weights alone, by save_weights."
        )
    try:
        return keras.saving.serialize_keras_object(value)
    except (NotImplementedError, TypeError, ValueError) as error:
        raise ValueError(
            f"{argument}, {value!r}, cannot be saved in a .keras file: its class must have a "
            "get_config and be registered with keras.saving.register_keras_serializable; or save "
            "the weights alone, by save_weights."
        ) from error


def _public_name(value):
    """The name of a public function or class of tfgan, such as "tfgan.losses.hinge", or None."""
    module, name = getattr(value, "__module__", None) or "", getattr(value, "__qualname__", "_")
    if name.isidentifier() and not name.startswith("_"):
        for home in _homes(module):
            if getattr(importlib.import_module(home), name, None) is value:
                return f"{home}.{name}"
    return None


def _by_name(name):
    module, _, attribute = _FORMER_NAMES.get(name, name).rpartition(".")
    for home in _homes(module):
        try:
            value = getattr(importlib.import_module(home), attribute, None)
        except ImportError:
            continue
        if _public_name(value):
            return value
    raise ValueError(f"The file names {name}, which is not a public name of tfgan.")


def _homes(module):
    """The modules in which a name of a module may be public: list of str."""
    package = ".".join(module.split(".")[:2])
    return [package, *([module] if package == _NETWORKS else [])] if package in _PACKAGES else []
