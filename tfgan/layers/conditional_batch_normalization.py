"""Batch normalization whose gain and bias are those of each example, or of its label.

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
class ModulatedBatchNormalization(BatchNormalization):
    """y = gain (x - mean) / sqrt(variance + epsilon) + bias with gain and bias per example.

    Called with (inputs, gain, bias), the latter two `[batch, channels]`, computed by other layers
    from a label or a latent. Mean and variance are those of all examples, over all replicas.

    Args:
      epsilon: float.
      **kwargs: of `layers.BatchNormalization`, without gain and bias.
    Source: Brock et al. 2019, https://arxiv.org/abs/1809.11096, appendix B.1.
    """

    def __init__(self, *, epsilon=1e-5, **kwargs):
        super().__init__(epsilon=epsilon, **{**kwargs, "center": False, "scale": False})

    def build(self, inputs_shape, gain_shape=None, bias_shape=None):
        super().build(inputs_shape)

    def call(self, inputs, gain, bias, training=None):
        normalized = super().call(inputs, training=training)
        rows = (-1, *(1 for _ in inputs.shape[1:-1]), inputs.shape[-1])
        gain, bias = (ops.cast(ops.reshape(each, rows), normalized.dtype) for each in (gain, bias))
        return normalized * gain + bias

    def compute_output_shape(self, inputs_shape, gain_shape=None, bias_shape=None):
        return inputs_shape

    def get_config(self):
        config = super().get_config()
        return {key: value for key, value in config.items() if key not in ("center", "scale")}


@keras.saving.register_keras_serializable("tfgan")
class ConditionalBatchNormalization(ModulatedBatchNormalization):
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
        super().__init__(epsilon=epsilon, **kwargs)
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
        gain, bias = (ops.take(table, label, axis=0) for table in (self.gain, self.bias))
        return super().call(inputs, gain, bias, training=training)

    def compute_output_shape(self, inputs_shape, label_shape):
        return inputs_shape

    def get_config(self):
        return {**super().get_config(), "classes": self.classes}
