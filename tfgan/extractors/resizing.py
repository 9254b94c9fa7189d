"""How images are brought to a network's size. The choice moves a score as much as a better model.

  clean           antialiased bicubic, as Pillow does it on floats; what clean-fid calls clean
  legacy_tf       bilinear without antialiasing, corners as in TensorFlow 1: the first FID papers
  legacy_pytorch  bilinear without antialiasing, half-pixel centres: pytorch-fid

Nothing is rounded to whole grey values afterwards.
"""

import keras
import tensorflow as tf


def clean(images, size):
    """Antialiased bicubic, clipped to 0..255.

    Args:
      images: float32 `[n, height, width, channels]` in 0..255.
      size: (height, width).
    Source: Parmar et al. 2022, https://arxiv.org/abs/2104.11222.
    """
    resized = keras.ops.image.resize(
        images, size, interpolation="bicubic", antialias=True, data_format="channels_last"
    )
    return tf.clip_by_value(resized, 0.0, 255.0)


def legacy_tf(images, size):
    """Bilinear, pixel i at i times the ratio of the sizes; arguments as of `clean`."""
    return tf.raw_ops.ResizeBilinear(
        images=images, size=size, align_corners=False, half_pixel_centers=False
    )


def legacy_pytorch(images, size):
    """Bilinear between pixel centres; arguments as of `clean`."""
    return tf.image.resize(images, size, method="bilinear", antialias=False)


MODES = {"clean": clean, "legacy_tf": legacy_tf, "legacy_pytorch": legacy_pytorch}


def find(mode):
    """The function of a mode: (images, size) -> images; images of the right size pass unchanged.

    Raises: ValueError for a mode that there is not.
    """
    if mode not in MODES:
        raise ValueError(f"resize must be {', '.join(MODES)}; received {mode!r}.")

    def resize(images, size):
        return images if tuple(images.shape[1:3]) == tuple(size) else MODES[mode](images, size)

    return resize
