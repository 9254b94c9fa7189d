"""Learned vectors of the places of a sequence.

>>> import numpy as np
>>> from tfgan import layers
>>> layers.PlaceEmbedding()(np.ones((2, 9, 4))).shape
TensorShape([2, 9, 4])
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class PlaceEmbedding(keras.layers.Layer):
    """Adds a learned vector per place: `[batch, n, d]` -> the same shape, N(0, 0.02) at first.

    Source: Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929, Eq. 1.
    """

    def build(self, input_shape):
        normal = keras.initializers.RandomNormal(stddev=0.02)
        shape = tuple(input_shape[1:])
        self.embeddings = self.add_weight(name="embeddings", shape=shape, initializer=normal)

    def call(self, inputs):
        return inputs + ops.cast(self.embeddings, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape
