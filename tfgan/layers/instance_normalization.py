"""Normalization of each feature map of each example."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("tfgan")
class InstanceNormalization(keras.layers.GroupNormalization):
    """Every channel of every example with a mean of 0 and a variance of 1 over its positions.

    y = (x - mean) / sqrt(variance + epsilon), mean and variance over all axes but the first and the
    last, in float32. The layer has no running statistics: it computes the same in training and in
    sampling, and an example does not depend on its batch. A map of one position becomes 0.

    It is `keras.layers.GroupNormalization` with as many groups as channels, up to rounding.

    Args:
      affine: bool, whether a learned gain and bias per channel follow.
      **kwargs: of `keras.layers.GroupNormalization`; `epsilon` is 1e-5.
    Source: Ulyanov et al. 2016, https://arxiv.org/abs/1607.08022, Eq. 2.
    """

    def __init__(self, affine=False, **kwargs):
        defaults = {"groups": -1, "epsilon": 1e-5, "center": affine, "scale": affine}
        super().__init__(**defaults | kwargs)

    def call(self, inputs):
        x = ops.cast(inputs, "float32")
        places = tuple(range(1, len(x.shape) - 1))
        centered = x - ops.mean(x, places, keepdims=True)
        variance = ops.mean(ops.square(centered), places, keepdims=True)
        outputs = centered * ops.rsqrt(variance + self.epsilon)
        if self.scale:
            outputs *= self.gamma
        if self.center:
            outputs += self.beta
        return ops.cast(outputs, self.compute_dtype)
