"""Samples by number: sample i of a seed does not depend on how many are drawn."""

import math

import numpy as np
import tensorflow as tf

from tfgan import priors, rng
from tfgan.models import argument_checks
from tfgan.parameters import arguments

_LAST = 2**31 - 1000  # sample, whose number has 32 bits
_VALUES = 2**18  # numbers of a pass: more take no less time, and more memory
_BATCH_SIZE = 100  # of every pass, so that no row depends on the number of rows


def stream(seed):
    """The stream into which the numbers of samples are folded: int32 `[..., 2]`, see `rng`."""
    return rng.stream(seed, 0, "sample")


def sample_in_batches(draw, size, count, start, arguments):
    """Samples start .. start + count - 1, in passes of one fixed size.

    The rounding of a row may depend on the number of rows and its index; sample i is always at
    index i mod `size`.

    Args:
      draw: function (int32 indices `[size]`, dict of tensors `[size]`) -> dict batch.
      size, count, start: int.
      arguments: dict of NumPy arrays `[count, ...]`.
    Returns: dict batch of NumPy arrays `[count, ...]`, also for a count of 0.
    """
    first = start // size * size
    parts = []
    for at in range(first, start + max(count, 1), size):
        indices = np.arange(at, at + size, dtype=np.int32)
        rows = {name: tf.constant(_rows(x, indices - start)) for name, x in arguments.items()}
        parts.append(draw(tf.constant(indices), rows))
    samples = slice(start - first, start - first + count)
    return {
        name: np.concatenate([part[name].numpy() for part in parts])[samples] for name in parts[0]
    }


def pass_size(shape):
    """The samples of a pass, a power of 2: many small ones, and 16 large ones, see `_VALUES`.

    >>> pass_size((28, 28, 1)), pass_size((256, 256, 3))
    (256, 16)
    """
    rows = _VALUES // max(math.prod(shape), 1)
    return 2 ** (max(16, min(rows, 256)).bit_length() - 1)


def _rows(values, indices):
    """Rows of `[n, ...]`; indices outside of 0 .. n - 1 give the first or the last row."""
    if not len(values):
        return np.zeros((len(indices), *values.shape[1:]), values.dtype)
    return values[np.clip(indices, 0, len(values) - 1)]


def map_in_batches(function, data, size=_BATCH_SIZE):
    """A function of each example, in passes of one fixed size: NumPy `[n, ...]`.

    Args:
      function: (rows of data `[size, ...]`, int32 indices `[size]`) -> tensor `[size, ...]`.
      data: NumPy `[n, ...]`, or a dict of such arrays.
      size: int, the examples of a pass.
    """
    count = len(tf.nest.flatten(data)[0])
    parts = []
    for first in range(0, max(count, 1), size):
        indices = np.arange(first, first + size, dtype=np.int32)
        wrapped = indices % max(count, 1)
        rows = tf.nest.map_structure(lambda x, at=wrapped: tf.constant(_rows(x, at)), data)
        parts.append(function(rows, tf.constant(indices)).numpy())
    return np.concatenate(parts)[:count]


def generate(model, inputs):
    """The data that the generator of a model computes from latents, see `runs.Run.generate`."""
    network = model.sampling_network()
    if network is None:
        raise ValueError(f"{type(model).__name__} makes data in more than one pass: use sample.")
    arrays = argument_checks.network_inputs(network, inputs, model.classes)
    data = tf.constant(generate_in_batches(network, arrays))
    return np.asarray(model.modality.to_raw(data))


def generate_in_batches(network, inputs):
    """The outputs of a network, in passes of one fixed size: float32 NumPy `[n, ...]`.

    Args:
      network: functional `keras.Model` with named inputs.
      inputs: dict of NumPy arrays `[n, ...]`; those that the network does not declare are ignored.
    """

    def generate(rows, _):
        return tf.cast(network(rows, training=False), tf.float32)

    declared = {tensor.name: np.asarray(inputs[tensor.name]) for tensor in network.inputs}
    return map_in_batches(generate, declared)


def generator_inputs(prior, classes, seeds, truncation, conditions):
    """Latents and conditions, one row per seed.

    Args:
      prior: function (count, seed) -> dict of latents, see `tfgan.priors`; None without latents.
      classes: int, or None for a generator without labels.
      seeds: int32 `[n, 2]`.
      truncation: float32 `[n]`, the threshold of the prior, 0 to draw all of it; or None.
      conditions: dict of tensors `[n, ...]`; int32 `label` is drawn where it is -1 or missing.
    Returns: dict of tensors `[n, ...]`.
    """

    if prior is None:
        return _with_label(classes, seeds, conditions)

    def draw(count, seed, *truncation):
        return dict(prior(count, rng.fold(seed, 0), *truncation))

    latents = _draws(prior, draw, seeds, *_as_arguments(truncation))
    return latents | _with_label(classes, seeds, conditions)


def _draws(prior, draw, seeds, *inputs):
    """The rows of a draw with one seed each; in a loop for priors that may need one seed alone."""
    if priors.take_row_seeds(prior):
        return draw(rng.count(seeds), seeds, *inputs)
    return rng.per_example(draw, seeds, *inputs)


