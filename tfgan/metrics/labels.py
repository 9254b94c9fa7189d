"""Do samples show the label they were asked for, and can a classifier learn from them?"""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class LabelAccuracy:
    """How often a classifier sees the label that was asked for.

    Attributes:
      accuracy: float in 0..1.
      per_class: float64 `[classes]`, by the label asked for; NaN for one that never was.
      confusion: int64 `[classes, classes]`, rows asked for, columns seen.
    """

    accuracy: float
    per_class: np.ndarray
    confusion: np.ndarray


@dataclasses.dataclass(frozen=True)
class ClassificationAccuracyScore:
    """The accuracy on held-out real data of a classifier that has learned from samples alone.

    Attributes:
      accuracy: float in 0..1.
      real_accuracy: float, of the same classifier after the real training data.
      per_class: float64 `[classes]`, `accuracy` by class; NaN for a class without test data.
    """

    accuracy: float
    real_accuracy: float
    per_class: np.ndarray


def label_accuracy(predicted, wanted, classes):
    """The share of samples in which a classifier sees the label asked for.

    Args:
      predicted: int `[count]`, what a classifier sees.
      wanted: int `[count]`, what was asked for.
      classes: int; labels are 0 .. classes - 1.
    Returns: LabelAccuracy.
    Raises: ValueError for other shapes, no samples, or labels out of range.
    """
    predicted = check_labels("predicted", predicted, classes)
    wanted = check_labels("wanted", wanted, classes)
    if len(predicted) != len(wanted):
        raise ValueError(
            f"predicted and wanted must be equally many; received {len(predicted)} and "
            f"{len(wanted)}."
        )
    confusion = np.bincount(wanted * classes + predicted, minlength=classes**2)
    confusion = confusion.reshape(classes, classes)
    asked = confusion.sum(axis=1)
    per_class = np.where(asked > 0, np.diag(confusion) / np.maximum(asked, 1), np.nan)
    return LabelAccuracy(float(np.mean(predicted == wanted)), per_class, confusion)


def classification_accuracy_score(fit, fake, real, test, classes):
    """Trains a classifier on samples, and another on real data, and tests both on new real data.

    Args:
      fit: function (data, label) -> function, data -> int labels `[count]`.
      fake: (data, label) of samples, as many as of `real` make the two comparable.
      real: (data, label) of training examples.
      test: (data, label) of held-out examples.
      classes: int.
    Returns: ClassificationAccuracyScore.
    Raises: ValueError for labels out of range.
    Source: Ravuri & Vinyals 2019, https://arxiv.org/abs/1905.10887, section 3.
    """
    for name, (_, label) in (("fake", fake), ("real", real), ("test", test)):
        check_labels(f"the labels of {name}", label, classes)
    ours, theirs = (label_accuracy(fit(*side)(test[0]), test[1], classes) for side in (fake, real))
    return ClassificationAccuracyScore(ours.accuracy, theirs.accuracy, ours.per_class)


def check_labels(name, label, classes):
    """Checks labels: int64 `[count]` in 0 .. classes - 1.

    Raises: ValueError, naming the first row that is out of range.
    """
    label = np.asarray(label)
    if label.ndim != 1 or label.dtype.kind not in "iu" or len(label) == 0:
        raise ValueError(
            f"{name} must be integers [count]; received {label.dtype.name} {list(label.shape)}."
        )
    wrong = np.flatnonzero((label < 0) | (label >= classes))
    if wrong.size:
        raise ValueError(
            f"{name} must be 0 to {classes - 1}; row {wrong[0]} holds {label[wrong[0]]}."
        )
    return label.astype(np.int64)
