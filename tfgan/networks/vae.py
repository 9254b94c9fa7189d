"""The two networks of a variational autoencoder: dense, or convolutional.

An encoder maps binary images to the mean and the log-variance of a Gaussian over latents; a decoder
maps latents to the logits of binary pixels.

Source: Kingma & Welling 2014, https://arxiv.org/abs/1312.6114, appendix C.

>>> from tfgan.networks import vae
>>> encoder = vae.dense_encoder((8, 8, 1), latent_dim=3, widths=(16,))
>>> encoder.output["mean"].shape, encoder.output["log_variance"].shape
((None, 3), (None, 3))
"""

import keras

from tfgan import layers
from tfgan.networks import shapes


def dense_encoder(shape, latent_dim, *, widths=(200, 200), activation="relu", dropout=0.0):
    """Images to Gaussians by dense layers.

    Args:
      shape: (height, width, channels).
      latent_dim: int, size of a latent.
      widths: sequence of int, units of each hidden layer.
      activation: Keras activation of the hidden layers.
      dropout: float in [0, 1), dropped fraction of the pixels and of each hidden layer.
    Returns: keras.Model, {"data"} -> {"mean", "log_variance"}, each float32 `[batch, latent_dim]`.
    """
    shapes.check(shape, "vae.dense_encoder")
    data = keras.Input(shape, name="data")
    x = layers.Dropout(dropout, name="dropout")(keras.layers.Flatten()(data))
    for index, units in enumerate(widths):
        x = keras.layers.Dense(units, activation=activation)(x)
        x = layers.Dropout(dropout, name=f"dropout_{index}")(x)
    return _gaussian(data, x, latent_dim)


def dense_decoder(shape, latent_dim, *, widths=(200, 200), activation="relu"):
    """Latents to the logits of pixels by dense layers.

    Args: see `dense_encoder`.
    Returns: keras.Model, {"latent"} -> float32 logits `[batch, height, width, channels]`.
    """
    shapes.check(shape, "vae.dense_decoder")
    x = latent = keras.Input((latent_dim,), name="latent")
    for units in widths:
        x = keras.layers.Dense(units, activation=activation)(x)
    x = keras.layers.Dense(shapes.size(shape), dtype="float32")(x)
    logits = keras.layers.Reshape(shape, dtype="float32")(x)
    return keras.Model({"latent": latent}, logits, name="decoder")


def convolutional_encoder(shape, latent_dim, *, width=16, dropout=0.0):
    """Images to Gaussians by strided convolutions of 4 x 4, and ReLU.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent.
      width: int, filters of the first layer; each halving of the sides doubles them.
      dropout: float in [0, 1), dropped fraction of the last features.
    Returns: keras.Model, see `dense_encoder`.
    """
    count = shapes.stages(shape, "vae.convolutional_encoder")
    x = data = keras.Input(shape, name="data")
    for stage in range(count):
        x = keras.layers.Conv2D(width << stage, 4, 2, padding="same", activation="relu")(x)
    x = layers.Dropout(dropout, name="dropout")(keras.layers.Flatten()(x))
    return _gaussian(data, x, latent_dim)


def convolutional_decoder(shape, latent_dim, *, width=16):
    """Latents to the logits of pixels by transposed convolutions of 4 x 4, and ReLU.

    Args: see `convolutional_encoder`, which it mirrors.
    Returns: keras.Model, {"latent"} -> float32 logits `[batch, height, width, channels]`.
    """
    count = shapes.stages(shape, "vae.convolutional_decoder")
    latent = keras.Input((latent_dim,), name="latent")
    height, breadth = shapes.coarsest(shape, count)
    filters = width << (count - 1)
    x = keras.layers.Dense(height * breadth * filters, activation="relu")(latent)
    x = keras.layers.Reshape((height, breadth, filters))(x)
    for stage in reversed(range(count - 1)):
        x = keras.layers.Conv2DTranspose(width << stage, 4, 2, padding="same", activation="relu")(x)
    logits = keras.layers.Conv2DTranspose(shape[-1], 4, 2, padding="same", dtype="float32")(x)
    return keras.Model({"latent": latent}, logits, name="decoder")


def _gaussian(data, x, latent_dim):
    mean = keras.layers.Dense(latent_dim, dtype="float32", name="mean")(x)
    log_variance = keras.layers.Dense(latent_dim, dtype="float32", name="log_variance")(x)
    return keras.Model({"data": data}, {"mean": mean, "log_variance": log_variance}, name="encoder")
