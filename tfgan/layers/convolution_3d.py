"""Convolutions over time, height and width as convolutions of images, fast on CPUs.

On a CPU the gradients of a three-dimensional convolution take some 200 times as long as its forward
pass. So the frames of a window of time become the channels of one image, for a two-dimensional
convolution; its transpose computes four frames from each one and adds those of the same time.

Symbols: f, frames; w, a kernel `[time, height, width, from, to]`.
"""

import keras
import tensorflow as tf

from tfgan.layers import cpu_kernel_switch

_WINDOWS = {(1, 1), (4, 2)}  # kernel and stride in time


@keras.saving.register_keras_serializable("tfgan")
class Conv3D(keras.layers.Conv3D):
    """Keras' layer, in time over single frames, or four frames with stride two."""

    def convolution_op(self, inputs, kernel):
        window = _window(self)
        if window not in _WINDOWS or (window[1] == 2 and inputs.shape[1] % 2):
            return super().convolution_op(inputs, kernel)
        kernel = tf.convert_to_tensor(kernel)
        if window == (4, 2):
            inputs = _windows(inputs)
        frames, images = _as_images(inputs)
        time, height, width, channels, filters = kernel.shape
        kernel = tf.transpose(kernel, [1, 2, 0, 3, 4])
        flat = tf.reshape(kernel, (height, width, time * channels, filters))
        return _as_videos(tf.nn.conv2d(images, flat, self.strides[1:], "SAME"), frames)


@keras.saving.register_keras_serializable("tfgan")
class Conv3DTranspose(keras.layers.Conv3DTranspose):
    """Keras' layer, in time over single frames, or four frames with stride two."""

    def call(self, inputs):
        window = _window(self)
        if window not in _WINDOWS:
            return super().call(inputs)
        outputs = self._up(inputs, tf.convert_to_tensor(self.kernel))
        if window == (4, 2):
            outputs = _overlaid(outputs, self.filters)
        if self.use_bias:
            outputs += tf.convert_to_tensor(self.bias)
        return self.activation(outputs)

    def _up(self, inputs, kernel):
        """All output frames of each frame as channels: `[b, f, h, w, time * to]`."""
        time, height, width, filters, channels = kernel.shape
        kernel = tf.transpose(kernel, [1, 2, 0, 3, 4])
        flat = tf.reshape(kernel, (height, width, time * filters, channels))
        frames, images = _as_images(inputs)
        down, right = self.strides[1:]
        size = tf.shape(images)[0], images.shape[1] * down, images.shape[2] * right, time * filters
        return _as_videos(tf.nn.conv2d_transpose(images, flat, size, (down, right), "SAME"), frames)


def _window(layer):
    """(kernel, stride) in time; None for a layer that Keras computes."""
    return (layer.kernel_size[0], layer.strides[0]) if cpu_kernel_switch.suit(layer) else None


def _as_images(videos):
    """(f, the frames `[b * f, h, w, c]`)."""
    return videos.shape[1], tf.reshape(videos, (-1, *videos.shape[2:]))


def _as_videos(images, frames):
    return tf.reshape(images, (-1, frames, *images.shape[1:]))


def _windows(videos):
    """The four frames 2 t - 1 .. 2 t + 2 of each t: `[b, f / 2, h, w, 4 c]`."""
    padded = tf.pad(videos, [[0, 0], [1, 1], [0, 0], [0, 0], [0, 0]])
    last = videos.shape[1] - 1
    return tf.concat([padded[:, place : place + last : 2] for place in range(4)], axis=-1)


def _overlaid(parts, filters):
    """Adds part k of frame t to frame 2 t - 1 + k: `[b, f, h, w, 4 c]` -> `[b, 2 f, h, w, c]`."""
    before, even, odd, after = tf.split(parts, 4, axis=-1)
    none = tf.zeros_like(parts[:, :1, ..., :filters])
    even += tf.concat([none, after[:, :-1]], axis=1)
    odd += tf.concat([before[:, 1:], none], axis=1)
    both = tf.stack([even, odd], axis=2)
    return tf.reshape(both, (-1, 2 * parts.shape[1], *both.shape[3:]))
