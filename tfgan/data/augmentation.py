"""Random views of images in training: mirrored, and moved by a few pixels.

The draws of an example are a function of (seed, position), see `example_order`. The entries of a
pair, an image and its source, have the same draws, and those of unpaired domains draws of their
own.
"""

import dataclasses
from collections.abc import Callable

import numpy as np
import tensorflow as tf

from tfgan import modalities
from tfgan.data import example_order

_TOGETHER = 64  # batches whose draws one call of Python makes
_SCALE = 286 / 256  # before a crop of the original size, as for pix2pix


def with_views(batches, spec, part, seed, start, *, flip, jitter):
    """Batches of raw images, of which some are changed.

    Args:
      batches: `tf.data.Dataset` of dict batches, uint8 `data` and conditions `[b, h, w, c]`.
      spec: `DataSpec` of the examples.
      part: `example_order.BatchSlice` that the batches are.
      seed, start: int, the seed, and the number of the first batch.
      flip: bool, mirror each example left to right with probability 1/2.
      jitter: bool, scale each example up by 286 / 256 and crop its size at a random position:
        classes of masks by the nearest pixel, images by bicubic interpolation.
    Source: Isola et al. 2017, https://arxiv.org/abs/1611.07004, section 6.2.
    """
    specs = {"data": spec, **spec.conditions}
    views = ([_JITTER] if jitter else []) + ([_FLIP] if flip else [])
    # Unpaired domains have draws of their own.
    purposes = {name: "" if spec.is_paired or name == "data" else f" {name}" for name in specs}
    streams = [(view, purpose) for view in views for purpose in sorted({*purposes.values()})]

    def decide(number):
        first, count = number * part.batch_size, _TOGETHER * part.batch_size
        rows = slice(part.offset, part.offset + part.size)
        for view, purpose in streams:
            draws = view.draw(seed, first, count, view.name + purpose)
            yield draws.reshape(_TOGETHER, part.batch_size, *view.shape)[:, rows]

    def block(number):
        types = [view.dtype for view, _ in streams]
        draws = tf.numpy_function(lambda n: [*decide(n)], [number], types, stateful=False)
        return tuple(
            tf.ensure_shape(draw, (_TOGETHER, part.size, *view.shape))
            for (view, _), draw in zip(streams, draws, strict=True)
        )

    def change(batch, draws):
        batch = dict(batch)
        for (view, purpose), draw in zip(streams, draws, strict=True):
            for name in (name for name in specs if purposes[name] == purpose):
                batch[name] = view.change(batch[name], draw, specs[name].modality)
        return batch

    draws = tf.data.Dataset.range(start, tf.int64.max, _TOGETHER).map(block).unbatch()
    return tf.data.Dataset.zip(batches, draws).map(
        change, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True
    )


def _mirrored(images, flips, modality):
    del modality
    return tf.where(flips[:, None, None, None], tf.reverse(images, [2]), images)


def _moved(images, places, modality):
    """Images scaled up and cropped at `places`, float32 `[b, 2]` in [0, 1), of the free margin."""
    _, height, width, _ = images.shape
    is_mask = isinstance(modality, modalities.Masks)
    size = np.ceil(np.array([height, width]) * _SCALE).astype(np.int32)
    method = "nearest" if is_mask else "bicubic"
    large = tf.image.resize(images, size, method=method)
    if not is_mask:
        large = tf.cast(tf.clip_by_value(tf.round(large), 0.0, 255.0), tf.uint8)
    margin = tf.constant(size - [height, width] + 1, tf.float32)
    corners = tf.cast(places * margin, tf.int32)
    rows = corners[:, 0, None] + tf.range(height)
    columns = corners[:, 1, None] + tf.range(width)
    return tf.gather(tf.gather(large, rows, batch_dims=1), columns, axis=2, batch_dims=1)


@dataclasses.dataclass(frozen=True)
class _View:
    name: str  # the purpose of the draws
    draw: Callable  # (seed, first, count, purpose) -> NumPy [count, *shape]
    shape: tuple
    dtype: tf.DType
    change: Callable  # (images, draws, modality) -> images


_FLIP = _View("flip", example_order.flips, (), tf.bool, _mirrored)
_JITTER = _View("jitter", example_order.offsets, (2,), tf.float32, _moved)
