"""Dense networks, for points, images, and data of every other shape.

The defaults suit two-dimensional toy data. The networks of the first GAN are

  generator((28, 28, 1), 100, widths=(1200, 1200))
  discriminator((28, 28, 1), widths=(240, 240), pieces=5, input_dropout=0.2, hidden_dropout=0.5)

Source: Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661, section 5 and the code it names.
Differs: images are in [-1, 1] and the last activation is tanh, where the first GAN had [0, 1] and a
sigmoid; dropout does not rescale the kernels.

>>> from tfgan.networks import mlp
>>> mlp.generator((2,), latent_dim=4, widths=(16,)).count_params()
114
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import conditioning, shapes
from tfgan.networks.normalization import Normalization


def generator(
    shape,
    latent_dim,
    *,
    classes=None,
    widths=(128, 128, 128),
    activation="relu",
    modality=None,
    output_activation=None,
    kernel_initializer="glorot_uniform",
):
    """Latents to data by dense layers.

    Args:
      shape: tuple, of one example, such as (size,) or (height, width, channels).
      latent_dim: int, size of a latent.
      classes: int, the number of labels, or None; see `conditioning.with_vector`.
      widths: sequence of int, units of each hidden layer.
      activation: Keras activation of the hidden layers.
      modality: `Modality` or its kind, for the last activation; None for that of the shape.
      output_activation: Keras activation instead of that of the modality.
      kernel_initializer: Keras initializer of every kernel.
    Returns: keras.Model, {"latent", "label"} -> float32 `[batch, *shape]`.
    Raises: ValueError for a shape that does not imply a modality, without one.
    """
    shapes.check(shape, "mlp")
    tensors = conditioning.inputs("latent", (latent_dim,), classes)
    x = conditioning.with_vector(tensors["latent"], tensors, classes)
    for units in widths:
        x = keras.layers.Dense(units, kernel_initializer=_fresh(kernel_initializer))(x)
        x = keras.layers.Activation(activation)(x)
    x = keras.layers.Dense(shapes.size(shape), kernel_initializer=_fresh(kernel_initializer))(x)
    x = keras.layers.Reshape(shape)(x)
    last = output_activation or modalities.resolve(modality, shape).output_activation
    return keras.Model(tensors, keras.layers.Activation(last, dtype="float32")(x), name="generator")


def discriminator(
    shape,
    *,
    classes=None,
    widths=(128, 128, 128),
    activation="leaky_relu",
    pieces=None,
    input_dropout=0.0,
    hidden_dropout=0.0,
    packing=1,
    minibatch_features=0,
    normalization=None,
    kernel_initializer="glorot_uniform",
    kernel_constraint=None,
):
    """Data to logits by dense layers.

    Args:
      shape: tuple, of one example, such as (size,) or (height, width, channels).
      classes: int, the number of labels, or None; see `conditioning.with_vector`.
      widths: sequence of int, units of each hidden layer.
      activation: Keras activation of the hidden layers; "leaky_relu" has the slope 0.2.
      pieces: int, pieces of maxout layers instead of dense layers and `activation`; or None.
      input_dropout: float in [0, 1), dropped fraction of the data.
      hidden_dropout: float in [0, 1), dropped fraction of each hidden layer.
      packing: int m, consecutive examples that have one logit together: logits are
        `[batch / m, 1]`. Source: Lin et al. 2018 (PacGAN), https://arxiv.org/abs/1712.04086.
      minibatch_features: int, kernels of `layers.MinibatchDiscrimination` behind the last hidden
        layer; 0 for none.
      normalization: "spectral" or None.
      kernel_initializer: Keras initializer of every kernel.
      kernel_constraint: Keras constraint of every trainable weight, as in WGAN.
    Returns: keras.Model, {"data", "label"} -> float32 logits `[batch, 1]`.
    """
    shapes.check(shape, "mlp")
    make = Normalization(normalization, kernel_constraint, kinds=("spectral", None))
    if pieces is not None and make.spectral:
        raise ValueError('pieces (maxout) and normalization="spectral" exclude each other.')
    tensors = conditioning.inputs("data", shape, classes)
    x = keras.layers.Flatten()(tensors["data"])
    x = conditioning.with_vector(x, tensors, classes, kernel_constraint)
    x = layers.Pack(packing)(x) if packing > 1 else x
    x = _dropout(x, input_dropout, "dropout_input")
    for index, units in enumerate(widths):
        if pieces is None:
            x = make.dense(units, kernel_initializer=_fresh(kernel_initializer))(x)
            x = keras.layers.Activation(activation)(x)
        else:
            initializer = _fresh(kernel_initializer)
            x = layers.Maxout(units, pieces, initializer, kernel_constraint, kernel_constraint)(x)
        x = _dropout(x, hidden_dropout, f"dropout_{index}")
    if minibatch_features:
        initializer = _fresh(kernel_initializer)
        x = layers.MinibatchDiscrimination(minibatch_features, kernel_initializer=initializer)(x)
    logits = make.dense(1, kernel_initializer=_fresh(kernel_initializer), dtype="float32")(x)
    return keras.Model(tensors, logits, name="discriminator")


def _fresh(initializer):
    """A copy with its own draw: one initializer gives all kernels of a shape the same values."""
    initializer = keras.initializers.get(initializer)
    return initializer.clone() if isinstance(initializer, keras.Initializer) else initializer


def _dropout(x, rate, name):
    # Noise depends on the name, and Keras' automatic names differ from process to process.
    return layers.Dropout(rate, name=name)(x) if rate else x
