"""What the networks of image translation have in common: initial weights, norms, paddings.

Paddings are those of the papers' code, see each function. `padding="same"` differs from them where
a side is odd or a kernel is 3 wide.
"""

import keras

from tfgan import layers, modalities
from tfgan.networks import shapes
from tfgan.networks.normalization import Normalization, batch_normalization

_EPSILON = 1e-5


def check_pair(shape, source_shape, network):
    """Raises ValueError unless both are such shapes, with the same sides."""
    for each in (shape, source_shape):
        _check(each, network)
    if tuple(shape[:2]) != tuple(source_shape[:2]):
        raise ValueError(
            f"{network} needs a source with the sides {tuple(shape[:2])} of its images; received "
            f"source_shape {tuple(source_shape)}."
        )


def normal():
    """The initial kernels: N(0, 0.02)."""
    return keras.initializers.RandomNormal(stddev=0.02)


def convolution(filters, kernel_size, strides=1, *, padding="valid", use_bias=True):
    """A `layers.Conv2D` with these initial kernels."""
    return layers.Conv2D(
        filters, kernel_size, strides, padding, use_bias=use_bias, kernel_initializer=normal()
    )


def transposed_convolution(filters, kernel_size, *, padding="same", use_bias=True):
    """A `layers.Conv2DTranspose` of stride 2; with a kernel of 4, "same" is a padding of 1."""
    return layers.Conv2DTranspose(
        filters, kernel_size, 2, padding, use_bias=use_bias, kernel_initializer=normal()
    )


def normalized(x, make: Normalization):
    """x after its norm; batch normalization has gains of N(1, 0.02) and an epsilon of 1e-5."""
    if make.kind != "batch":
        return make.after(x)
    gains = keras.initializers.RandomNormal(1.0, 0.02)
    return batch_normalization(epsilon=_EPSILON, gamma_initializer=gains)(x)


def padded_convolution(x, make: Normalization, filters, *, strides=1, use_bias=True):
    """A convolution of 4x4 with a padding of 1: n -> n // 2 with stride 2, n - 1 with stride 1."""
    # Of even sides "same" is the same padding, and has kernels that are fast on CPUs.
    is_same = strides == 2 and not any(side is None or side % 2 for side in x.shape[1:3])
    x = x if is_same else keras.layers.ZeroPadding2D(1)(x)
    padding = "same" if is_same else "valid"
    return make.convolution(
        filters,
        4,
        strides=strides,
        padding=padding,
        use_bias=use_bias,
        kernel_initializer=normal(),
    )(x)


def image(x, shape, modality):
    """The output of a generator: x after the last activation of a modality, float32."""
    last = modalities.resolve(modality, shape).output_activation
    return keras.layers.Activation(last, dtype="float32", name="data")(x)


def _check(shape, network):
    """Raises ValueError unless `shape` is (height, width, channels); sides may be None."""
    if len(shape) != 3:
        raise ValueError(
            f"{network} translates images of shape (height, width, channels); received shape "
            f"{tuple(shape)}."
        )
    shapes.check([1 if side is None else side for side in shape[:2]] + [shape[2]], network)
