"""The data of Keras' loops as dict batches.

A batch is a dict of `data` and, for conditional models, `label` and other conditions. Keras also
passes `x`, `(x,)`, `(x, y)` and `(x, y, sample_weight)`: x is the data, or such a dict, and y the
label.
"""

import contextlib
import logging
import re
import types

import keras
import numpy as np
import tensorflow as tf

from tfgan import replicas, rng

_LOG = logging.getLogger(__name__)

_TOLERANCE = 1e-3  # of rounding outside of [-1, 1]
_REFUSED = "Refused data: "  # before the message with which a step fails
_MESSAGE = re.compile(_REFUSED + r"(.+?\.)(?=[\]'\"\n])")


def from_keras(data, sample_shape, modality, classes, lowest_label=0):
    """A batch as dict, inside of a step.

    Args:
      data: the argument of a step: a dict, a tensor, or a tuple in Keras' form.
      sample_shape: tuple, of one example as a network input.
      modality: `Modality` of the data.
      classes: int, or None if labels are ignored.
      lowest_label: int, -1 where examples may be unlabeled.
    Returns: dict: `data`, uint8, int32 or float32 `[batch, ...]`; int32 `label` `[batch]`, if there
      are classes; other entries unchanged.
    Raises: ValueError for a wrong shape or type, and for sample weights.
    """
    x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
    refuse_weights(sample_weight=weight)
    batch = dict(x) if isinstance(x, dict) else {"data": x}
    if "data" not in batch:
        raise ValueError(f"A batch must have an entry data; received {', '.join(batch) or 'none'}.")
    if y is not None:
        batch.setdefault("label", y)
    batch["data"] = _examples(tf.convert_to_tensor(batch["data"]), sample_shape, modality)
    if classes:
        if "label" not in batch:
            raise ValueError(
                f"A batch must have a label, as the model has {classes} classes: pass "
                "(data, label) or a dict of both."
            )
        batch["label"] = _labels(tf.convert_to_tensor(batch["label"]), classes, lowest_label)
    return batch


