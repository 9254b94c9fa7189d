"""InfoGAN: a generator of latents and codes, and a discriminator with heads that read the codes.

Both networks are those of `dcgan` with one dense layer more. The heads are Q, the distribution of
the codes given an image; they share all layers but two with the discriminator.

Source: Chen et al. 2016, https://arxiv.org/abs/1606.03657, appendix C.1.
Differs: LeakyReLU(0.2); initial weights of N(0, 0.02^2); batch normalization per channel of maps.

>>> from tfgan.networks import infogan
>>> sizes = {"latent": 62, "code": 10, "continuous": 2}
>>> infogan.generator((28, 28, 1), sizes).count_params()
6635265
"""

import keras

from tfgan.networks import conditioning, dcgan, shapes
from tfgan.networks.normalization import Normalization, normalized_relu


def generator(shape, sizes, *, width=64, dense_width=1024, kernel_size=4, modality=None):
    """Latents and codes to images.

    Args:
      shape: (height, width, channels), sides that are multiples of 4.
      sizes: dict of int, the size of each input by name.
      width: int, filters before the output layer.
      dense_width: int, units of the first layer.
      kernel_size: int, see `dcgan.generator`.
      modality: `Modality` or its kind, for the last activation; None for images.
    Returns: keras.Model, dict of `[batch, size]` -> float32 `[batch, *shape]`.
    """
    tensors = {name: keras.Input((size,), name=name) for name, size in sizes.items()}
    x = conditioning.joined(tensors)
    x = keras.layers.Dense(dense_width, use_bias=False, kernel_initializer=dcgan.normal())(x)
    x = normalized_relu(x)
    data = dcgan.upsampled(x, shape, width=width, kernel_size=kernel_size, modality=modality)
    return keras.Model(tensors, data, name="generator")


def discriminator(shape, heads, *, width=64, dense_width=1024, head_width=128, kernel_size=4):
    """Images to logits and the parameters of Q.

    Args:
      shape: as above.
      heads: dict of int, the size of each linear output of Q by name.
      width: int, filters of the first layer.
      dense_width: int, units of the last layer that D and Q share.
      head_width: int, units of Q's own layer.
      kernel_size: int.
    Returns: keras.Model, `data` -> dict of float32: `logits` `[batch, 1]`, heads `[batch, size]`.
    """
    count = shapes.stages(shape, "infogan")
    make = Normalization("batch")
    data = keras.Input(shape, name="data")

    def dense(units, x):
        x = make.dense(units, use_bias=False, kernel_initializer=dcgan.normal())(x)
        return keras.layers.LeakyReLU(0.2)(make.after(x))

    def linear(units, x):
        return make.dense(units, kernel_initializer=dcgan.normal(), dtype="float32")(x)

    x = dense(dense_width, dcgan.features(data, make, count, width=width, kernel_size=kernel_size))
    q = dense(head_width, x)
    outputs = {"logits": linear(1, x)} | {name: linear(size, q) for name, size in heads.items()}
    return keras.Model({"data": data}, outputs, name="discriminator")
