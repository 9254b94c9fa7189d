"""Resizing of images to a network's size; the way affects a score as much as a better model.

  clean           antialiased bicubic on floats, as in Pillow; clean-fid's "clean"
  legacy_tf       bilinear without antialiasing, corners as in TensorFlow 1: the first FID papers
  legacy_pytorch  bilinear without antialiasing, half-pixel centers: pytorch-fid

Nothing is rounded to whole gray values afterwards.

>>> from tfgan.extractors import resizing
>>> resizing.find("clean")(tf.ones((1, 8, 8, 3)), (4, 4)).shape
TensorShape([1, 4, 4, 3])
"""

import numpy as np
import tensorflow as tf

from tfgan import choices, words


def clean(images, size):
    """Antialiased bicubic, clipped to 0..255.

    Both axes are products with a matrix from float64: TensorFlow's bicubic computes positions in
    float32, which changes large images by a hundredth of a gray value.

    Args:
      images: float32 `[n, height, width, channels]` in 0..255, of a static size.
      size: (height, width).
    Source: Parmar et al. 2022, https://arxiv.org/abs/2104.11222.
    """
    rows, columns = (
        tf.constant(_bicubic(source, target), tf.float32)
        for source, target in zip(images.shape[1:3], size, strict=True)
    )
    resized = tf.einsum("yh,nhwc->nywc", rows, images)
    resized = tf.einsum("xw,nywc->nyxc", columns, resized)
    return tf.clip_by_value(resized, 0.0, 255.0)


def legacy_tf(images, size):
    """Bilinear, pixel i at i times the ratio of the sizes; arguments: see `clean`."""
    return tf.raw_ops.ResizeBilinear(
        images=images, size=size, align_corners=False, half_pixel_centers=False
    )


def legacy_pytorch(images, size):
    """Bilinear between pixel centers; arguments: see `clean`."""
    return tf.image.resize(images, size, method="bilinear", antialias=False)


_METHODS = {method.__name__: method for method in (clean, legacy_tf, legacy_pytorch)}


def find(mode):
    """The function of a mode: (images, size) -> images; images of the right size pass unchanged."""
    if mode not in choices.RESIZE_METHODS:
        raise words.unknown("resize", mode, choices.RESIZE_METHODS)

    def resize(images, size):
        return images if tuple(images.shape[1:3]) == tuple(size) else _METHODS[mode](images, size)

    return resize


def _bicubic(source, target):
    """float64 `[target, source]` weights: a cubic with a = -1/2, widened in a reduction."""
    scale = source / target
    centers = (np.arange(target) + 0.5) * scale
    x = np.abs(np.arange(source) + 0.5 - centers[:, None]) / max(scale, 1.0)
    near = (1.5 * x - 2.5) * x**2 + 1.0
    far = -0.5 * (((x - 5.0) * x + 8.0) * x - 4.0)
    weights = np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))
    return weights / weights.sum(axis=1, keepdims=True)
