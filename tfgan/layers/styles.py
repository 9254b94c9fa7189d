"""The styles of a generator: one vector w per example, given to every layer of the synthesis.

Symbols: z a latent, w = f(z) its style by the mapping network, L the number of layers.

>>> from tfgan import layers
>>> styles = layers.Styles(3)([ops.ones((2, 4)), ops.array([[1.0], [0.5]])])
>>> styles.numpy()[:, :, 0].tolist()  # the running mean of w is 0 at first
[[1.0, 1.0, 1.0], [0.5, 0.5, 0.5]]
"""

import keras
import tensorflow as tf
from keras import ops

from tfgan import rng


@keras.saving.register_keras_serializable("tfgan")
class UnitSquares(keras.layers.Layer):
    """x / sqrt(mean(x^2) + 1e-8): vectors whose numbers have a mean square of 1.

    Source: Karras et al. 2018, https://arxiv.org/abs/1710.10196, section 4.2, for vectors.
    """

    def call(self, inputs):
        return inputs * ops.rsqrt(ops.mean(ops.square(inputs), axis=-1, keepdims=True) + 1e-8)

    def compute_output_shape(self, input_shape):
        return input_shape


@keras.saving.register_keras_serializable("tfgan")
class SecondLatent(keras.layers.Layer):
    """In training other latents of N(0, I) of the same shape, otherwise the latents themselves.

    Training calls need an `rng.layer_seeds` block, and the layer a name, since Keras' automatic
    ones differ by process.
    """

    def call(self, inputs, training=False):
        if not training:
            return inputs
        draws = rng.normal(rng.layer_seed(self.name), rng.count(inputs), tuple(inputs.shape[1:]))
        return ops.cast(draws, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape


@keras.saving.register_keras_serializable("tfgan")
class Styles(keras.layers.Layer):
    """w of every layer: `Styles(L)([w, psi])`, or `Styles(L, mixing=.9)([w, psi, second])`.

    Truncation: w <- mean + psi (w - mean) in the layers below `cutoff`, with the running mean of w.
    It moves in every pass in training: mean <- decay mean + (1 - decay) mean of the global batch.
    Style mixing: in training, with the probability `mixing`, the layers from a random one on have
    the second style, in all examples of the batch. Such calls need an `rng.layer_seeds` block and a
    name, see `SecondLatent`.

    Args:
      count: int L, layers.
      mixing: float from 0 to 1; 0 needs no second style.
      cutoff: int, the layers that are truncated, from the coarsest; None for all.
      decay: float from 0 to 1.
    Inputs:
      w, second: floats `[n, d]`.
      psi: floats `[n, 1]`, 1 for no truncation, 0 for the mean.
    Returns: floats `[n, L, d]`.
    Source: Karras et al. 2019, https://arxiv.org/abs/1812.04948, section 3.1, appendix B.
    """

    def __init__(self, count, mixing=0.0, cutoff=None, decay=0.995, **kwargs):
        if count < 1:
            raise ValueError(f"count must be 1 or more; received {count}.")
        if not 0.0 <= mixing <= 1.0:
            raise ValueError(f"mixing must be from 0 to 1; received {mixing}.")
        super().__init__(**kwargs)
        self.count = count
        self.mixing = mixing
        self.cutoff = cutoff
        self.decay = decay

    def build(self, input_shape):
        self.mean = self.add_weight(
            name="mean",
            shape=(input_shape[0][-1],),
            initializer="zeros",
            trainable=False,
            aggregation="mean",
        )

    def call(self, inputs, training=False):
        w, psi, *second = inputs
        if training:
            batch = ops.cast(ops.mean(w, axis=0), self.mean.dtype)
            self.mean.assign(self.decay * self.mean + (1.0 - self.decay) * batch)
        styles = self._truncated(w, psi)
        if not (training and second):
            return styles
        is_first = ops.arange(self.count) < self._crossover()
        return ops.where(is_first[:, None], styles, self._truncated(second[0], psi))

    def _truncated(self, w, psi):
        layers = ops.arange(self.count)[:, None]
        psi = ops.where(layers < self._last_cut, psi[:, None, :], ops.ones_like(psi)[:, None, :])
        mean = ops.cast(self.mean, w.dtype)
        return psi * w[:, None, :] + (1.0 - psi) * mean

    @property
    def _last_cut(self):
        return self.count if self.cutoff is None else self.cutoff

    def _crossover(self):
        """The first layer of the second style: int32 scalar, L for none."""
        draws = rng.shared_uniform(rng.layer_seed(self.name), (2,))
        layer = 1 + tf.cast(draws[1] * (self.count - 1), tf.int32)
        return tf.where(draws[0] < self.mixing, layer, self.count)

    def compute_output_shape(self, input_shape):
        count, size = input_shape[0]
        return count, self.count, size

    def get_config(self):
        sizes = {"count": self.count, "mixing": self.mixing}
        return {**super().get_config(), **sizes, "cutoff": self.cutoff, "decay": self.decay}
