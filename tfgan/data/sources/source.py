"""The base of every source of examples."""

import abc
import functools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from tfgan import memory
from tfgan.data import augmentation, example_order
from tfgan.data.facts import Facts
from tfgan.data.spec import DataSpec

_FLOAT_BYTES = 4  # per number of a network input


class Source(abc.ABC):
    """Examples that can be read as an endless, reproducible sequence of batches.

    Attributes:
      name: str, what `--data` was, such as "images:/data/faces".
      spec: `DataSpec`, the form of one example.
      count: int, how many examples an epoch has.
      fingerprint: str, hex SHA-256 of the content; each source says what it covers.
      held_out: `Source` of real examples that `batches` never gives, or None if there are none.
      decisions: dict that JSON can hold, what was decided by looking at the data, see
        `reading_rules`; empty for nothing.
      jpeg_share: float in 0 .. 1, the fraction of the examples that were JPEG files, which have
        lost detail; None where it is unknown.
      left_out: int, examples that could not be read and are left out.
      facts: `Facts`, what is known about the dataset as a whole.

    Args:
      open_held_out: function () -> `Source`, called when `held_out` is first asked for.
    """

    decisions: Mapping[str, Any] = {}  # noqa: RUF012  # never changed in place
    jpeg_share: float | None = None
    left_out: int = 0
    facts: Facts = Facts()

    def __init__(
        self,
        name: str,
        spec: DataSpec,
        count: int,
        open_held_out: Callable[[], "Source | None"] | None = None,
    ) -> None:
        self.name = name
        self.spec = spec
        self.count = count
        self._open_held_out = open_held_out

    @functools.cached_property
    def held_out(self) -> "Source | None":
        """The `Source` of the held-out examples, or None."""
        return self._open_held_out() if self._open_held_out else None

    @property
    @abc.abstractmethod
    def fingerprint(self) -> str:
        """Hex SHA-256 of the content."""

    def batches(
        self,
        batch_size: int,
        *,
        seed: int,
        start: int = 0,
        flip: bool = False,
        jitter: bool = False,
        worker: tuple[int, int] = (0, 1),
    ) -> tf.data.Dataset:
        """An endless dataset of batches; batch n depends on (seed, n) alone.

        Each epoch is a permutation of all examples. Batches run over the end of an epoch, so that
        no example is dropped.

        Args:
          batch_size: int, examples in a batch, at most `count`.
          seed: int, the seed of the order.
          start: int, the first batch; start=n continues a run that has read n batches.
          flip: bool, mirror a random half of the images left to right, a new half each epoch.
          jitter: bool, move each image by a few pixels, see `augmentation.with_views`.
          worker: (w, n), the w-th of n equal slices of each batch, which is their concatenation.
        Returns: `tf.data.Dataset` of dicts: `data`, `[size, *spec.raw_shape]` of `spec.dtype`;
          `label`, int32 `[size]`, if there are labels; the conditions of the spec, likewise raw;
          size is batch_size / n.
        Raises: ValueError for a batch size outside 1 .. count, not a multiple of n or too large for
          memory, a worker out of range, a negative start, or views of data other than images.
        """
        self._check(batch_size, start, worker)
        self._check_views({"flip": flip, "jitter": jitter})
        part = example_order.worker_slice(batch_size, *worker)
        batches = self._batches(part, seed, start)
        if flip or jitter:
            views = {"flip": flip, "jitter": jitter}
            batches = augmentation.with_views(batches, self.spec, part, seed, start, **views)
        return batches.prefetch(tf.data.AUTOTUNE).with_options(_untuned())

    def examples(
        self, count: int | None = None, *, batch_size: int = 512, start: int = 0
    ) -> Iterator[dict[str, np.ndarray]]:
        """The first `count` examples of one fixed random order, each once.

        Args:
          count: int, how many; None, or more than there are, for all.
          batch_size: int, examples read together; it has no other effect.
          start: int in 0 .. `self.count`, the examples of the order to skip first.
        Yields: dict batches of NumPy arrays, as `batches` gives them; the last may be smaller.
        """
        left = self.count - start
        left = left if count is None else min(count, left)
        batches = self._examples(batch_size, start)
        while left > 0:
            batch = next(batches)
            yield {name: rows[:left] for name, rows in batch.items()}
            left -= len(batch["data"])

    def distinct(self, entry: str) -> int:
        """How many examples of an entry of the batches `examples` gives before one is repeated."""
        del entry
        return self.count

    @abc.abstractmethod
    def _examples(self, batch_size: int, start: int) -> Iterator[dict[str, np.ndarray]]:
        """Yields NumPy batches of one fixed random order from the example `start`, each once."""

    @abc.abstractmethod
    def _batches(self, part: example_order.BatchSlice, seed: int, start: int) -> tf.data.Dataset:
        """The `example_order.BatchSlice` of the batches, neither mirrored nor prefetched."""

    def _check(self, batch_size: int, start: int, worker: tuple[int, int]) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1; received {batch_size}.")
        if batch_size > self.count:
            raise ValueError(
                f"batch_size {batch_size} is larger than the number of examples of {self.name}, "
                f"{self.count:,}."
            )
        index, workers = worker
        if not 0 <= index < workers:
            raise ValueError(f"worker must be (w, n) with 0 <= w < n; received {worker}.")
        if batch_size % workers:
            raise ValueError(
                f"batch_size must be a multiple of the {workers} workers; received {batch_size}."
            )
        if start < 0:
            raise ValueError(f"start must be a batch number from 0; received {start}.")
        spec = self.spec
        bytes_of_all = [
            each.raw_bytes + _FLOAT_BYTES * math.prod(each.shape)
            for each in (spec, *spec.conditions.values())
        ]
        memory.require(
            batch_size // workers * sum(bytes_of_all),
            f"A batch of {batch_size} {spec.modality.kind} of {list(spec.shape)}",
            advice="choose a smaller batch_size or image_size",
        )

    def _check_views(self, views: Mapping[str, bool]) -> None:
        kinds = {each.modality.kind for each in (self.spec, *self.spec.conditions.values())}
        if other := kinds - {"images", "masks"}:
            for view in (name for name, is_on in views.items() if is_on):
                raise ValueError(f"{view} is for images; {self.name} holds {min(other)}.")


def _untuned() -> tf.data.Options:
    """Without the thread that tunes buffers: it gains nothing here, and ending it can take 3 s."""
    options = tf.data.Options()
    options.autotune.enabled = False
    return options
