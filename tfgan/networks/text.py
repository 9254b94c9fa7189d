"""Residual one-dimensional convolutions on texts, with a distribution over symbols per position.

No symbol is sampled in training: the generator learns nearly one-hot distributions.

Source: Gulrajani et al. 2017, https://arxiv.org/abs/1704.00028, section 5.5 and their code.
Differs: a block ends without a bias, which in the critic's last block would have no gradient.

>>> from tfgan.networks import text
>>> text.generator((32, 20), latent_dim=5, width=4, depth=1).output_shape
(None, 32, 20)
"""

import keras

from tfgan.networks import shapes

_KERNEL = 5
_RESIDUAL_WEIGHT = 0.3


def generator(shape, latent_dim, *, width=64, depth=2):
    """Latents to texts.

    Args:
      shape: (t, symbols).
      latent_dim: int, size of a latent.
      width: int, channels; 512 in the paper.
      depth: int, residual blocks; 5 in the paper.
    Returns: keras.Model, {"latent"} -> float32 `[batch, t, symbols]`, positive and normalized
      over the symbols.
    """
    length, symbols = _checked(shape)
    latent = keras.Input((latent_dim,), name="latent")
    x = keras.layers.Dense(length * width)(latent)
    x = keras.layers.Reshape((length, width))(x)
    for _ in range(depth):
        x = _block(x, width)
    x = keras.layers.Conv1D(symbols, 1)(x)
    distributions = keras.layers.Softmax(dtype="float32")(x)
    return keras.Model({"latent": latent}, distributions, name="generator")


def discriminator(shape, *, width=64, depth=2):
    """Texts to logits.

    Args:
      shape: (t, symbols).
      width: int, channels.
      depth: int, residual blocks.
    Returns: keras.Model, {"data"} -> float32 logits `[batch, 1]`.
    """
    shape = _checked(shape)
    data = keras.Input(shape, name="data")
    x = keras.layers.Conv1D(width, 1)(data)
    for _ in range(depth):
        x = _block(x, width)
    logits = keras.layers.Dense(1, dtype="float32")(keras.layers.Flatten()(x))
    return keras.Model({"data": data}, logits, name="discriminator")


def _block(x, width):
    """x + 0.3 conv(relu(conv(relu(x))))."""
    y = x
    for use_bias in (True, False):
        y = keras.layers.ReLU()(y)
        options = {"use_bias": use_bias, "kernel_initializer": "he_normal"}
        y = keras.layers.Conv1D(width, _KERNEL, padding="same", **options)(y)
    return keras.layers.Add()([x, keras.layers.Rescaling(_RESIDUAL_WEIGHT)(y)])


def _checked(shape):
    shapes.check(shape, "text")
    if len(shape) != 2:
        raise ValueError(f"text makes texts of shape (t, symbols); received shape {shape}.")
    return shape
