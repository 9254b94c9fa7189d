"""Batch normalization whose gain and bias depend on the label of each example.

>>> import numpy as np
>>> from tfgan import layers
>>> layer = layers.ConditionalBatchNormalization(classes=10)
>>> layer(np.ones((4, 8, 8, 3)), np.int32([0, 1, 2, 9])).shape
TensorShape([4, 8, 8, 3])
"""

import keras
from keras import ops

from tfgan.layers.batch_normalization import BatchNormalization


@keras.saving.register_keras_serializable("tfgan")
class ConditionalBatchNormalization(BatchNormalization):
    """y = gain_c (x - mean) / sqrt(variance + epsilon) + bias_c for an example of class c.

    Mean and variance are those of all examples, of all classes and over all replicas; the moving
    ones, of inference, are those of the mix of classes in training. Only gain and bias have a row
    per class, of ones and zeros at first. Called with (inputs, label), int32 `[batch]`.

    Args:
      classes: int, 2 or more, the number of labels.
      epsilon: float.
      **kwargs: of `layers.BatchNormalization`; `gamma_*` and `beta_*` are of gain and bias.
    Raises: ValueError for another number of classes.
    Source: Dumoulin et al. 2017, https://arxiv.org/abs/1610.07629, with the statistics of a
      batch as in Miyato & Koyama 2018, https://arxiv.org/abs/1802.05637.
    """

    def __init__(self, classes, *, epsilon=2e-5, **kwargs):
        if classes < 2:
            raise ValueError(f"classes must be 2 or more; received {classes}.")
        super().__init__(epsilon=epsilon, **{**kwargs, "center": False, "scale": False})
        self.classes = classes

    def build(self, inputs_shape, label_shape):
        super().build(inputs_shape)
        self.gain, self.bias = (
            self.add_weight(
                name=name,
                shape=(self.classes, inputs_shape[-1]),
                initializer=getattr(self, f"{kind}_initializer"),
                regularizer=getattr(self, f"{kind}_regularizer"),
                constraint=getattr(self, f"{kind}_constraint"),
            )
            for name, kind in (("gain", "gamma"), ("bias", "beta"))
        )

    def call(self, inputs, label, training=None):
        normalized = super().call(inputs, training=training)
        rows = (-1, *(1 for _ in inputs.shape[1:-1]), inputs.shape[-1])
        gain, bias = (
            ops.cast(ops.reshape(ops.take(table, label, axis=0), rows), normalized.dtype)
            for table in (self.gain, self.bias)
        )
        return normalized * gain + bias

    def compute_output_shape(self, inputs_shape, label_shape):
        return inputs_shape

    def get_config(self):
        config = {**super().get_config(), "classes": self.classes}
        return {key: value for key, value in config.items() if key not in ("center", "scale")}
