"""Dense networks of an autoencoder whose code has named parts, and the discriminator of codes.

Sizes are dicts such as {"latent": 10, "code": 10}, with the names of a prior's entries.

Source: Makhzani et al. 2015, https://arxiv.org/abs/1511.05644, appendix A: two hidden layers of
1000 ReLU in each network.

>>> from tfgan.networks import autoencoder
>>> sizes = {"latent": 2, "code": 10}
>>> encoder = autoencoder.encoder((8, 8, 1), sizes, categories=["code"], widths=(16,))
>>> encoder.output["code"].shape
(None, 10)
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes
from tfgan.networks.normalization import batch_normalization


def encoder(shape, sizes, *, categories=(), normalize_codes=False, widths=(1000, 1000), noise=0.0):
    """Data to codes.

    Args:
      shape: tuple, of one example, such as (size,) or (height, width, channels).
      sizes: dict, the size of each part of the code by name.
      categories: names of the parts that are distributions over classes: softmax instead of linear.
      normalize_codes: bool, batch normalization before each softmax, against a single class.
      widths: sequence of int, units of each hidden layer.
      noise: float, standard deviation of the noise that is added to the data in training.
    Returns: keras.Model, {"data"} -> dict of float32 `[batch, size]`.
    """
    shapes.check(shape, "autoencoder")
    data = keras.Input(shape, name="data")
    x = keras.layers.Flatten()(data)
    x = layers.GaussianNoise(noise, name="noise_input")(x) if noise else x
    x = _hidden(x, widths)
    return keras.Model({"data": data}, codes(x, sizes, categories, normalize_codes), name="encoder")


def decoder(shape, sizes, *, widths=(1000, 1000), modality=None):
    """Codes to data.

    Args:
      shape: tuple, of one example, such as (size,) or (height, width, channels).
      sizes: dict, the size of each part of the code by name.
      widths: sequence of int, units of each hidden layer.
      modality: `Modality` or its kind, for the last activation; None for that of the shape.
    Returns: keras.Model, the codes by name -> float32 `[batch, *shape]`.
    Raises: ValueError for a shape that does not imply a modality, without one.
    """
    shapes.check(shape, "autoencoder")
    tensors = {name: keras.Input((size,), name=name) for name, size in sizes.items()}
    x = _hidden(conditioning.joined(tensors), widths)
    x = keras.layers.Reshape(shape)(keras.layers.Dense(shapes.size(shape))(x))
    last = modalities.resolve(modality, shape).output_activation
    return keras.Model(tensors, keras.layers.Activation(last, dtype="float32")(x), name="decoder")


def discriminator(sizes, *, classes=None, widths=(1000, 1000)):
    """Codes to logits, with separate layers for each part.

    Args:
      sizes: dict, the size of each part of the code by name.
      classes: int, the number of labels, one of them for "unknown"; None for no label.
      widths: sequence of int, units of each hidden layer.
    Returns: keras.Model, the codes by name and, with classes, int32 "label" `[batch]` -> dict of
      float32 logits `[batch, 1]` by name.
    """
    tensors = {name: keras.Input((size,), name=name) for name, size in sizes.items()}
    if classes:
        tensors["label"] = keras.Input((), dtype="int32", name="label")
    logits = {}
    for name in sizes:
        x = _hidden(conditioning.with_vector(tensors[name], tensors, classes), widths)
        logits[name] = keras.layers.Dense(1, dtype="float32")(x)
    return keras.Model(tensors, logits, name="discriminator")


def codes(x, sizes, categories, normalize_codes):
    """The last layer of an encoder: features `[batch, n]` to dict of float32 `[batch, size]`."""
    parts = {}
    for name, size in sizes.items():
        is_normalized = normalize_codes and name in categories
        code = keras.layers.Dense(size, use_bias=not is_normalized)(x)
        code = batch_normalization(dtype="float32")(code) if is_normalized else code
        last = "softmax" if name in categories else "linear"
        parts[name] = keras.layers.Activation(last, dtype="float32")(code)
    return parts


def _hidden(x, widths):
    for units in widths:
        x = keras.layers.Dense(units, activation="relu")(x)
    return x
