"""Pooling that Keras lacks."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class GlobalSumPooling2D(keras.layers.Layer):
    """The sum over all positions: `[batch, height, width, channels]` -> `[batch, channels]`.

    Source: Miyato et al. 2018, https://arxiv.org/abs/1802.05957, Table 4.
    """

    def call(self, inputs):
        return ops.sum(inputs, axis=(1, 2))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[3])
