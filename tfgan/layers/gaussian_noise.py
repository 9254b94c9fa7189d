"""Gaussian noise with stateless numbers."""

import keras
from keras import ops

from tfgan import rng


@keras.saving.register_keras_serializable(package="tfgan")
class GaussianNoise(keras.layers.Layer):
    """Adds noise in training: y = x + deviation n, n ~ N(0, I).

    The draws depend on `rng.layer_seed` and this layer's name, which must be given, see `Dropout`.

    Args:
      deviation: float, 0 or more.
    """

    def __init__(self, deviation, **kwargs):
        if not deviation >= 0.0:
            raise ValueError(f"deviation must be 0 or more; received {deviation}.")
        super().__init__(**kwargs)
        self.deviation = deviation

    def call(self, inputs, training=False):
        if not training or self.deviation == 0.0:
            return inputs
        shape = ops.shape(inputs)
        noise = rng.normal(rng.layer_seed(self.name), shape[0], shape[1:])
        return inputs + ops.cast(self.deviation * noise, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "deviation": self.deviation}
