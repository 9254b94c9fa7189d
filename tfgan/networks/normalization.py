"""The normalization of a network, as a value that makes its layers."""

import dataclasses
from typing import Any

import keras

from tfgan import layers

MOMENTUM = 0.9
KINDS = ("batch", "layer", "spectral", None)


@dataclasses.dataclass(frozen=True)
class Normalization:
    """Makes convolutional and dense layers and the layers that normalize their outputs.

    Args:
      kind: "batch": batch normalization with the statistics of the global batch. "layer": layer
        normalization over all positions and channels of an example. "instance": over all positions
        of a channel of an example, without gain and bias. "spectral": spectral normalization of
        every kernel, see `layers.power_iteration`. None: no normalization.
      constraint: Keras constraint of every trainable weight, or None.
      kinds: tuple, those that the network offers.
      classes: int, with "batch": gain and bias have a row per class, biases random at first; or
        None.
      spectral_kernels: bool, with "batch": spectral normalization of every kernel too.
      initializer: Keras initializer of every kernel that is not given another one; None for Keras'.
    """

    kind: str | None
    constraint: keras.constraints.Constraint | None = None
    kinds: tuple = KINDS
    classes: int | None = None
    spectral_kernels: bool = False
    initializer: str | None = None

    def __post_init__(self):
        if self.kind not in self.kinds:
            raise ValueError(f"normalization must be one of {self.kinds}; received {self.kind!r}.")

    @property
    def spectral(self):
        return self.spectral_kernels or self.kind == "spectral"

    def convolution(self, filters, kernel_size, *, strides=1, padding="same", **kwargs):
        """A Conv2D."""
        kwargs = self._options() | kwargs
        return self._class(layers.Conv2D)(filters, kernel_size, strides, padding, **kwargs)

    def dense(self, units, **kwargs):
        """A Dense layer."""
        dense = self._class(keras.layers.Dense)
        return dense(units, **self._options() | kwargs)

    def after(self, x, label=None):
        """The normalized output of a layer, before its activation; with `classes`, by the label."""
        constraints = self._constraints("gamma", "beta")
        if self.classes:
            # Rates of 1e-3 and less take thousands of steps to move equal biases apart by 1.
            apart = keras.initializers.RandomUniform(-1.0, 1.0)
            normalize = layers.ConditionalBatchNormalization(
                self.classes, momentum=MOMENTUM, beta_initializer=apart, **constraints
            )
            return normalize(x, label)
        if self.kind == "batch":
            return batch_normalization(**constraints)(x)
        if self.kind == "instance":
            return layers.InstanceNormalization()(x)
        return keras.layers.GroupNormalization(1, **constraints)(x) if self.kind == "layer" else x

    def _class(self, layer_class: type) -> Any:
        return layers.spectrally_normalized(layer_class) if self.spectral else layer_class

    def _options(self) -> dict[str, Any]:
        initial = {"kernel_initializer": self.initializer} if self.initializer else {}
        return initial | self._constraints("kernel", "bias")

    def _constraints(self, *names: str) -> dict[str, Any]:
        return {f"{name}_constraint": self.constraint for name in names}


def batch_normalization(**kwargs):
    """Batch normalization over the global batch, with a momentum of 0.9.

    With Keras' 0.99 the moving statistics need some 500 steps to forget their initial values.
    """
    return layers.BatchNormalization(momentum=MOMENTUM, **kwargs)


def normalized_relu(x):
    """ReLU of the batch-normalized x."""
    return keras.layers.ReLU()(batch_normalization()(x))
