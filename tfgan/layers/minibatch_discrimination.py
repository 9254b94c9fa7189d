"""Minibatch discrimination: how near an example is to the others of its batch, as features.

>>> import numpy as np
>>> from tfgan import layers
>>> layer = layers.MinibatchDiscrimination(2, dimensions=1)
>>> layer(np.zeros((3, 4)))[:, 4:].numpy().tolist()  # two others, at distance 0
[[2.0, 2.0], [2.0, 2.0], [2.0, 2.0]]
"""

import keras
from keras import ops

from tfgan import replicas


@keras.saving.register_keras_serializable(package="tfgan")
class MinibatchDiscrimination(keras.layers.Layer):
    """Adds to each example its nearness to the others of the global batch, per kernel.

    M_i = f(x_i) T, o(x_i)_b = sum over j != i of exp(-||M_i,b - M_j,b||_1), b the kernel. The batch
    is that of one call: all real, or all fake. Its cost grows with the square of the batch.

    Args:
      features: int, 1 or more, the kernels; the layer adds so many features.
      dimensions: int, 1 or more, numbers that a kernel compares.
      kernel_initializer: Keras initializer of T.
    Raises: ValueError in a microbatch, which lacks the other examples.
    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.2.
    Differs: without j = i, which adds 1 to each feature.
    """

    def __init__(self, features, dimensions=5, kernel_initializer="glorot_uniform", **kwargs):
        for name, value in (("features", features), ("dimensions", dimensions)):
            if value < 1:
                raise ValueError(f"{name} must be 1 or more; received {value}.")
        super().__init__(**kwargs)
        self.features = features
        self.dimensions = dimensions
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        shape = (input_shape[-1], self.features * self.dimensions)
        self.kernel = self.add_weight(
            name="kernel", shape=shape, initializer=self.kernel_initializer
        )

    def call(self, inputs):
        if replicas.in_microbatch():
            raise ValueError(
                f"The layer {self.name} compares the examples of the whole batch, which "
                "microbatches do not give: use microbatches=1."
            )
        matrix = ops.cast(ops.matmul(inputs, ops.cast(self.kernel, inputs.dtype)), "float32")
        own = ops.reshape(matrix, (-1, self.features, self.dimensions))
        distances = ops.sum(ops.abs(own[:, None] - replicas.gather(own)[None]), axis=-1)
        nearness = ops.sum(ops.exp(-distances), axis=1) - 1.0  # without the example itself
        return ops.concatenate([inputs, ops.cast(nearness, inputs.dtype)], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] + self.features)

    def get_config(self):
        return {
            **super().get_config(),
            "features": self.features,
            "dimensions": self.dimensions,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }
