"""Dropout with stateless numbers."""

import keras
from keras import ops

from tfgan import rng


@keras.saving.register_keras_serializable(package="tfgan")
class Dropout(keras.layers.Layer):
    """Sets a fraction of the numbers to zero in training and scales up the rest.

    y = x m / (1 - rate), m ~ Bernoulli(1 - rate) per number.

    The draws depend on `rng.layer_seed` and this layer's name: training calls need an
    `rng.layer_seeds` block, and the layer a name, since Keras' automatic ones differ by process.

    Args:
      rate: float in [0, 1), the fraction of zeros.
    Source: Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html.
    Differs: scales in training, where the paper scales the weights in testing. With Keras' own
      layer replicas share a mask, and a resumed run has another one.
    """

    def __init__(self, rate, **kwargs):
        if not 0.0 <= rate < 1.0:
            raise ValueError(f"rate must be in [0, 1); received {rate}.")
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training or self.rate == 0.0:
            return inputs
        shape = ops.shape(inputs)
        noise = rng.uniform(rng.layer_seed(self.name), shape[0], shape[1:])
        return ops.where(noise < self.rate, ops.zeros_like(inputs), inputs / (1.0 - self.rate))

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "rate": self.rate}
