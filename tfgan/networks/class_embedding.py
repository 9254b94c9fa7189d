"""One embedding of the label, shared by the layers of a generator that depend on it.

>>> from tfgan.networks import class_embedding, conditioning
>>> from tfgan.networks.normalization import Normalization
>>> tensors = conditioning.inputs("latent", (6,), classes=10)
>>> embedded = class_embedding.table(tensors, classes=10, size=4)
>>> condition = class_embedding.with_embedding(tensors["latent"], embedded)
>>> condition.shape
(None, 10)
>>> make = class_embedding.EmbeddedNormalization(Normalization("spectral"))
>>> make.after(keras.Input((8, 8, 3)), condition).shape
(None, 8, 8, 3)
"""

import dataclasses
from typing import Any

import keras

from tfgan import layers
from tfgan.networks.normalization import MOMENTUM, Normalization, batch_normalization


def table(tensors, classes, size, initializer="orthogonal"):
    """The embedding of the label: float32 `[batch, size]`, or None without a label.

    Args:
      tensors, classes: see `conditioning.inputs`.
      size: int.
      initializer: Keras initializer of the table `[classes, size]`.
    """
    if "label" not in tensors:
        return None
    embedding = keras.layers.Embedding(classes, size, initializer, name="class_embedding")
    return embedding(tensors["label"])


def with_embedding(x, embedded):
    """`[batch, n]` joined with an embedding; one of both may be None, and both are None alone."""
    parts = [each for each in (x, embedded) if each is not None]
    return keras.layers.Concatenate()(parts) if len(parts) > 1 else next(iter(parts), None)


@dataclasses.dataclass(frozen=True)
class EmbeddedNormalization:
    """Makes the layers of a generator whose normalization depends on a vector per example.

    gain = 1 + W_g c and bias = W_b c for the vector c of an embedding and a latent.

    Args:
      make: `Normalization` of the kernels, W_g and W_b included.
    Source: Brock et al. 2019, https://arxiv.org/abs/1809.11096, appendix B.1.
    """

    make: Normalization

    @property
    def initializer(self):
        return self.make.initializer

    def convolution(self, *args, **kwargs) -> Any:
        """A Conv2D."""
        return self.make.convolution(*args, **kwargs)

    def dense(self, units, **kwargs) -> Any:
        """A Dense layer."""
        return self.make.dense(units, **kwargs)

    def after(self, x, condition=None):
        """The normalized output of a layer; with a condition `[batch, n]`, by that."""
        if condition is None:
            return batch_normalization(epsilon=1e-5)(x)
        channels = x.shape[-1]
        change, bias = (self.dense(channels, use_bias=False)(condition) for _ in range(2))
        norm = layers.ModulatedBatchNormalization(momentum=MOMENTUM)
        return norm(x, change + 1.0, bias)
