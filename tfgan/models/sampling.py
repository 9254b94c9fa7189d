"""Samples by number: sample i of a seed is the same in a run of 10 and in a run of 10,000."""

import numpy as np
import tensorflow as tf

from tfgan import rng

_CHUNK = 100  # every pass has this size, so that no row depends on how many are asked for


def stream(seed):
    """What the numbers of a seed's samples are folded into, see `rng.stream`: int32 `[..., 2]`."""
    return rng.stream(seed, 0, "sample")


def sample_in_batches(draw, size, count, start, given):
    """Samples start .. start + count - 1, in passes of one fixed size.

    The rounding of a row may depend on how many rows there are and on its place among them; sample
    i is always at place i mod `size`.

    Args:
      draw: function (int32 indices `[size]`, dict of tensors `[size]`) -> dict batch.
      size, count, start: int.
      given: dict of NumPy arrays `[count, ...]`.
    Returns: dict batch of NumPy arrays `[count, ...]`; of none, too, in their shapes and types.
    """
    first = start // size * size
    parts = []
    for at in range(first, start + max(count, 1), size):
        indices = np.arange(at, at + size, dtype=np.int32)
        rows = indices - start
        given_here = {name: tf.constant(_rows(values, rows)) for name, values in given.items()}
        parts.append(draw(tf.constant(indices), given_here))
    drawn = slice(start - first, start - first + count)
    return {
        name: np.concatenate([part[name].numpy() for part in parts])[drawn] for name in parts[0]
    }


def _rows(values, numbers):
    """Rows of `[n, ...]`; in the place of those before and behind them the first or the last."""
    if not len(values):
        return np.zeros((len(numbers), *values.shape[1:]), values.dtype)
    return values[np.clip(numbers, 0, len(values) - 1)]


def generate_in_batches(network, inputs):
    """What a network makes of its inputs, in passes of one fixed size: float32 NumPy `[n, ...]`.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of NumPy arrays `[n, ...]`; those the network does not declare are left out.
    """
    names = [tensor.name for tensor in network.inputs]
    count = len(inputs[names[0]])
    parts = []
    for first in range(0, max(count, 1), _CHUNK):
        rows = np.arange(first, first + _CHUNK) % max(count, 1)
        given = {name: tf.constant(_rows(np.asarray(inputs[name]), rows)) for name in names}
        part = network(given, training=False)
        parts.append(tf.cast(part, tf.float32).numpy())
    return np.concatenate(parts)[:count]


def map_in_batches(function, data):
    """What a function makes of each example of data, in passes of one fixed size: NumPy `[n, ...]`.

    Args:
      function: (rows of data `[chunk, ...]`, int32 numbers of the examples `[chunk]`) -> tensor
        `[chunk, ...]`.
      data: NumPy `[n, ...]`.
    """
    count = len(data)
    parts = []
    for first in range(0, max(count, 1), _CHUNK):
        numbers = np.arange(first, first + _CHUNK, dtype=np.int32)
        rows = _rows(data, numbers % max(count, 1))
        parts.append(function(tf.constant(rows), tf.constant(numbers)).numpy())
    return np.concatenate(parts)[:count]


def inputs(prior, classes, seeds, truncation, conditions):
    """What a generator takes for each seed: latents and conditions.

    Args:
      prior: function (count, seed) -> dict of latents, see `tfgan.priors`.
      classes: int, or None for a generator without labels.
      seeds: int32 `[n, 2]`.
      truncation: float32 `[n]`, where the prior's tails are cut, 0 for nowhere; or None.
      conditions: dict of tensors `[n, ...]`; int32 `label` is -1 where the sample draws its own,
        and without it each does.
    Returns: dict of tensors with n rows.
    """

    def draw(count, seed, *truncation):
        return dict(prior(count, rng.fold(seed, 0), *truncation))

    drawn = rng.per_example(draw, seeds, *_if_given(truncation))
    return drawn | _with_label(classes, seeds, conditions)


def class_conditional_inputs(prior, classes, seeds, truncation, conditions):
    """A prior's draw for each seed, from the class that is its label.

    Args: as of `inputs`; with classes, the prior has as many.
    Returns: dict of tensors with n rows; with classes, also int32 "label".
    """
    if not classes:
        return inputs(prior, None, seeds, truncation, {})
    conditions = _with_label(classes, seeds, conditions)

    def draw(count, seed, label, *truncation):
        return prior.conditional(label, rng.fold(seed, 0), *truncation)

    drawn = rng.per_example(draw, seeds, conditions["label"], *_if_given(truncation))
    return {**drawn, **conditions}


