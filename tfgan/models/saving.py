"""Models in `.keras` files: how they were made and compiled, and all that they have learned.

`model.save`, `keras.models.load_model`, `clone_model` and `ModelCheckpoint` are Keras' own. A
loaded model samples as the saved one did and goes on training where that one stood.
"""

import contextlib
import functools
import inspect

import keras

from tfgan.models import json_encoding


def remembered(compile):
    """Decorates a `compile`: a saved model is compiled again with what the call received.

    Where a class extends the `compile` of its base class both are decorated.
    """

    @functools.wraps(compile)
    def called(self, *args, **options):
        compile(self, *args, **options)
        _keep(self, "_compiled_with", _by_name(compile, self, args, options))

    return called


class Savable(keras.Model):
    """A model that is saved as the arguments of its constructor and of `compile`, and its weights.

    `state_variables`, a sequence of `tf.Variable`, are what is saved that no layer owns.
    """

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.__module__.startswith("tfgan."):
            keras.saving.register_keras_serializable("tfgan")(cls)

    def __new__(cls, *args, **options):
        model = super().__new__(cls, *args, **options)
        _keep(model, "_made_with", (args, options))
        _keep(model, "_compiled_with", None)
        return model

    def get_config(self):
        """The arguments of the constructor, as `json_encoding.encode` writes them.

        Raises: ValueError for what a file cannot hold.
        """
        given = _by_name(type(self).__init__, self, *self._made_with)
        given["name"] = self.name
        if self.sampling_weights != "average":
            given["sampling_weights"] = self.sampling_weights
        return {name: json_encoding.encode(value, name) for name, value in given.items()}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """The model of a config, with new weights.

        Args:
          config: dict, of `get_config`.
          custom_objects: dict of users' classes and functions by name.
        """
        config = dict(config)
        weights = config.pop("sampling_weights", "average")
        # A scope of none would hide those that the caller of Keras has named.
        scope = keras.saving.custom_object_scope(custom_objects) if custom_objects else None
        with scope or contextlib.nullcontext():
            model = cls(**json_encoding.decode_arguments(config))
        return model.use_weights(weights)

    def get_compile_config(self):
        """The arguments of `compile` as `get_config` has them; None for a model without."""
        if self._compiled_with is None:
            return None
        return {
            name: json_encoding.encode(value, name) for name, value in self._compiled_with.items()
        }

    def compile_from_config(self, config):
        """Compiles the model with the arguments of `get_compile_config`."""
        self.compile(**json_encoding.decode_arguments(config))

    def save_own_variables(self, store):
        """Keras' hook: the variables that belong to no layer, among them `state_variables`."""
        super().save_own_variables(store)
        for index, variable in enumerate(self.state_variables):
            store[f"state_{index}"] = keras.ops.convert_to_numpy(variable)

    def load_own_variables(self, store):
        """Keras' hook, the reverse of `save_own_variables`."""
        states = {f"state_{i}": variable for i, variable in enumerate(self.state_variables)}
        saved = {name: store[name] for name in sorted(store.keys())}
        super().load_own_variables({n: v for n, v in saved.items() if not n.startswith("state_")})
        for name in states.keys() & saved.keys():
            states[name].assign(saved[name])


def _keep(model, name, value):
    """Sets an attribute past Keras and TensorFlow, which would take it for a part of the model."""
    object.__setattr__(model, name, value)


def _by_name(method, model, args, options):
    """The arguments of a call of a method, by name."""
    signature = inspect.signature(method)
    given = signature.bind(model, *args, **options).arguments
    for name, parameter in signature.parameters.items():
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            given |= given.pop(name, {})
    return dict(list(given.items())[1:])
