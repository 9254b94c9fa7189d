"""The log-odds of K classes together against one more."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="tfgan")
class LogSumExp(keras.layers.Layer):
    """log sum_k exp(l_k): `[batch, classes]` -> `[batch, 1]`.

    With the logits l_k of K classes and the logit 0 of one more, sigma of it is the probability of
    the K classes together: Z / (Z + 1) for Z = sum_k exp(l_k).

    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 5.
    """

    def call(self, inputs):
        return ops.logsumexp(inputs, axis=1, keepdims=True)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 1)