def class_conditional_inputs(prior, classes, seeds, truncation, conditions):
    """As `generator_inputs`, with latents from the class of the prior that is the label."""
    if not classes:
        return generator_inputs(prior, None, seeds, truncation, {})
    conditions = _with_label(classes, seeds, conditions)

    def draw(count, seed, label, *truncation):
        del count
        return prior.conditional(label, rng.fold(seed, 0), *truncation)

    latents = _draws(prior, draw, seeds, conditions["label"], *_as_arguments(truncation))
    return {**latents, **conditions}


def training_latents(prior, count, label, stream):
    """Draws of a prior for a training step, from the classes of labeled examples.

    Args:
      prior: see `tfgan.priors`.
      count: int or int32 scalar tensor.
      label: int32 `[count]`, -1 for an unlabeled example; None for any class.
      stream: function purpose -> int32 `[2]` seed.
    Returns: dict of tensors `[count, ...]`.
    """
    if label is None:
        return prior(count, stream("prior"))
    random_label = rng.categorical(stream("class of the prior"), count, prior.classes)
    return prior.conditional(tf.where(label < 0, random_label, label), stream("prior"))


def _with_label(classes, seeds, conditions):
    if not classes:
        return dict(conditions)
    random_label = rng.categorical(rng.fold(seeds, 1), rng.count(seeds), classes)
    label = conditions.get("label")
    if label is not None:
        random_label = tf.where(label < 0, random_label, label)
    return {**conditions, "label": random_label}


def _as_arguments(truncation):
    return [] if truncation is None else [truncation]


def sample_arguments(model, count, truncation, conditions):
    """The arguments of `GenerativeModel.sample` as those of `draw`, one row per sample.

    Args:
      model: `GenerativeModel`.
      count: int.
      truncation: float or None.
      conditions: dict of values for all samples, or arrays `[count, ...]`; a label of None is
        drawn.
    Returns: dict of NumPy arrays `[count, ...]`, with int32 `label` if there are classes, -1 where
      it is drawn, and float32 `truncation` if the prior can be truncated.
    Raises: ValueError for values out of range, and unknown or missing conditions.
    """
    conditions, count = dict(conditions), arguments.whole("count", count, 0)
    label = check_label(conditions.pop("label", None), count, model.classes)
    if truncation is not None:
        if model.prior is None:
            raise ValueError(
                "truncation must be None, as the model has no prior whose tails could be cut; "
                f"received {truncation}."
            )
        truncation = arguments.number("truncation", truncation)
        model.prior.truncated(truncation)  # raises for a threshold out of range
    rows = _check_conditions(model.condition_specs, count, conditions)
    if model.classes:
        rows["label"] = np.full((count,), -1, np.int32) if label is None else label
    if truncation_range(model.prior):
        rows["truncation"] = np.full((count,), truncation or 0.0, np.float32)
    return rows


def latents(model, count, *, seed=0, start=0, truncation=None, **conditions):
    """What the generator reads for samples start .. start + count - 1, see `sample`.

    Args:
      model: `GenerativeModel` with a prior; the others as in `GenerativeModel.sample`.
    Returns: dict of NumPy arrays `[count, ...]` by name: latents, and the conditions.
    """
    seed, start = check_numbers(seed, start, count)
    rows = sample_arguments(model, count, truncation, conditions)
    of_seed = stream(seed)

    def draw(indices, rows):
        return model.latents(rng.fold(of_seed, indices), **rows)

    return sample_in_batches(draw, model.sample_batch_size, count, start, rows)


def check_numbers(seed, start, count):
    """(seed, start) of samples as ints; raises ValueError for other values, and of `count`."""
    count = arguments.whole("count", count, 0)
    start = arguments.whole("start", start, 0)
    if start + count > _LAST:
        raise ValueError(
            f"start + count must be {_LAST:,} at most; received {start:,} + {count:,}."
        )
    return arguments.seed("seed", seed), start


def _check_conditions(specs, count, conditions):
    """The conditions other than the label as arrays `[count, ...]`, of the generator's types."""
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
    """(low, high) of a prior's thresholds, low < t <= high; None for a prior without tails."""
    return getattr(prior, "truncation_range", None)


def check_label(label, count, classes):
    """One label, or one per sample, as int32 `[count]`; None stays None.

    Raises: ValueError for a label that is not a whole number or out of range, and a model without
      labels.
    """
    if label is None:
        return None
    if not classes:
        raise ValueError(f"label must be None, as the model takes no labels; received {label}.")
    if np.shape(label) not in ((), (count,)):
        raise ValueError(
            f"label must be one class, or one for each of the {count} samples; received the shape "
            f"{list(np.shape(label))}."
        )
    values = np.asarray(label)
    if values.size and values.dtype.kind not in "iu":
        wrong = values.ravel().tolist()[0]
        raise ValueError(f"label must be a whole number, 0 to {classes - 1}; received {wrong!r}.")
    labels = np.broadcast_to(values.astype(np.int64), (count,))
    wrong = labels[(labels < 0) | (labels >= classes)]
    if wrong.size:
        raise ValueError(f"label must be 0 to {classes - 1}; received {wrong[0]}.")
    return labels.astype(np.int32)