def in_training(prior, count, label, stream):
    """Draws of a prior for a step, of the class of each example whose label is known.

    Args:
      prior: see `tfgan.priors`.
      count: int or int32 scalar tensor.
      label: int32 `[count]`, -1 where it is not known; None for any class.
      stream: function purpose -> int32 `[2]` seed.
    Returns: dict of tensors with `count` rows.
    """
    if label is None:
        return prior(count, stream("prior"))
    free = rng.categorical(stream("class of the prior"), count, prior.classes)
    return prior.conditional(tf.where(label < 0, free, label), stream("prior"))


def _with_label(classes, seeds, conditions):
    """The conditions, with a label for each seed, if there are classes."""
    if not classes:
        return dict(conditions)
    drawn = rng.per_example(
        lambda count, seed: rng.categorical(rng.fold(seed, 1), count, classes), seeds
    )
    label = conditions.get("label")
    return {**conditions, "label": drawn if label is None else tf.where(label < 0, drawn, label)}


def _if_given(rows):
    return [] if rows is None else [rows]


def sample_arguments(model, count, truncation, conditions):
    """What a user asks of all samples, as what `GenerativeModel.draw` takes for each.

    Args:
      model: `GenerativeModel`.
      count: int.
      truncation: float or None.
      conditions: dict of values for all samples, or arrays `[count, ...]`; a label of None is
        drawn.
    Returns: dict of NumPy arrays `[count, ...]`, with int32 `label` if there are classes, -1 where
      it is drawn, and float32 `truncation` if the prior can be truncated.
    Raises: ValueError for a label or a truncation that cannot be, and for conditions that the model
      does not know or that are missing.
    """
    conditions = dict(conditions)
    label = check_label(conditions.pop("label", None), count, model.classes)
    if truncation is not None:
        check_truncation(model.prior, truncation)
    rows = _check_conditions(model.condition_specs, count, conditions)
    if model.classes:
        rows["label"] = np.full((count,), -1, np.int32) if label is None else label
    if truncation_range(model.prior):
        rows["truncation"] = np.full((count,), truncation or 0.0, np.float32)
    return rows


def _check_conditions(specs, count, conditions):
    """The conditions beside the label as arrays `[count, ...]`, of the generator's types."""
    if set(conditions) != set(specs):
        raise ValueError(
            f"The samples of this model take {', '.join(sorted(specs)) or 'no conditions'}; "
            f"received {', '.join(sorted(conditions)) or 'none'}."
        )
    rows = {}
    for name, spec in specs.items():
        value, shape = np.asarray(conditions[name]), tuple(spec.shape)
        if value.shape not in (shape, (count, *shape)):
            raise ValueError(
                f"{name} must have the shape {list(shape)}, for all samples, or "
                f"{[count, *shape]}; received {list(value.shape)}."
            )
        rows[name] = np.broadcast_to(value, (count, *shape)).astype(spec.dtype.as_numpy_dtype)
    return rows


def truncation_range(prior):
    """(low, high) of a prior's thresholds, low < t <= high; None where there are no tails."""
    return getattr(prior, "truncation_range", None)


def check_label(label, count, classes):
    """A label, or one for each sample, as int32 `[count]`; None stays None.

    Raises: ValueError for a label that the model does not know.
    """
    if label is None:
        return None
    if not classes:
        raise ValueError(f"label {label} was asked for, but the model takes no labels.")
    if np.shape(label) not in ((), (count,)):
        raise ValueError(
            f"label must be one class, or one for each of the {count} samples; received the shape "
            f"{list(np.shape(label))}."
        )
    labels = np.broadcast_to(np.asarray(label, np.int64), (count,))
    wrong = labels[(labels < 0) | (labels >= classes)]
    if wrong.size:
        raise ValueError(f"label must be 0 to {classes - 1}; received {wrong[0]}.")
    return labels.astype(np.int32)


def check_truncation(prior, truncation):
    """Raises ValueError for a truncation that the prior cannot have."""
    if prior is None:
        raise ValueError(
            f"truncation {truncation} was asked for, but the model has no prior whose tails could "
            "be cut."
        )
    prior.truncated(truncation)
