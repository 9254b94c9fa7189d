"""Examples with a source that they are translated from: pairs, unpaired domains, computed ones."""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan.data import example_order, fingerprint
from tfgan.data.facts import Facts
from tfgan.data.sources.random_access import RandomAccessSource
from tfgan.data.sources.source import Source
from tfgan.data.spec import DataSpec

NAME = "source"  # the entry of a batch


def _spec(target, source, is_paired=True):
    return dataclasses.replace(target, conditions={NAME: source}, is_paired=is_paired)


def _shapes(spec):
    """The shapes of the source and of the data: str."""
    return f"{list(spec.conditions[NAME].shape)} to {list(spec.shape)}"


class Paired(RandomAccessSource):
    """Two sets of equally many examples, of which example i of both is a pair.

    Args:
      name: str, as of `Source`.
      target: `RandomAccessSource`, the `data` of the pairs.
      source: the same, the `source` of the pairs.
      held_out: `Paired` of other examples, or None.
    Raises: ValueError for other than equally many examples, and held-out pairs of another shape.
    """

    def __init__(self, name, target, source, held_out=None):
        if target.count != source.count:
            raise ValueError(
                f"{name} must have one source for each of the {target.count:,} targets; received "
                f"{source.count:,}."
            )
        spec = _spec(target.spec, source.spec)
        if held_out and _shapes(held_out.spec) != _shapes(spec):
            raise ValueError(
                f"{name} must have held-out pairs of the shapes of training, {_shapes(spec)}; "
                f"received {_shapes(held_out.spec)}."
            )
        super().__init__(name, spec, target.count, lambda: held_out)
        self._target, self._source = target, source
        self.facts, self.decisions = target.facts, target.decisions
        self.jpeg_share = target.jpeg_share

    @property
    def fingerprint(self):
        """Hex SHA-256 of both fingerprints."""
        return _fingerprint("pairs", self._target, self._source)

    def _take(self, numbers):
        return self._target._take(numbers) | {NAME: self._source._take(numbers)["data"]}


def without_held_out(name, target, source, is_held_out):
    """The training part of the pairs of two `ArraySource`s, with its `held_out`: `Paired`.

    Args:
      name, target, source: as of `Paired`.
      is_held_out: bool `[count]`, which pairs are held out.
    """
    rows, rest = np.flatnonzero(~is_held_out), np.flatnonzero(is_held_out)
    if not len(rest):
        return Paired(name, target, source)
    held_out = [
        each.part(rest, digest=fingerprint.of_held_out(each.fingerprint))
        for each in (target, source)
    ]
    return Paired(name, target.part(rows), source.part(rows), Paired(name, *held_out))


class Unpaired(Source):
    """Two domains whose examples do not belong together, in batches of examples of both.

    Each domain is read in its own order; an epoch has as many examples as the larger domain.

    Args:
      name: str, as of `Source`.
      target: `RandomAccessSource`, the domain of the `data`.
      source: `RandomAccessSource`, the domain of the `source`.
    """

    def __init__(self, name, target, source):
        spec = _spec(target.spec, source.spec, is_paired=False)
        super().__init__(name, spec, max(target.count, source.count), self._open_both)
        self._target, self._source = target, source
        self.facts, self.decisions = target.facts, target.decisions
        self.jpeg_share = target.jpeg_share

    @property
    def fingerprint(self):
        """Hex SHA-256 of both fingerprints."""
        return _fingerprint("unpaired", self._target, self._source)

    def distinct(self, entry):
        return (self._source if entry == NAME else self._target).count

    def _open_both(self):
        parts = self._target.held_out, self._source.held_out
        return Unpaired(self.name, *parts) if all(parts) else None

    def _check(self, batch_size, start, worker):
        for domain in (self._target, self._source):
            domain._check(batch_size, start, worker)

    def _batches(self, part, seed, start):
        target = self._target._batches(part, seed, start)
        own_seed = int(example_order.generator(seed, "order of sources").integers(2**63))
        source = self._source._batches(part, own_seed, start)
        return tf.data.Dataset.zip(target, source).map(_join)

    def _examples(self, batch_size, start):
        domains = (self._target, self._source)
        orders = [example_order.of_examples(domain.count) for domain in domains]
        orders = [np.resize(order, self.count) for order in orders]  # the smaller one, repeated
        for first in range(start, self.count, batch_size):
            yield _join(
                *(
                    domain._take(order[first : first + batch_size])
                    for domain, order in zip(domains, orders, strict=True)
                )
            )


class Swapped(Source):
    """Another source in the other direction: its sources are the data, and its data the sources.

    Labels stay those of a pair; of unpaired domains they are left out. The extractor of the facts
    is left out as well, because it was made for what is now the source.

    Args:
      source: `Source` with a condition `source`.
    Raises: ValueError for a source without one.
    """

    def __init__(self, source):
        if NAME not in source.spec.conditions:
            raise ValueError(
                f"direction is for pairs and unpaired domains; {source.name} has no sources to "
                "translate from."
            )
        spec, self._has_labels = source.spec, source.spec.is_paired
        labels = (spec.classes, spec.class_names) if self._has_labels else (None, ())
        target, condition = spec.conditions[NAME], DataSpec(spec.shape, spec.modality)
        target = DataSpec(target.shape, target.modality, *labels)
        spec = _spec(target, condition, spec.is_paired)
        super().__init__(source.name, spec, source.count, self._swap_held_out)
        self._source = source
        self.decisions, self.left_out = source.decisions, source.left_out
        self.facts = Facts(mask_of=source.facts.mask_of)

    @property
    def fingerprint(self):
        """Hex SHA-256 of the fingerprint in the other direction."""
        return fingerprint.of_json({"swapped": self._source.fingerprint})

    def distinct(self, entry):
        return self._source.distinct({"data": NAME, NAME: "data"}[entry])

    def _swap_held_out(self):
        return self._source.held_out and Swapped(self._source.held_out)

    def _swap(self, batch):
        labels = {"label": batch["label"]} if self._has_labels and "label" in batch else {}
        return {"data": batch[NAME], NAME: batch["data"], **labels}

    def _batches(self, part, seed, start):
        return self._source._batches(part, seed, start).map(self._swap)

    def _examples(self, batch_size, start):
        yield from map(self._swap, self._source._examples(batch_size, start))


def _join(target, source):
    return {**target, NAME: source["data"]}


def _fingerprint(kind, target, source):
    return fingerprint.of_json({kind: [target.fingerprint, source.fingerprint]})
