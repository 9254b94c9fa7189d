"""The classifier of a run's data, which predicts the labels of its samples."""

import dataclasses

import numpy as np

from tfgan.data import Source
from tfgan.data.labels import classes
from tfgan.extractors import Extractor, IdentityExtractor


@dataclasses.dataclass(frozen=True)
class Classifier:
    """An extractor with logits, called with raw data `[n, ...]`: int64 labels `[n]`.

    Attributes:
      extractor: `extractors.Extractor`.
      class_names: tuple of str, one per class.
    """

    extractor: Extractor
    class_names: tuple[str, ...]

    def __call__(self, data: np.ndarray) -> np.ndarray:
        return self.scores(data).argmax(axis=1)

    def scores(self, data: np.ndarray) -> np.ndarray:
        """The logits: float32 `[n, classes]`."""
        return self.extractor(data).logits

    def one_hot(self, data: np.ndarray) -> np.ndarray:
        """The labels as float64 `[n, classes]`."""
        return np.eye(len(self.class_names))[self(data)]

    def probe_target(self, data: np.ndarray) -> np.ndarray:
        """As `one_hot`, of data of two classes or more. Raises: ValueError for one class."""
        target = self.one_hot(data)
        if (target == target[:1]).all():
            name = self.class_names[int(target[0].argmax())]
            raise ValueError(
                f"A probe of labels needs samples of two classes or more; the classifier predicts "
                f"{name} for all {len(target):,}."
            )
        return target

    def number(self, name: str) -> int:
        """The number of a class. Raises: ValueError for an unknown name."""
        return classes.number(name, self.class_names)


def of(source: Source, extractor: Extractor | IdentityExtractor | None) -> Classifier:
    """The `Classifier` of an extractor, with the names of the source's classes if they match.

    Raises: ValueError for an extractor without logits, or None.
    """
    count = extractor.classes if isinstance(extractor, Extractor) else None
    if not isinstance(extractor, Extractor) or not count:
        raise ValueError(
            f"extractor must be a classifier, such as digits for MNIST, to label samples of "
            f"{source.name}; received {getattr(extractor, 'name', None)}."
        )
    names = source.spec.class_names
    return Classifier(extractor, names if len(names) == count else tuple(map(str, range(count))))
