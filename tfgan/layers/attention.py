"""Attention: every place of an example receives a weighted mean over places.

>>> import numpy as np
>>> from tfgan import layers
>>> queries, keys, values = np.ones((2, 9, 4)), np.ones((2, 5, 4)), np.ones((2, 5, 3))
>>> layers.DotProductAttention()([queries, keys, values]).shape
TensorShape([2, 9, 3])
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class DotProductAttention(keras.layers.Layer):
    """softmax over the places of (scale q k^T) times v; the softmax is of float32.

    Called with [queries `[..., n, d]`, keys `[..., m, d]`, values `[..., m, e]`] it returns
    `[..., n, e]`; leading axes are of examples, and of heads.

    Args:
      scale: float, the factor of the scores: 1 in self-attention GANs, 1 / sqrt(d) in transformers.
    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, Eq. 1.
    """

    def __init__(self, scale=1.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, inputs):
        queries, keys, values = inputs
        scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
        weights = ops.softmax(self.scale * ops.cast(scores, "float32"), axis=-1)
        return ops.matmul(ops.cast(weights, values.dtype), values)

    def compute_output_shape(self, input_shape):
        queries, _, values = input_shape
        return (*queries[:-1], values[-1])

    def get_config(self):
        return {**super().get_config(), "scale": self.scale}


@keras.saving.register_keras_serializable(package="tfgan")
class ScaledResidual(keras.layers.Layer):
    """x + gamma r for [x, r] of one shape; gamma is a learned number, 0 at first.

    A new branch of a network therefore changes nothing, and its other weights have no gradient
    until gamma has moved.

    Source: Zhang et al. 2018, https://arxiv.org/abs/1805.08318, Eq. 3.
    """

    def build(self, input_shape):
        self.gamma = self.add_weight(name="gamma", shape=(), initializer="zeros")

    def call(self, inputs):
        x, residual = inputs
        return x + ops.cast(self.gamma, x.dtype) * residual

    def compute_output_shape(self, input_shape):
        return input_shape[0]
