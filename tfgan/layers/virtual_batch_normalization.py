"""Virtual batch normalization: statistics of a fixed reference batch, and of the example itself.

The reference batch passes through the network in front of the batch: `JoinReference` puts it there,
`VirtualBatchNormalization` reads its statistics, and `DropReference` removes it. See
`tfgan.networks.virtual_batch` for a network as a whole.
"""

import keras
from keras import ops

from tfgan.layers import nested


@keras.saving.register_keras_serializable(package="tfgan")
class JoinReference(keras.layers.Layer):
    """Puts a reference batch in front of a batch: `[b, ...]` -> `[size + b, ...]`.

    The reference is a weight that is not trained; it is saved with the network. It is 0 until
    `set_weights([reference])`.

    Args:
      size: int, 1 or more, examples of the reference.
    """

    def __init__(self, size, **kwargs):
        _check_size(size)
        super().__init__(**kwargs)
        self.size = size

    def build(self, input_shape):
        self.reference = self.add_weight(
            name="reference",
            shape=(self.size, *input_shape[1:]),
            dtype="float32" if "float" in self.dtype else self.dtype,
            initializer="zeros",
            trainable=False,
        )

    def call(self, inputs):
        return ops.concatenate([ops.cast(self.reference, inputs.dtype), inputs], axis=0)

    def compute_output_shape(self, input_shape):
        batch = input_shape[0]
        return (None if batch is None else batch + self.size, *input_shape[1:])

    def get_config(self):
        return {**super().get_config(), "size": self.size}


@keras.saving.register_keras_serializable(package="tfgan")
class DropReference(keras.layers.Layer):
    """Removes the reference batch in front of a batch: `[size + b, ...]` -> `[b, ...]`.

    Args:
      size: int, 1 or more, examples of the reference.
    """

    def __init__(self, size, **kwargs):
        _check_size(size)
        super().__init__(**kwargs)
        self.size = size

    def call(self, inputs):
        return inputs[self.size :]

    def compute_output_shape(self, input_shape):
        batch = input_shape[0]
        return (None if batch is None else batch - self.size, *input_shape[1:])

    def get_config(self):
        return {**super().get_config(), "size": self.size}


@keras.saving.register_keras_serializable(package="tfgan")
class VirtualBatchNormalization(keras.layers.Layer):
    """Normalizes each example as if it were the last of the reference batch, whatever its batch.

    y = gamma (x - m) / sqrt(v + epsilon) + beta, per channel. For an example behind the reference
    of n examples, m and v are mean and variance of these n + 1, over all positions; for the
    reference, of itself. An example does not depend on the others of its batch, in training as in
    inference, and nothing moves.

    Args:
      size: int n, 1 or more, examples of the reference, the first ones of the input.
      epsilon: float above 0.
    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 3.5.
    """

    def __init__(self, size, epsilon=1e-5, **kwargs):
        _check_size(size)
        if not epsilon > 0.0:
            raise ValueError(f"epsilon must be above 0; received {epsilon}.")
        super().__init__(**kwargs)
        self.size = size
        self.epsilon = epsilon

    def build(self, input_shape):
        channels = (input_shape[-1],)
        self.gamma = self.add_weight(name="gamma", shape=channels, initializer="ones")
        self.beta = self.add_weight(name="beta", shape=channels, initializer="zeros")

    def call(self, inputs):
        x = ops.cast(inputs, "float32")
        positions = tuple(range(1, len(x.shape) - 1))
        mean = self._with_reference(ops.mean(x, axis=positions, keepdims=True))
        square = self._with_reference(ops.mean(ops.square(x), axis=positions, keepdims=True))
        variance = ops.maximum(square - ops.square(mean), 0.0)
        normal = (x - mean) * ops.rsqrt(variance + self.epsilon)
        gamma, beta = (ops.cast(each, "float32") for each in (self.gamma, self.beta))
        return ops.cast(gamma * normal + beta, inputs.dtype)

    def _with_reference(self, moments):
        """Moments of each example `[n + b, ...]` as those of the reference with it."""
        reference = ops.mean(moments[: self.size], axis=0, keepdims=True)
        share = 1.0 / (self.size + 1)
        behind = (1.0 - share) * reference + share * moments[self.size :]
        own = ops.broadcast_to(reference, (self.size, *moments.shape[1:]))
        return ops.concatenate([own, behind], axis=0)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "size": self.size, "epsilon": self.epsilon}


def lacks_reference(network):
    """Whether a network has virtual batch normalization and no reference batch: bool."""
    kinds = {type(layer) for layer in nested.iterate_layers(network)}
    return VirtualBatchNormalization in kinds and JoinReference not in kinds


def _check_size(size):
    if size < 1:
        raise ValueError(f"size must be 1 or more; received {size}.")
