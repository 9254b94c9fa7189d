"""Models in `.keras` files: the arguments of constructor and `compile`, and all variables.

`model.save`, `keras.models.load_model`, `clone_model` and `ModelCheckpoint` are Keras' own. A
loaded model gives the samples of the saved one and continues its training.
"""

import contextlib
import functools
import inspect

import keras

from tfgan.models import json_encoding


def records_arguments(compile):
    """Decorates a `compile`: a loaded model is compiled with the same arguments.

    A class that extends the `compile` of its base class decorates its own as well.
    """

    @functools.wraps(compile)
    def wrapper(self, *args, **options):
        compile(self, *args, **options)
        _set_untracked(self, "_compile_arguments", _by_name(compile, self, args, options))

    return wrapper


class Savable(keras.Model):
    """A model that is saved as the arguments of its constructor and of `compile`, and its weights.

    `state_variables`, a sequence of `tf.Variable` that no layer owns, are saved too.
    """

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.__module__.startswith("tfgan."):
            keras.saving.register_keras_serializable("tfgan")(cls)

    def __new__(cls, *args, **options):
        model = super().__new__(cls, *args, **options)
        _set_untracked(model, "_constructor_arguments", (args, options))
        _set_untracked(model, "_compile_arguments", None)
        return model

    def get_config(self):
        """The arguments of the constructor, as `json_encoding.encode` writes them.

        Raises: ValueError for what a file cannot hold.
        """
        arguments = _by_name(type(self).__init__, self, *self._constructor_arguments)
        arguments["name"] = self.name
        if self.sampling_weights != "average":
            arguments["sampling_weights"] = self.sampling_weights
        return {name: json_encoding.encode(value, name) for name, value in arguments.items()}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """The model of a config, with new weights; custom objects are by name."""
        config = dict(config)
        weights = config.pop("sampling_weights", "average")
        # An empty scope would hide the custom objects of an outer scope.
        scope = keras.saving.custom_object_scope(custom_objects) if custom_objects else None
        with scope or contextlib.nullcontext():
            model = cls(**json_encoding.decode_arguments(config))
        return model.use_weights(weights)

    def get_compile_config(self):
        """The arguments of `compile` in the form of `get_config`; None if it was not called."""
        if self._compile_arguments is None:
            return None
        arguments = self._compile_arguments
        return {name: json_encoding.encode(value, name) for name, value in arguments.items()}

    def compile_from_config(self, config):
        """Compiles the model with the arguments of `get_compile_config`."""
        self.compile(**json_encoding.decode_arguments(config))

    def save_own_variables(self, store):
        """Keras' hook for the variables that no layer owns, such as `state_variables`."""
        super().save_own_variables(store)
        for index, variable in enumerate(self.state_variables):
            store[f"state_{index}"] = keras.ops.convert_to_numpy(variable)

    def load_own_variables(self, store):
        """Keras' hook, the inverse of `save_own_variables`."""
        states = {f"state_{i}": variable for i, variable in enumerate(self.state_variables)}
        saved = {name: store[name] for name in sorted(store.keys())}
        super().load_own_variables({n: v for n, v in saved.items() if not n.startswith("state_")})
        for name in states.keys() & saved.keys():
            states[name].assign(saved[name])


def _set_untracked(model, name, value):
    """Sets an attribute that Keras and TensorFlow do not track as a part of the model."""
    object.__setattr__(model, name, value)


def _by_name(method, model, args, options):
    """The arguments of a call of a method, by name."""
    signature = inspect.signature(method)
    arguments = signature.bind(model, *args, **options).arguments
    for name, parameter in signature.parameters.items():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            arguments |= arguments.pop(name, {})
    return dict(list(arguments.items())[1:])
