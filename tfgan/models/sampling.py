"""Samples by number: sample i of a seed is the same in a run of 10 and in a run of 10,000."""

import numpy as np
import tensorflow as tf

from tfgan import images, rng

_CHUNK = 100  # every pass has this size, so that a sample cannot depend on how many are asked for


def in_chunks(draw, count, start, label=None):
    """Samples start .. start + count - 1, drawn in passes of one fixed size.

    Args:
      draw: function (int32 indices `[chunk]`, int32 labels `[chunk]` or None) -> dict batch.
      count, start: int.
      label: int32 NumPy array `[count]`, or None.
    Returns: dict batch of NumPy arrays `[count, ...]`.
    """
    parts = []
    for first in range(0, count, _CHUNK):
        labels = None if label is None else np.resize(label[first : first + _CHUNK], _CHUNK)
        parts.append(draw(tf.range(start + first, start + first + _CHUNK), labels))
    return {
        name: np.concatenate([part[name].numpy() for part in parts])[:count] for name in parts[0]
    }


def through(network, inputs):
    """What a network makes of its inputs, in passes of one fixed size: float32 NumPy `[n, ...]`.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of NumPy arrays `[n, ...]`; those the network does not declare are left out.
    """
    names = [tensor.name for tensor in network.inputs]
    count = len(inputs[names[0]])
    parts = []
    for first in range(0, count, _CHUNK):
        rows = np.arange(first, first + _CHUNK) % count
        part = network({name: tf.constant(inputs[name][rows]) for name in names}, training=False)
        parts.append(tf.cast(part, tf.float32).numpy())
    return np.concatenate(parts)[:count]


def over(function, data):
    """What a function makes of each example of data, in passes of one fixed size: NumPy `[n, ...]`.

    Args:
      function: (rows of data `[chunk, ...]`, int32 numbers of the examples `[chunk]`) -> tensor
        `[chunk, ...]`.
      data: NumPy `[n, ...]`.
    """
    count = len(data)
    parts = []
    for first in range(0, count, _CHUNK):
        numbers = np.arange(first, first + _CHUNK, dtype=np.int32)
        parts.append(function(tf.constant(data[numbers % count]), tf.constant(numbers)).numpy())
    return np.concatenate(parts)[:count]


def inputs(prior, classes, seed, indices, label):
    """What a generator takes for the samples `indices`: latents and, if conditional, labels.

    Args:
      prior: function (count, seed) -> dict of latents.
      classes: int, or None for an unconditional generator.
      seed: int32 `[2]`.
      indices: int32 `[n]`.
      label: int32 `[n]`, or None: each sample draws its own.
    Returns: dict of tensors with n rows.
    """

    def draw(count, example_seed):
        drawn = dict(prior(count, rng.fold(example_seed, 0)))
        if classes:
            drawn["label"] = rng.categorical(rng.fold(example_seed, 1), count, classes)
        return drawn

    drawn = rng.per_example(draw, seed, indices)
    return drawn if label is None else {**drawn, "label": label}


def of_classes(prior, classes, seed, indices, label):
    """A prior's draws for the samples `indices`, each from the class that is its label.

    Args:
      prior, classes, seed, indices, label: as of `inputs`; with classes, the prior has as many.
    Returns: dict of tensors with n rows; with classes, also int32 "label".
    """
    if not classes:
        return rng.per_example(prior, rng.fold(seed, 0), indices)
    if label is None:
        label = rng.per_example(
            lambda count, seed: rng.categorical(seed, count, classes), rng.fold(seed, 1), indices
        )

    def draw(count, seed, label):
        return prior.given(label, seed)

    drawn = rng.per_example(draw, rng.fold(seed, 0), indices, tf.convert_to_tensor(label))
    return {**drawn, "label": label}


def check_label(label, count, classes):
    """A label, or one for each sample, as int32 `[count]`; None stays None.

    Raises: ValueError for a label that the model does not know.
    """
    if label is None:
        return None
    if not classes:
        raise ValueError(f"label {label} was asked for, but the model takes no labels.")
    labels = np.broadcast_to(np.asarray(label, np.int64), (count,))
    wrong = labels[(labels < 0) | (labels >= classes)]
    if wrong.size:
        raise ValueError(f"label must be 0 to {classes - 1}; received {wrong[0]}.")
    return labels.astype(np.int32)


def check_no_truncation(truncation):
    """Raises ValueError for a truncation, where there is no prior whose tails it could cut."""
    if truncation is not None:
        raise ValueError(
            f"truncation {truncation} was asked for, but the model has no prior to truncate."
        )


def to_raw(data):
    """What a network made as raw data: images `[b, h, w, c]` as uint8, points as they are."""
    return images.to_uint8(data) if data.shape.rank == 4 else data
