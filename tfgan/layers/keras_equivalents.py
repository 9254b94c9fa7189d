"""A network on Keras' own layers: for programs without tfgan, and to compare with."""

import itertools

import keras

from tfgan.layers.conditional_batch_normalization import ModulatedBatchNormalization
from tfgan.layers.dropout import Dropout
from tfgan.layers.gaussian_noise import GaussianNoise
from tfgan.layers.noise_dropout import NoiseDropout
from tfgan.layers.padding import CropLike, PadToMultiple, ReflectPadding
from tfgan.layers.resampling import Downsample2D, Upsample2D
from tfgan.layers.spectral_normalization import SpectralNormalization

_ONLY_IN_TRAINING = (Dropout, GaussianNoise)
# Without weights, and computed by functions of `keras.ops`, which a network may hold as layers.
_WRITTEN_OUT = (CropLike, Downsample2D, NoiseDropout, PadToMultiple, ReflectPadding, Upsample2D)


def on_keras_layers(network):
    """A copy of a network, weights included, that computes the same with Keras' layers alone.

    Spectrally normalized kernels are written out, paddings and noise become operations of
    `keras.ops`, and layers that act in training alone become the identity: a copy of a network with
    such layers is for inference.

    Args:
      network: functional `keras.Model` without models inside.
    Raises: ValueError, naming the layers that have no equal among Keras', or that have one only for
      images of a fixed size.
    """
    foreign = {type(layer).__name__ for layer in network.layers if _keras_class(layer) is None}
    if foreign:
        names = ", ".join(sorted(foreign))
        raise ValueError(f"The network has layers without an equivalent in Keras: {names}.")
    _check_sizes(network)
    copy = keras.models.clone_model(network, clone_function=_copied, call_function=_called)
    for layer in network.layers:
        if layer.weights:
            copy.get_layer(layer.name).set_weights(_weights(layer))
    return copy


def _check_sizes(network):
    written_out = [layer for layer in network.layers if isinstance(layer, _WRITTEN_OUT)]
    sizes = [x.shape[1:] for layer in written_out for x in keras.tree.flatten(layer.input)]
    if any(None in size for size in sizes):
        names = ", ".join(sorted({type(layer).__name__ for layer in written_out}))
        raise ValueError(
            f"network must have a fixed height and width, as Keras has no equal of {names} for "
            f"others; received inputs of the shapes {[x.shape for x in network.inputs]}."
        )


def _keras_class(layer):
    """The class of Keras that stands for a layer; None if there is none."""
    if isinstance(layer, (*_ONLY_IN_TRAINING, *_WRITTEN_OUT)):
        return keras.layers.Identity
    if isinstance(layer, ModulatedBatchNormalization):
        return None  # Keras' layer has no gain and bias per example
    kinds = iter(type(layer).__mro__)
    ours = itertools.takewhile(lambda kind: not kind.__module__.startswith("keras."), kinds)
    if not all(kind.__module__.startswith("tfgan.layers.") for kind in ours):
        return None
    base = next(kind for kind in type(layer).__mro__ if kind.__module__.startswith("keras."))
    return None if base is keras.layers.Layer else base


def _copied(layer):
    if isinstance(layer, _WRITTEN_OUT):
        return layer
    if isinstance(layer, _ONLY_IN_TRAINING):
        return keras.layers.Identity(name=layer.name, dtype=layer.dtype_policy)
    return _keras_class(layer).from_config(layer.get_config())


def _called(layer, *args, **kwargs):
    function = layer.call if isinstance(layer, _WRITTEN_OUT) else layer
    return function(*args, **kwargs)


def _weights(layer):
    if not isinstance(layer, SpectralNormalization):
        return layer.get_weights()
    bias = [layer.bias] if getattr(layer, "use_bias", False) else []
    return [keras.ops.convert_to_numpy(each) for each in (layer.normalized_kernel(), *bias)]
