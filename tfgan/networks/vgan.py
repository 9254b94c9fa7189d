"""Video GAN: a moving foreground in front of a static background.

    G(z) = m(z) f(z) + (1 - m(z)) b(z)

f is a video and m its mask in [0, 1]; both come from one stack of fractionally-strided convolutions
over time, height and width. b is one image, from a stack over height and width. The discriminator
mirrors the first stack. As in `dcgan`, the finest layer has `width` filters and each coarser one
twice as many; the number of frames is halved with the sides while it is even.

Source: Vondrick et al. 2016, https://arxiv.org/abs/1609.02612, section 3.
Differs: no sparsity penalty on the mask.

>>> from tfgan.networks import vgan
>>> vgan.generator((4, 8, 8, 1), latent_dim=5, width=2).output_shape
(None, 4, 8, 8, 1)
"""

import keras

from tfgan import layers
from tfgan.networks import shapes
from tfgan.networks.normalization import batch_normalization, normalized_relu


def generator(shape, latent_dim, *, width=32):
    """Latents to videos.

    Args:
      shape: (frames, height, width, channels), sides that are multiples of 4.
      latent_dim: int, size of a latent; 100 in the paper.
      width: int, filters before the output layer; 64 in the paper.
    Returns: keras.Model, {"latent"} -> float32 `[batch, *shape]` in [-1, 1].
    """
    strides = _time_strides(shape)
    latent = keras.Input((latent_dim,), name="latent")
    moving = _stack(latent, shape, width, strides)
    video = _upwards(shape[-1], strides[0])(moving)
    foreground = keras.layers.Activation("tanh", dtype="float32")(video)
    mask = keras.layers.Activation("sigmoid", dtype="float32")(_upwards(1, strides[0])(moving))
    static = _stack(latent, (1, *shape[1:]), width, [1] * len(strides))
    background = keras.layers.Activation("tanh", dtype="float32")(_upwards(shape[-1], 1)(static))
    difference = keras.layers.Subtract(dtype="float32")([foreground, background])
    masked = keras.layers.Multiply(dtype="float32")([mask, difference])
    video = keras.layers.Add(dtype="float32")([background, masked])
    return keras.Model({"latent": latent}, video, name="generator")


def discriminator(shape, *, width=32):
    """Videos to logits by strided convolutions, batch normalization and LeakyReLU(0.2).

    Args:
      shape: (frames, height, width, channels), sides that are multiples of 4.
      width: int, filters of the first layer.
    Returns: keras.Model, {"data"} -> float32 logits `[batch, 1]`.
    """
    x = data = keras.Input(shape, name="data")
    for stage, stride in enumerate(_time_strides(shape)):
        options = {"use_bias": stage == 0, "kernel_initializer": _normal()}
        x = layers.Conv3D(width << stage, **_window(stride), **options)(x)
        x = keras.layers.LeakyReLU(0.2)(batch_normalization()(x) if stage else x)
    x = keras.layers.Flatten()(x)
    logits = keras.layers.Dense(1, kernel_initializer=_normal(), dtype="float32")(x)
    return keras.Model({"data": data}, logits, name="discriminator")


def _stack(latent, shape, width, strides):
    """Latents to `width` channels of half the size: `[batch, frames, height, width, channels]`."""
    last = len(strides) - 1
    frames = shape[0] // shapes.size(strides)
    coarsest = (frames, *shapes.coarsest(shape[1:], len(strides)), width << last)
    units = shapes.size(coarsest)
    x = keras.layers.Dense(units, use_bias=False, kernel_initializer=_normal())(latent)
    x = normalized_relu(keras.layers.Reshape(coarsest)(x))
    for stage in reversed(range(last)):
        x = normalized_relu(_upwards(width << stage, strides[stage + 1], use_bias=False)(x))
    return x


def _time_strides(shape):
    """The factor by which each stage reduces the frames, 1 or 2, finest first: list of int."""
    shapes.check(shape, "vgan")
    if len(shape) != 4:
        raise ValueError(
            f"vgan makes videos of shape (frames, height, width, channels); received shape {shape}."
        )
    frames, strides = shape[0], []
    for _ in range(shapes.stages(shape[1:], "vgan")):
        strides.append(2 if frames % 2 == 0 else 1)
        frames //= strides[-1]
    return strides


def _window(stride):
    """Kernel and strides of a convolution over (frames, height, width)."""
    time = 4 if stride == 2 else 1
    return {"kernel_size": (time, 4, 4), "strides": (stride, 2, 2), "padding": "same"}


def _upwards(filters, stride, **kwargs):
    kwargs |= _window(stride)
    return layers.Conv3DTranspose(filters, kernel_initializer=_normal(), **kwargs)


def _normal():
    return keras.initializers.RandomNormal(stddev=0.02)
