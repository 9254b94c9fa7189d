"""A network on Keras' own layers: for programs without tfgan, and to compare with."""

import itertools

import keras

from tfgan.layers.dropout import Dropout
from tfgan.layers.gaussian_noise import GaussianNoise
from tfgan.layers.spectral_normalization import SpectralNormalization

_ONLY_IN_TRAINING = (Dropout, GaussianNoise)


def on_keras_layers(network):
    """A copy of a network, weights included, that computes the same with Keras' layers alone.

    Spectrally normalized kernels are written out, and layers that act in training alone become the
    identity: a copy of a network with such layers is for inference.

    Args:
      network: functional `keras.Model` without models inside.
    Raises: ValueError, naming the layers that have no equal among Keras'.
    """
    foreign = {type(layer).__name__ for layer in network.layers if _keras_class(layer) is None}
    if foreign:
        names = ", ".join(sorted(foreign))
        raise ValueError(f"The network has layers without an equal among Keras' own: {names}.")
    copy = keras.models.clone_model(network, clone_function=_copied)
    for layer, own in zip(network.layers, copy.layers, strict=True):
        if own.weights:
            own.set_weights(_weights(layer))
    return copy


def _keras_class(layer):
    """The class of Keras that computes what a layer does; None if there is none."""
    if isinstance(layer, _ONLY_IN_TRAINING):
        return keras.layers.Identity
    kinds = iter(type(layer).__mro__)
    ours = itertools.takewhile(lambda kind: not kind.__module__.startswith("keras."), kinds)
    if not all(kind.__module__.startswith("tfgan.layers.") for kind in ours):
        return None
    base = next(kind for kind in type(layer).__mro__ if kind.__module__.startswith("keras."))
    return None if base is keras.layers.Layer else base


def _copied(layer):
    if isinstance(layer, _ONLY_IN_TRAINING):
        return keras.layers.Identity(name=layer.name, dtype=layer.dtype_policy)
    return _keras_class(layer).from_config(layer.get_config())


def _weights(layer):
    if not isinstance(layer, SpectralNormalization):
        return layer.get_weights()
    bias = [layer.bias] if getattr(layer, "use_bias", False) else []
    return [keras.ops.convert_to_numpy(each) for each in (layer.normalized_kernel(), *bias)]
