"""What Keras users give to `fit`, as the dict batches that models train on.

A batch is a dict of `data` and, for conditional models, `label` and other conditions. Keras also
passes `x`, `(x,)`, `(x, y)` and `(x, y, sample_weight)`: there x is the data, or such a dict, and y
the label.
"""

import keras
import numpy as np
import tensorflow as tf

_SLACK = 1e-3  # by which rounding may leave [-1, 1]


def from_keras(data, sample_shape, modality, classes):
    """A batch as dict, inside of a step.

    Args:
      data: what a step receives: a dict, a tensor, or a tuple of Keras' form.
      sample_shape: tuple, of one example as networks see it.
      modality: `Modality` of the data.
      classes: int, or None where labels are not looked at.
    Returns: dict: `data`, uint8, int32 or float32 `[batch, ...]`; int32 `label` `[batch]`, if there
      are classes; other entries as they are.
    Raises: ValueError for a shape or a type that the model cannot take, and for sample weights.
    """
    x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
    if weight is not None:
        raise ValueError(
            "sample_weight is not used: the loss of a game is a mean over all examples. Repeat or "
            "leave out examples in the data instead."
        )
    batch = dict(x) if isinstance(x, dict) else {"data": x}
    if "data" not in batch:
        raise ValueError(f"A batch must have an entry data; received {', '.join(batch) or 'none'}.")
    if y is not None:
        batch.setdefault("label", y)
    batch["data"] = _examples(tf.convert_to_tensor(batch["data"]), sample_shape, modality)
    if classes:
        if "label" not in batch:
            raise ValueError(
                f"The model has {classes} classes, so its batches must have a label: pass "
                "`(data, label)` or a dict of both."
            )
        batch["label"] = _labels(tf.convert_to_tensor(batch["label"]), classes)
    return batch


def check_arrays(x, y, modality, classes):
    """Looks at the values of arrays before they are trained on; other data are left alone.

    Args:
      x, y: what `fit` receives.
      modality, classes: as of `from_keras`.
    Raises: ValueError for float images outside of [-1, 1], values that are not finite, and labels
      out of range.
    """
    entries = x if isinstance(x, dict) else {"data": x, "label": y}
    data, label = entries.get("data"), entries.get("label")
    if isinstance(data, np.ndarray) and data.dtype.kind == "f" and data.size:
        low, high = float(np.min(data)), float(np.max(data))  # NaN, if there is one
        if not (np.isfinite(low) and np.isfinite(high)):
            raise ValueError("data must be finite numbers; received NaN or infinity.")
        if modality.is_bounded and (low < -1.0 - _SLACK or high > 1.0 + _SLACK):
            raise ValueError(
                f"Float {modality.kind} must lie in [-1, 1]; received values from {low:g} to "
                f"{high:g}. Pass uint8 in 0..255, or scale them."
            )
    if classes and isinstance(label, np.ndarray) and label.ndim == 1 and label.size:
        low, high = label.min(), label.max()
        if low < -1 or high >= classes:
            wrong = low if low < -1 else high
            raise ValueError(f"label must be 0 to {classes - 1}; received {wrong}.")


def _examples(data, sample_shape, modality):
    wanted = modality.raw_shape(sample_shape)
    is_as_seen = data.dtype.is_floating and not tf.as_dtype(modality.dtype).is_floating
    shapes = {wanted} | ({tuple(sample_shape)} if is_as_seen else set())
    received = tuple(data.shape[1:])
    if data.shape.rank is None or not any(data.shape[1:].is_compatible_with(s) for s in shapes):
        hint = ""
        if received == tuple(sample_shape[:-1]) and sample_shape[-1] == 1:
            hint = "; add the axis of channels: data[..., None]"
        raise ValueError(
            f"data must have the shape [batch, {', '.join(map(str, wanted))}]; received "
            f"[batch, {', '.join(map(str, received))}]{hint}."
        )
    if data.dtype.is_floating:
        return _in_range(tf.cast(data, tf.float32), modality)
    if data.dtype.name != modality.dtype:
        raise ValueError(
            f"data must be {modality.dtype} or float, in [-1, 1] for images; received "
            f"{data.dtype.name}."
        )
    return data


def _in_range(data, modality):
    if not modality.is_bounded:
        return data
    sentence = f"Float {modality.kind} must lie in [-1, 1]; pass uint8 in 0..255, or scale them."
    inside = tf.debugging.assert_less_equal(tf.reduce_max(tf.abs(data)), 1.0 + _SLACK, sentence)
    with tf.control_dependencies([inside] if inside is not None else []):
        return tf.identity(data)


def _labels(label, classes):
    """Integers or one-hot rows as int32 `[batch]`."""
    if label.shape.rank == 2 and label.shape[1] == classes and classes > 1:
        return tf.argmax(label, axis=1, output_type=tf.int32)
    if label.shape.rank == 2 and label.shape[1] == 1:
        label = label[:, 0]
    if label.shape.rank != 1:
        raise ValueError(
            f"label must have the shape [batch], or [batch, {classes}] for one-hot rows; received "
            f"[{', '.join(map(str, label.shape.as_list()))}]."
        )
    label = tf.cast(label, tf.int32)
    sentence = f"label must be 0 to {classes - 1}."
    known = tf.debugging.assert_less(label, classes, sentence)
    with tf.control_dependencies([known] if known is not None else []):
        return tf.identity(label)
