"""The constant input of a synthesis network.

>>> from tfgan import layers
>>> layers.LearnedConstant((4, 4, 8))(ops.zeros((2, 5))).shape
TensorShape([2, 4, 4, 8])
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable("tfgan")
class LearnedConstant(keras.layers.Layer):
    """The same learned tensor for every example, initially N(0, 1); the input gives their number.

    Args:
      shape: tuple of int.
    Source: Karras et al. 2019, https://arxiv.org/abs/1812.04948, section 2.
    """

    def __init__(self, shape, **kwargs):
        super().__init__(**kwargs)
        self.shape = tuple(shape)

    def build(self, input_shape):
        normal = keras.initializers.RandomNormal(stddev=1.0)
        self.constant = self.add_weight(name="constant", shape=self.shape, initializer=normal)

    def call(self, inputs):
        return ops.broadcast_to(self.constant, (ops.shape(inputs)[0], *self.shape))

    def compute_output_shape(self, input_shape):
        return input_shape[0], *self.shape

    def get_config(self):
        return {**super().get_config(), "shape": self.shape}
