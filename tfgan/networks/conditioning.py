"""Labels as an input of a generator and a discriminator.

Both players have the label y as an input, for one game per class: min_G max_D V(D, G | y).

Source: Mirza & Osindero 2014, https://arxiv.org/abs/1411.1784, Eq. 2 and section 3.2.
"""

import math

import keras

from tfgan import layers

_LARGEST_EMBEDDING = 128  # as in BigGAN, https://arxiv.org/abs/1809.11096


def inputs(name, shape, classes):
    """The inputs of a network by name.

    Args:
      name: str, "latent" or "data".
      shape: tuple, of one example.
      classes: int, 2 or more, the number of labels, or None for no label.
    Returns: {name: tensor `[batch, *shape]`} and, with classes, int32 "label" `[batch]`.
    """
    tensors = {name: keras.Input(shape, name=name)}
    if classes is None:
        return tensors
    if classes < 2:
        raise ValueError(f"classes must be 2 or more, or None; received {classes}.")
    return tensors | {"label": keras.Input((), dtype="int32", name="label")}


def with_vector(x, tensors, classes, constraint=None):
    """x joined with a learned vector per class; x itself without a label.

    Args:
      x: `[batch, size]`.
      tensors, classes: see `inputs`.
      constraint: Keras constraint of the vectors.
    Returns: `[batch, size + min(classes, 128)]`.
    """
    if "label" not in tensors:
        return x
    vectors = _embedding(classes, min(classes, _LARGEST_EMBEDDING), constraint)(tensors["label"])
    return keras.layers.Concatenate()([x, vectors])


def with_plane(x, tensors, classes, constraint=None):
    """Images joined with a learned plane per class as one more channel; x without a label.

    Args:
      x: `[batch, height, width, channels]`; or `[batch, length, channels]`, or videos.
      tensors, classes: see `inputs`.
      constraint: Keras constraint of the planes.
    Returns: `[batch, height, width, channels + 1]`, or alike.
    Source: Denton et al. 2015, https://arxiv.org/abs/1506.05751, section 3.
    """
    if "label" not in tensors:
        return x
    places = x.shape[1:-1]
    plane = _embedding(classes, math.prod(places), constraint)(tensors["label"])
    return keras.layers.Concatenate()([x, keras.layers.Reshape((*places, 1))(plane)])


def projection(logits, features, tensors, classes, *, spectral, initializer=None, constraint=None):
    """logits + <e(y), features>, e a learned vector per class; logits without a label.

    Args:
      logits: float32 `[batch, 1]`.
      features: `[batch, size]`, what the logits were computed from.
      tensors, classes: see `inputs`.
      spectral: bool, whether the table of vectors is spectrally normalized.
      initializer: Keras initializer of the vectors; None for "glorot_uniform".
      constraint: Keras constraint of the vectors.
    Returns: float32 `[batch, 1]`.
    Source: Miyato & Koyama 2018, https://arxiv.org/abs/1802.05637, Eq. 3.
    """
    if "label" not in tensors:
        return logits
    embedding = keras.layers.Embedding
    table = (layers.spectrally_normalized(embedding) if spectral else embedding)(
        classes,
        features.shape[-1],
        embeddings_initializer=initializer or "glorot_uniform",
        embeddings_constraint=constraint,
        dtype="float32",
    )
    score = keras.layers.Dot(axes=1, dtype="float32")([table(tensors["label"]), features])
    return keras.layers.Add(dtype="float32")([logits, score])


def joined(tensors):
    """Tensors `[batch, size]` by name as one, in their order."""
    parts = list(tensors.values())
    return keras.layers.Concatenate()(parts) if len(parts) > 1 else parts[0]


def _embedding(classes, size, constraint):
    uniform = keras.initializers.RandomUniform(-1.0, 1.0)  # the range of latents and pixels
    return keras.layers.Embedding(classes, size, uniform, embeddings_constraint=constraint)
