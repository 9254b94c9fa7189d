"""How a network is normalized, as a value that makes its layers."""

import dataclasses
from typing import Any

import keras

from tfgan import layers

KINDS = ("batch", "layer", "spectral", None)


@dataclasses.dataclass(frozen=True)
class Normalization:
    """Makes convolutions, dense layers and what stands behind them.

    Args:
      kind: "batch": batch normalization, with the statistics of the global batch. "layer": layer
        normalization over all places and channels of an example. "spectral": spectral normalization
        of every kernel, see `layers.power_iteration`. None: nothing.
      constraint: Keras constraint of every trainable weight that is made, or None.
      kinds: tuple, those that the network offers.
    Raises: ValueError if `kind` is not one of `kinds`.
    """

    kind: str | None
    constraint: keras.constraints.Constraint | None = None
    kinds: tuple = KINDS

    def __post_init__(self):
        if self.kind not in self.kinds:
            raise ValueError(f"normalization must be one of {self.kinds}; received {self.kind!r}.")

    @property
    def spectral(self):
        """Whether kernels are spectrally normalized."""
        return self.kind == "spectral"

    def convolution(self, filters, kernel_size, *, strides=1, **kwargs):
        """A Conv2D with padding "same"."""
        layer = self._class(layers.Conv2D)
        constraints = self._constraints("kernel", "bias")
        return layer(filters, kernel_size, strides=strides, padding="same", **constraints, **kwargs)

    def dense(self, units, **kwargs):
        """A Dense layer."""
        layer = self._class(keras.layers.Dense)
        return layer(units, **self._constraints("kernel", "bias"), **kwargs)

    def _class(self, layer_class):
        return layers.spectrally_normalized(layer_class) if self.spectral else layer_class

    def after(self, x):
        """What a layer's output becomes before its activation."""
        if self.kind == "batch":
            return batch_normalization(**self._constraints("gamma", "beta"))(x)
        if self.kind == "layer":
            constraints = self._constraints("gamma", "beta")
            return keras.layers.GroupNormalization(groups=1, **constraints)(x)
        return x

    def _constraints(self, *names: str) -> dict[str, Any]:
        return {f"{name}_constraint": self.constraint for name in names}


def batch_normalization(**kwargs):
    """Batch normalization over the global batch, with a momentum of 0.9.

    Keras' 0.99 needs some 500 steps until the moving statistics, which sampling uses, have
    forgotten where they started. Synchronised: N replicas take the step of one device.
    """
    return layers.BatchNormalization(momentum=0.9, **kwargs)
