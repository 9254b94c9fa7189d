"""Maxout, the hidden layers of the first GAN's discriminator."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class Maxout(keras.layers.Layer):
    """A dense layer whose units are the largest of several linear functions.

    h_i = max_j x^T W[:, i, j] + b[i, j], i < units, j < pieces.

    Args:
      units: int, 1 or more, outputs per example.
      pieces: int, 1 or more, linear functions per output.
      kernel_initializer: Keras initializer of W, a variable `[inputs, units * pieces]`.
      kernel_constraint: Keras constraint of W.
      bias_constraint: Keras constraint of b.
    Source: Goodfellow et al. 2013, https://arxiv.org/abs/1302.4389, section 3.
    """

    def __init__(
        self,
        units,
        pieces,
        kernel_initializer="glorot_uniform",
        kernel_constraint=None,
        bias_constraint=None,
        **kwargs,
    ):
        if units < 1 or pieces < 1:
            raise ValueError(f"units and pieces must be 1 or more; received {units} and {pieces}.")
        super().__init__(**kwargs)
        self.units = units
        self.pieces = pieces
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.kernel_constraint = keras.constraints.get(kernel_constraint)
        self.bias_constraint = keras.constraints.get(bias_constraint)

    def build(self, input_shape):
        columns = self.units * self.pieces
        self.kernel = self.add_weight(
            name="kernel",
            shape=(input_shape[-1], columns),
            initializer=self.kernel_initializer,
            constraint=self.kernel_constraint,
        )
        self.bias = self.add_weight(
            name="bias", shape=(columns,), initializer="zeros", constraint=self.bias_constraint
        )

    def call(self, inputs):
        linear = ops.matmul(inputs, self.kernel) + self.bias
        return ops.max(ops.reshape(linear, (-1, self.units, self.pieces)), axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "pieces": self.pieces,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "kernel_constraint": keras.constraints.serialize(self.kernel_constraint),
            "bias_constraint": keras.constraints.serialize(self.bias_constraint),
        }