def share_evenly(batch, minimum=1):
    """A batch of unknown size, such as a partial last one, in equal shares for all replicas.

    All get the same number, at least `minimum`, in the order of the global batch, whose first
    examples are repeated where there are too few. A batch of a known size does not change.
    """
    count = rng.count(batch["data"])
    if isinstance(count, int) or replicas.count() * minimum == 1:
        return batch
    counts = replicas.total(count * tf.one_hot(replicas.index(), replicas.count(), dtype=tf.int32))
    first, total = tf.reduce_sum(counts[: replicas.index()]), tf.reduce_sum(counts)
    share = -(-total // (replicas.count() * minimum)) * minimum
    indices = (replicas.index() * share + tf.range(share)) % total

    def redistribute(local):
        summable = tf.cast(local, tf.int32) if local.dtype.is_integer else local
        padding = [[first, total - first - count], *[[0, 0]] * (local.shape.rank - 1)]
        return tf.cast(tf.gather(replicas.total(tf.pad(summable, padding)), indices), local.dtype)

    return {name: redistribute(local) for name, local in batch.items()}


def in_packs(batch, size):
    """A batch of unknown size with its first examples repeated, up to a multiple of a size."""
    count = rng.count(batch["data"])
    if isinstance(count, int) or size == 1:
        return batch
    indices = tf.range(-(-count // size) * size) % count
    return {name: tf.gather(rows, indices) for name, rows in batch.items()}


def refuse_weights(**options):
    """Raises ValueError for weights of examples or classes in the options of a loop."""
    for name in ("sample_weight", "class_weight"):
        if options.get(name) is not None:
            raise ValueError(
                f"{name} must be None, as losses are means over all examples: repeat or omit "
                "examples in the data instead."
            )


def check_arrays(x, y, modality, classes, lowest_label=0):
    """Checks the values of arrays before training; data in other forms are not checked.

    Args:
      x, y: see `fit`.
      modality, classes, lowest_label: see `from_keras`.
    Raises: ValueError for no data, and values out of range or not finite.
    """
    if x is None:
        raise ValueError(
            "x must be the data, such as an array or a tf.data.Dataset; received None."
        )
    entries = x if isinstance(x, dict) else {"data": x, "label": y}
    data, label = entries.get("data"), entries.get("label")
    if isinstance(data, np.ndarray) and not data.size:
        raise ValueError(f"data must not be empty; received an array of shape {data.shape}.")
    if isinstance(data, np.ndarray) and data.dtype.kind == "f":
        low, high = float(np.min(data)), float(np.max(data))  # NaN if data have any
        if not (np.isfinite(low) and np.isfinite(high)):
            raise ValueError("data must be finite numbers; received NaN or infinity.")
        if modality.is_bounded and (low < -1.0 - _TOLERANCE or high > 1.0 + _TOLERANCE):
            raise ValueError(
                f"Float {modality.kind} must be in [-1, 1]; received values from {low:g} to "
                f"{high:g}. Pass uint8 in 0..255, or scale them."
            )
        if modality.is_bounded and low >= 0.0:
            _LOG.warning(
                "Float %s from %g to %g are not scaled and are read as [-1, 1]; if 0 is black, "
                "samples will be pale: scale data and generator, or pass uint8.",
                modality.kind,
                low,
                high,
            )
    if classes and isinstance(label, np.ndarray) and label.size:
        _check_labels(label, classes, lowest_label)


def _check_labels(label, classes, lowest_label):
    if label.dtype.kind not in "iufb" or (label.dtype.kind == "f" and (label % 1.0).any()):
        raise ValueError(
            f"label must be integers, 0 to {classes - 1}, or one-hot rows; received values such as "
            f"{label.flat[0]!r} of type {label.dtype}."
        )
    if label.ndim == 2 and label.shape[1] == classes > 1:
        one_hot = np.arange(classes) // (classes - 1)  # sorted
        wrong = np.flatnonzero((np.sort(label, axis=1) != one_hot).any(axis=1))
        if wrong.size:
            raise ValueError(
                f"One-hot rows of label must hold a single 1; row {wrong[0]} does not."
            )
    elif label.ndim == 1:
        low, high = label.min(), label.max()
        if low < lowest_label or high >= classes:
            wrong = low if low < lowest_label else high
            raise ValueError(f"label must be {lowest_label} to {classes - 1}; received {wrong}.")


def may_be_shuffled(x):
    """Whether data may be shuffled: arrays and PyDatasets, but not streams."""
    streams = tf.data.Dataset, tf.distribute.DistributedDataset, types.GeneratorType
    return not isinstance(x, streams)


def has_length(x):
    """Whether the number of batches is known."""
    if isinstance(x, tf.data.Dataset):
        return int(x.cardinality()) != tf.data.UNKNOWN_CARDINALITY
    if isinstance(x, keras.utils.PyDataset):
        return x.num_batches is not None
    return not isinstance(x, types.GeneratorType)


def in_tuples(x):
    """Data as Keras takes them: the batches of a Python generator as tuples."""
    if not isinstance(x, types.GeneratorType):
        return x
    return (batch if isinstance(batch, tuple) else (batch,) for batch in x)


@contextlib.contextmanager
def refusals_as_value_errors():
    """Inside the block a graph that refuses its data raises a ValueError with a short message."""
    try:
        yield
    except tf.errors.InvalidArgumentError as error:
        message = _MESSAGE.search(str(error))
        if not message:
            raise
        raise ValueError(message[1]) from None


def _examples(data, sample_shape, modality):
    expected = modality.raw_shape(sample_shape)
    is_converted = data.dtype.is_floating and not tf.as_dtype(modality.dtype).is_floating
    shapes = {expected} | ({tuple(sample_shape)} if is_converted else set())
    if data.shape.rank is None:
        data = tf.ensure_shape(data, [None, *expected])
    received = tuple(data.shape[1:])
    if not any(data.shape[1:].is_compatible_with(s) for s in shapes):
        hint = ""
        if received == tuple(sample_shape[:-1]) and sample_shape[-1] == 1:
            hint = "; add the axis of channels: data[..., None]"
        if tuple(data.shape) == tuple(expected):
            hint = "; batch the examples: dataset.batch(n)"
        raise ValueError(
            f"data must have the shape [batch, {', '.join(map(str, expected))}]; received "
            f"[batch, {', '.join(map(str, received))}]{hint}."
        )
    if data.dtype.is_floating:
        data = tf.cast(data, tf.float32)
        if not modality.is_bounded:
            return data
        is_inside = tf.reduce_max(tf.abs(data)) <= 1.0 + _TOLERANCE
        message = f"Float {modality.kind} must be in [-1, 1]; pass uint8 in 0..255, or scale them."
        return _require(is_inside, data, message)
    if data.dtype.name != modality.dtype:
        raise ValueError(
            f"data must be {modality.dtype} or float, in [-1, 1] for images; received "
            f"{data.dtype.name}."
        )
    return data


def _labels(label, classes, lowest):
    """Integers or one-hot rows as int32 `[batch]`."""
    if label.shape.rank is None or label.shape[1:] == [None]:  # in a graph for both forms
        label = tf.reshape(label, [tf.shape(label)[0], -1])
        is_one_hot = tf.shape(label)[1] == classes
        label = tf.where(is_one_hot, tf.argmax(label, axis=1), tf.cast(label[:, 0], tf.int64))
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
    is_valid = tf.reduce_all((label >= lowest) & (label < classes))
    return _require(is_valid, label, f"label must be {lowest} to {classes - 1}.")


def _require(condition, value, message):
    """A tensor, on the condition; XLA, which cannot stop a step, ignores the condition."""
    assertion = tf.debugging.Assert(condition, [_REFUSED + message])
    with tf.control_dependencies([assertion] if assertion is not None else []):
        return tf.identity(value)
