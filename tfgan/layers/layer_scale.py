"""A learned factor per channel of a residual branch.

>>> import numpy as np
>>> from tfgan import layers
>>> layers.LayerScale(0.5)(np.ones((1, 2))).numpy().tolist()
[[0.5, 0.5]]
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class LayerScale(keras.layers.Layer):
    """gamma x with one learned number per channel, the last axis.

    Args:
      initial: float, all of gamma at first.
    Source: Touvron et al. 2021, https://arxiv.org/abs/2103.17239, section 2.
    """

    def __init__(self, initial=0.1, **kwargs):
        super().__init__(**kwargs)
        self.initial = initial

    def build(self, input_shape):
        constant = keras.initializers.Constant(self.initial)
        self.scale = self.add_weight(name="scale", shape=input_shape[-1:], initializer=constant)

    def call(self, inputs):
        return inputs * ops.cast(self.scale, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "initial": self.initial}
