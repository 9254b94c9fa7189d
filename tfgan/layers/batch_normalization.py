"""Batch normalization over the global batch, fused on one device."""

import keras
import tensorflow as tf

from tfgan import replicas
from tfgan.layers import cpu_kernel_switch


@keras.saving.register_keras_serializable("tfgan")
class BatchNormalization(keras.layers.BatchNormalization):
    """Keras' layer, whose training pass over images and videos is one fused operation.

    y = gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over all axes but the
    last, and over all replicas. With several replicas, for points and in inference Keras computes
    it, with the same results; see `cpu_kernels`.

    Args:
      **kwargs: of `keras.layers.BatchNormalization`; `synchronized` is on.
    Source: Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167, Algorithm 1.
    """

    def __init__(self, **kwargs):
        super().__init__(**{"synchronized": True, **kwargs})

    def call(self, inputs, training=None, mask=None):
        is_picture = inputs.shape.rank in (4, 5) and mask is None
        is_fused = training and self.trainable and is_picture and replicas.count() == 1
        if not (is_fused and cpu_kernel_switch.enabled()):
            return super().call(inputs, training=training, mask=mask)
        outputs, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
            x=tf.reshape(inputs, (-1, *inputs.shape[-3:])),  # the frames of a video as images
            scale=self._per_channel(self.gamma, tf.ones, inputs),
            offset=self._per_channel(self.beta, tf.zeros, inputs),
            mean=tf.constant([], tf.float32),
            variance=tf.constant([], tf.float32),
            epsilon=self.epsilon,
            is_training=True,
        )
        # The variance has the divisor count - 1, that of Keras and of the normalization count.
        count = tf.cast(tf.reduce_prod(tf.shape(inputs)[:-1]), tf.float32)
        self._move(self.moving_mean, mean)
        self._move(self.moving_variance, variance * (count - 1.0) / count)
        return tf.reshape(outputs, tf.shape(inputs))

    def _per_channel(self, weight, constant, inputs):
        return constant(inputs.shape[-1]) if weight is None else tf.cast(weight, tf.float32)

    def _move(self, moving, value):
        moving.assign(moving * self.momentum + value * (1.0 - self.momentum))
