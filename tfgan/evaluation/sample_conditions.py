"""The conditions of samples, where a model needs more than a label, such as an image to translate.

They are those of held-out examples in their fixed order; of training examples without any held out.
"""

import numpy as np


def origin(source):
    """The `data.Source` whose examples give the conditions, from that of training."""
    return source.held_out or source


def names(model, spec):
    """The conditions that a `GenerativeModel` needs and examples of a `DataSpec` have: list."""
    return [name for name in model.condition_specs if name in spec.conditions]


def count(source, conditions):
    """How many different examples of a `data.Source` have such conditions, list of names: int."""
    return min(source.distinct(name) for name in conditions)


def first(source, model, most):
    """The conditions and targets of the first examples, for pictures that are always of the same.

    Args:
      source: `data.Source` of the training data, or None.
      model: `GenerativeModel`.
      most: int, examples.
    Returns: see `take`; ({}, None) for a model without such conditions.
    """
    conditions = names(model, source.spec) if source else []
    if not conditions:
        return {}, None
    examples = origin(source)
    return take(examples, conditions, range(min(most, count(examples, conditions))))


def take(source, conditions, indices):
    """The conditions of some examples, and of pairs their target.

    Args:
      source: `data.Source`, see `origin`.
      conditions: list of str, see `names`.
      indices: int `[n]`, positions in the fixed order, which begins again after the last example.
    Returns: (dict of raw arrays `[n, ...]`, raw target `[n, ...]` or None).
    """
    indices = np.asarray(indices, np.int64) % count(source, conditions)
    entries = examples_at(source, indices, ["data", *conditions])
    target = entries.pop("data")
    return entries, target if source.spec.is_paired else None


def examples_at(source, indices, entries=("data",)):
    """Entries of examples of a `data.Source` by their positions: dict of raw arrays `[n, ...]`.

    Args:
      indices: int `[n]`, in any order.
      entries: sequence of str, of the batches.
    """
    places, start, parts = np.unique(indices), 0, []
    for batch in source.examples(int(places.max(initial=0)) + 1):
        inside = places[(places >= start) & (places < start + len(batch["data"]))] - start
        parts.append([batch[name][inside] for name in entries])
        start += len(batch["data"])
    order = np.searchsorted(places, indices)
    columns = zip(entries, zip(*parts, strict=True), strict=True)
    return {name: np.concatenate(rows)[order] for name, rows in columns}


def draw(model, source, conditions, total, batch_size, **options):
    """Samples of a model, each under the conditions of one example: yields dict batches in NumPy.

    Args:
      model, source, conditions: `GenerativeModel`, and see `take`.
      total: int, samples; at most `count`.
      batch_size: int, samples drawn together.
      **options: of the model's `sample`.
    Yields: the samples with their conditions; of pairs also the example's data as `target`, and its
      `label`.
    """
    start, is_paired = 0, source.spec.is_paired
    has_labels = is_paired and source.spec.classes
    for batch in source.examples(total, batch_size=batch_size):
        rows = {name: batch[name] for name in conditions}
        of_pair = {"target": batch["data"]} if is_paired else {}
        of_pair |= {"label": batch["label"]} if has_labels else {}
        label = {"label": batch["label"]} if has_labels and model.classes else {}
        number = len(batch["data"])
        yield rows | of_pair | model.sample(number, start=start, **rows, **(label | options))
        start += number
