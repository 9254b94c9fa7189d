"""The switch of the kernels that are fast on CPUs.

Five layers of this package are Keras' layers of the same names, with the same arguments, weights
and results up to rounding, and compute with their own kernels where these are faster:

  layer                    its own kernel                                      where
  Conv2D, Conv2DTranspose  sub-pixel form: 4x4, stride 2, up to 4 channels     CPUs alone
  Conv2D                   one convolution per group                           CPUs alone
  Conv3D, Conv3DTranspose  2-D convolutions: 1 or 4 frames, stride 1 or 2      every device
  BatchNormalization       one fused operation in training: images, videos     one replica

`cpu_kernels(False)`, or `TFGAN_CPU_KERNELS=0` in the environment of a program, leaves all of them
to Keras. A layer reads the switch when it is called or traced.

>>> from tfgan import layers
>>> layers.cpu_kernels(False)  # Keras' own kernels from here on
>>> layers.cpu_kernels(True)
"""

import os

_enabled = os.environ.get("TFGAN_CPU_KERNELS", "1") != "0"


def cpu_kernels(enabled):
    """Turns the kernels of this package on or off for the whole process."""
    global _enabled
    _enabled = bool(enabled)


def enabled():
    """Whether layers may use kernels of their own: bool."""
    return _enabled


def suit(layer):
    """Whether the kernels are on and suit a convolution's padding, format and dilation: bool."""
    return (
        _enabled
        and set(layer.dilation_rate) == {1}
        and layer.padding == "same"
        and layer.data_format == "channels_last"
        and getattr(layer, "groups", 1) == 1
        and getattr(layer, "output_padding", None) is None
    )
