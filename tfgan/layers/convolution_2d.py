"""Convolutions that are fast on CPUs: of few channels with stride 2, and in groups.

In groups: TensorFlow has no gradient of a grouped convolution on CPUs, and Keras compiles it by
XLA, whose kernel is slow there. One convolution per group takes a hundredth of that time for the
gradient of a gradient penalty (64 channels of 28x28 in groups of 16).

Of few channels: on CPUs the gradient of such a convolution, also the forward pass of its transpose,
is slow: its matrix products have few columns. The sub-pixel form (Shi et al. 2016,
https://arxiv.org/abs/1609.05158) takes a third of the time: a 2x2 convolution of stride 1 computes
the 2x2 block of fine pixels between each four coarse ones, and the blocks are rearranged. A layer
that is not trainable has no custom gradients, which an exported graph could not have.

Symbols: w, a kernel `[4, 4, few, many]`, from few channels on the finer side to many.
"""

import keras
import tensorflow as tf

from tfgan.layers import cpu_kernel_switch

_FEW = 4
_KERNEL, _STRIDES = (4, 4), (2, 2)


@keras.saving.register_keras_serializable("tfgan")
class Conv2D(keras.layers.Conv2D):
    """Keras' layer, fast on CPUs in groups; so is its gradient for inputs of few channels."""

    def convolution_op(self, inputs, kernel):
        if self.groups > 1 and self._suits_groups():
            return self._by_groups(inputs, tf.convert_to_tensor(kernel))
        height, width, channels = inputs.shape[1:]
        if not _suits(self, channels) or None in (height, width) or height % 2 or width % 2:
            return super().convolution_op(inputs, kernel)
        down = _down if self.trainable else _down_forward
        return down(inputs, tf.convert_to_tensor(kernel))

    def _suits_groups(self):
        is_last = self.data_format == "channels_last"
        return cpu_kernel_switch.enabled() and is_last and _has_cpus_alone()

    def _by_groups(self, inputs, kernel):
        pairs = zip(
            tf.split(inputs, self.groups, axis=-1),
            tf.split(kernel, self.groups, axis=-1),
            strict=True,
        )
        parts = [
            tf.nn.conv2d(x, w, self.strides, self.padding.upper(), dilations=self.dilation_rate)
            for x, w in pairs
        ]
        return tf.concat(parts, axis=-1)


@keras.saving.register_keras_serializable("tfgan")
class Conv2DTranspose(keras.layers.Conv2DTranspose):
    """Keras' layer, whose outputs of few channels are fast on CPUs."""

    def call(self, inputs):
        if not _suits(self, self.filters):
            return super().call(inputs)
        up = _up if self.trainable else _up_forward
        outputs = up(inputs, tf.convert_to_tensor(self.kernel))
        if self.use_bias:
            outputs += tf.convert_to_tensor(self.bias)
        return self.activation(outputs)


def _suits(layer, channels):
    return (
        channels <= _FEW
        and layer.kernel_size == _KERNEL
        and layer.strides == _STRIDES
        and cpu_kernel_switch.suit(layer)
        and _has_cpus_alone()
    )


def _has_cpus_alone():
    return not any(tf.config.list_logical_devices(kind) for kind in ("GPU", "TPU"))


@tf.custom_gradient
def _down(x, w):
    """The convolution `[b, 2 h, 2 w, few]` -> `[b, h, w, many]`."""

    def gradient(upstream):
        return _up(upstream, w), _kernel_gradient(x, upstream, w)

    return _down_forward(x, w), gradient


@tf.custom_gradient
def _up(x, w):
    """Its transpose, `[b, h, w, many]` -> `[b, 2 h, 2 w, few]`, in the sub-pixel form."""

    def gradient(upstream):
        return _down(upstream, w), _kernel_gradient(upstream, x, w)

    return _up_forward(x, w), gradient


def _down_forward(x, w):
    return tf.nn.conv2d(x, w, _STRIDES, "SAME")


def _up_forward(x, w):
    blocks = tf.nn.conv2d(x, _by_blocks(w), 1, [[0, 0], [1, 1], [1, 1], [0, 0]])
    return tf.nn.depth_to_space(blocks, 2)[:, 1:-1, 1:-1]


def _kernel_gradient(fine, coarse, w):
    return tf.raw_ops.Conv2DBackpropFilter(
        input=fine,
        filter_sizes=tf.shape(w),
        out_backprop=coarse,
        strides=[1, *_STRIDES, 1],
        padding="SAME",
    )


def _by_blocks(w):
    """The kernel `[2, 2, many, 4 * few]` of a block of fine pixels from four coarse ones.

    Row 2 t + s of w maps a coarse pixel to row s of the block below it (t = 1) or above it (t = 0).
    So for columns.
    """
    few, many = w.shape[2:]
    halves = tf.reverse(tf.reshape(w, [2, 2, 2, 2, few, many]), [0, 2])
    return tf.reshape(tf.transpose(halves, [0, 2, 5, 1, 3, 4]), [2, 2, many, 4 * few])
