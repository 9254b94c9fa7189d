"""A network on Keras' own layers: for programs that do not know tfgan's, and to compare with."""

import keras

from tfgan.layers.batch_normalization import BatchNormalization
from tfgan.layers.convolution_2d import Conv2D, Conv2DTranspose
from tfgan.layers.convolution_3d import Conv3D, Conv3DTranspose
from tfgan.layers.dropout import Dropout
from tfgan.layers.gaussian_noise import GaussianNoise
from tfgan.layers.spectral_normalization import SpectralConv2D, SpectralDense, SpectralEmbedding

_SAME_WEIGHTS = {
    BatchNormalization: keras.layers.BatchNormalization,
    Conv2D: keras.layers.Conv2D,
    Conv2DTranspose: keras.layers.Conv2DTranspose,
    Conv3D: keras.layers.Conv3D,
    Conv3DTranspose: keras.layers.Conv3DTranspose,
}
_NORMALIZED = {
    SpectralConv2D: keras.layers.Conv2D,
    SpectralDense: keras.layers.Dense,
    SpectralEmbedding: keras.layers.Embedding,
}
_IN_TRAINING_ALONE = (Dropout, GaussianNoise)


def on_keras_layers(network):
    """A copy of a network, weights included, that computes the same with Keras' layers alone.

    Kernels of a spectral norm of 1 are written out, and what acts in training alone becomes the
    identity: the copy of such a network is for inference.

    Args:
      network: functional `keras.Model` without models inside.
    Raises: ValueError, naming the layers that have no equal among Keras'.
    """
    foreign = {type(layer).__name__ for layer in network.layers if _own(layer) is None}
    if foreign:
        names = ", ".join(sorted(foreign))
        raise ValueError(f"The network has layers without an equal among Keras' own: {names}.")
    copy = keras.models.clone_model(network, clone_function=_copied)
    for layer, own in zip(network.layers, copy.layers, strict=True):
        if own.weights:
            own.set_weights(_weights(layer))
    return copy


def _own(layer):
    """The class of Keras that computes what a layer does; None if there is none."""
    if isinstance(layer, _IN_TRAINING_ALONE):
        return keras.layers.Identity
    if type(layer).__module__.startswith("keras."):
        return type(layer)
    return {**_SAME_WEIGHTS, **_NORMALIZED}.get(type(layer))


def _copied(layer):
    if isinstance(layer, _IN_TRAINING_ALONE):
        return keras.layers.Identity(name=layer.name, dtype=layer.dtype_policy)
    return _own(layer).from_config(layer.get_config())


def _weights(layer):
    if type(layer) not in _NORMALIZED:
        return layer.get_weights()
    bias = [layer.bias] if getattr(layer, "use_bias", False) else []
    return [keras.ops.convert_to_numpy(each) for each in (layer.normalized_kernel(), *bias)]
