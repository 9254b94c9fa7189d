"""Raw data, as batches and samples hold them, and what networks see and make of them.

The shape that a network sees tells the kind: `(d,)` points, `(t, symbols)` texts, `(height, width,
channels)` images, `(frames, height, width, channels)` videos.
"""

import tensorflow as tf

from tfgan import images, text

_NAMES = {1: "point", 2: "symbols", 3: "image", 4: "video"}


def name(shape):
    """What one example of a shape is called: "point", "symbols" of a text, "image" or "video"."""
    return _NAMES[len(shape)]


def form(shape):
    """(shape, `tf.DType`) of a raw example that networks see as `shape`."""
    dtype = {1: tf.float32, 2: tf.int32}.get(len(shape), tf.uint8)
    return (shape[:1] if len(shape) == 2 else shape), dtype


def to_float(data, shape):
    """Raw data as networks see it.

    Args:
      data: uint8 images or videos, float32 points, int32 texts, `[batch, ...]`.
      shape: tuple, of one example as the network sees it.
    Returns: float32 `[batch, *shape]`; images and videos in [-1, 1], texts one-hot.
    """
    is_text = len(shape) == 2
    return (
        text.to_float(tf.convert_to_tensor(data), shape[-1]) if is_text else images.to_float(data)
    )


def to_raw(data):
    """What a network made as raw data; the reverse of `to_float`.

    Args:
      data: float32 `[batch, *shape]`; texts as a distribution over the symbols.
    Returns: `[batch, ...]`: uint8 images and videos, float32 points as they are, int32 texts.
    """
    rank = data.shape.rank - 1
    if rank == 1:
        return data
    return text.to_symbols(data) if rank == 2 else images.to_uint8(data)
