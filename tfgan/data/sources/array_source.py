"""Examples in an array, in memory or in a memory-mapped file."""

import copy
import functools

import numpy as np

from tfgan import modalities
from tfgan.data import fingerprint
from tfgan.data.sources.random_access import RandomAccessSource
from tfgan.data.spec import DataSpec


class ArraySource(RandomAccessSource):
    """Rows of an array.

    >>> source = ArraySource("points", np.zeros((20, 2), np.float32), np.arange(20) % 2)
    >>> source.count, source.spec.class_names
    (20, ('0', '1'))

    Attributes:
      data: `[n, *spec.raw_shape]` of `spec.dtype`, such as uint8 images; never copied.
      label: int32 `[n]`, or None.
      rows: int64 `[count]`, the rows of them that are this source's examples: all, unless it is a
        `part`.

    Args:
      name: str, how messages call the source.
      data: such an array, or a `np.memmap` of one.
      label: integers `[count]`, or None.
      class_names: sequence of str, one per class; by default the numbers up to the largest label.
      digest: str, the fingerprint if it is known; by default that of the arrays.
      open_held_out: function () -> `Source`, the examples kept from training.
      modality: `Modality`; None for images, videos and points, which the arrays' form implies.
    Raises: ValueError for no examples, another type or shape, and labels out of range.
    """

    def __init__(
        self, name, data, label=None, class_names=None, digest=None, open_held_out=None,
        *, modality=None, facts=None,
    ):  # fmt: skip
        modality = modality or modalities.of_arrays(name, data.shape[1:], data.dtype.name)
        if data.dtype.name != modality.dtype:
            raise ValueError(
                f"{name} must hold {modality.describe_arrays()}; received {data.dtype.name} "
                f"{list(data.shape)}."
            )
        if len(data) == 0:
            raise ValueError(f"{name} holds no examples.")
        if label is None:
            class_names = ()
        else:
            label = np.asarray(label)
            _check_label(name, label, len(data), class_names)
            if class_names is None:
                class_names = [str(value) for value in range(int(label.max()) + 1)]
            label = label.astype(np.int32)
        classes = len(class_names) or None
        spec = DataSpec(modality.shape(data.shape[1:]), modality, classes, tuple(class_names))
        super().__init__(name, spec, len(data), open_held_out)
        self.facts = facts or self.facts
        self.data = data
        self.label = label
        self.rows = np.arange(len(data))
        self._digest = digest

    def part(self, rows, open_held_out=None, digest=None, decisions=None):
        """A source of some rows, int64 `[count]`; fingerprint and decisions by default the same."""
        part = copy.copy(self)
        part.rows, part.count = rows, len(rows)
        part._open_held_out = open_held_out
        part.__dict__.pop("held_out", None)
        if decisions is not None:
            part.decisions = decisions
        if digest:
            part._digest = digest
            part.__dict__.pop("fingerprint", None)
        return part

    @functools.cached_property
    def fingerprint(self):
        """Hex SHA-256 of all data and labels (above 4 GiB: of 64 rows), if no other is known."""
        return self._digest or fingerprint.of_arrays(data=self.data, label=self.label)

    def _take(self, numbers):
        rows = self.rows[numbers]
        arrays = {"data": self.data} | ({} if self.label is None else {"label": self.label})
        return {name: np.take(array, rows, axis=0) for name, array in arrays.items()}


def _check_label(name, label, count, class_names):
    if label.dtype.kind not in "iu":
        raise ValueError(f"The labels of {name} must be integers; received {label.dtype.name}.")
    if label.shape != (count,):
        raise ValueError(
            f"{name} must hold one label per example, [{count}]; received {list(label.shape)}."
        )
    bound = len(class_names) if class_names is not None else np.iinfo(np.int32).max
    wrong = np.flatnonzero((label < 0) | (label >= bound))
    if wrong.size:
        allowed = f"in 0..{bound - 1}" if class_names is not None else "0 or more"
        raise ValueError(
            f"The labels of {name} must be {allowed}; row {wrong[0]} has {label[wrong[0]]}."
        )
