"""Networks of BiGAN: a generator that is also an encoder, and a discriminator of pairs.

The generator maps a latent z to data G(z), and data x to a code E(x); the two share no weights. The
discriminator receives the pairs (G(z), z) and (x, E(x)).

Source: Donahue et al. 2017, https://arxiv.org/abs/1605.09782, and Dumoulin et al. 2017 (ALI),
  https://arxiv.org/abs/1606.00704. The convolutions are those of `dcgan`.

>>> from tfgan.networks import bigan
>>> network = bigan.generator((8, 8, 1), 5, width=2)
>>> {name: output.shape for name, output in sorted(network.output.items())}
{'data': (None, 8, 8, 1), 'latent': (None, 5)}
"""

import keras

from tfgan.networks import dcgan, shapes
from tfgan.networks.normalization import Normalization


def generator(shape, latent_dim, *, width=32, kernel_size=4, modality=None):
    """Latents to images, and images to latents.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent.
      width: int, filters of the layers of the finest size.
      kernel_size: int.
      modality: `Modality` or its kind, for the last activation of G; None for images.
    Returns: keras.Model, {"latent", "data"} -> dict of float32: `data` `[batch, *shape]`, images in
      [-1, 1], which depends on the latent alone; `latent` `[batch, latent_dim]`, which depends on
      the data alone.
    """
    count = shapes.stages(shape, "bigan")
    latent, data = keras.Input((latent_dim,), name="latent"), keras.Input(shape, name="data")
    sizes = {"width": width, "kernel_size": kernel_size}
    image = dcgan.upsampled(latent, shape, modality=modality, **sizes)
    features = dcgan.features(data, Normalization("batch"), count, **sizes)
    code = keras.layers.Dense(latent_dim, dtype="float32", name="code")(features)
    inputs, outputs = {"latent": latent, "data": data}, {"data": image, "latent": code}
    return keras.Model(inputs, outputs, name="generator")


def discriminator(
    shape, latent_dim, *, width=32, dense_width=256, kernel_size=4, normalization="layer"
):
    """Pairs of images and latents to logits.

    Args:
      shape, latent_dim, width, kernel_size: see `generator`.
      dense_width: int, units of the layer of the latent, and of the two that receive both.
      normalization: str or None, of the convolutions, see `normalization.Normalization`.
    Returns: keras.Model, {"data", "latent"} -> float32 logits `[batch, 1]`.
    """
    count = shapes.stages(shape, "bigan")
    data, latent = keras.Input(shape, name="data"), keras.Input((latent_dim,), name="latent")
    make = Normalization(normalization)
    features = dcgan.features(data, make, count, width=width, kernel_size=kernel_size)

    def dense(x):
        return keras.layers.LeakyReLU(0.2)(make.dense(dense_width)(x))

    joined = keras.layers.Concatenate()([features, dense(latent)])
    logits = make.dense(1, dtype="float32")(dense(dense(joined)))
    return keras.Model({"data": data, "latent": latent}, logits, name="discriminator")
