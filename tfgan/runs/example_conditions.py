"""The conditions of a run's samples that are those of its held-out examples, in their order."""

import functools
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from tfgan.data import DataSpec, Source
from tfgan.evaluation import sample_conditions
from tfgan.models import GenerativeModel

_PICTURES = 24  # translations in a picture at most


class ExampleConditions:
    """Conditions for samples without conditions of their own.

    Args:
      model: `models.GenerativeModel`.
      spec: `data.DataSpec` of its training data.
      open_data: function () -> `data.Source` of the training data, called when they are needed.
    """

    def __init__(
        self, model: GenerativeModel, spec: DataSpec, open_data: Callable[[], Source]
    ) -> None:
        self._names = sample_conditions.names(model, spec)
        self._open = open_data

    def are_needed(self, known: Iterable[str] = ()) -> bool:
        """Whether samples need more conditions than those with the `known` names."""
        return not set(self._names) <= set(known)

    def take(
        self, indices: Sequence[int], known: Iterable[str] = ()
    ) -> tuple[dict[str, np.ndarray], np.ndarray | None]:
        """See `sample_conditions.take`; ({}, None) if no more than the known ones are needed.

        Raises: ValueError for data that cannot be read.
        """
        if not self.are_needed(known):
            return {}, None
        return sample_conditions.take(self._examples, self._names, indices)

    @property
    def pictured(self) -> int:
        """How many different ones a picture shows; ValueError for data that cannot be read."""
        return min(_PICTURES, sample_conditions.count(self._examples, self._names))

    @functools.cached_property
    def _examples(self) -> Source:
        return sample_conditions.origin(self._open())
