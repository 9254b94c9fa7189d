"""Do conditional samples show their label, and can a classifier learn from them?

>>> from tfgan import metrics
>>> metrics.label_accuracy([0, 1, 1], [0, 1, 0], classes=2).per_class.tolist()
[0.5, 1.0]
"""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class LabelAccuracy:
    """How often a classifier predicts the label of the condition.

    Attributes:
      accuracy: float in 0..1.
      per_class: float64 `[classes]`, by the condition; NaN for one without samples.
      confusion: int64 `[classes, classes]`, rows conditions, columns predictions.
    """

    accuracy: float
    per_class: np.ndarray
    confusion: np.ndarray


@dataclasses.dataclass(frozen=True)
class ClassificationAccuracyScore:
    """The accuracy on held-out real data of a classifier trained on samples alone.

    Attributes:
      accuracy: float in 0..1.
      real_accuracy: float, of the same classifier trained on the real training data.
      per_class: float64 `[classes]`, `accuracy` by class; NaN for a class without test data.
    """

    accuracy: float
    real_accuracy: float
    per_class: np.ndarray


def label_accuracy(predicted, condition, classes):
    """The fraction of samples whose predicted label is that of the condition: LabelAccuracy.

    Args:
      predicted: int `[count]`, the predictions of a classifier.
      condition: int `[count]`, the labels that the samples were generated for.
      classes: int; labels are 0 .. classes - 1.
    """
    predicted = check_labels("predicted", predicted, classes)
    condition = check_labels("condition", condition, classes)
    if len(predicted) != len(condition):
        raise ValueError(
            f"predicted and condition must have equal counts; received {len(predicted)} and "
            f"{len(condition)}."
        )
    confusion = np.bincount(condition * classes + predicted, minlength=classes**2).reshape(
        classes, -1
    )
    counts = confusion.sum(axis=1)
    per_class = np.where(counts > 0, np.diag(confusion) / np.maximum(counts, 1), np.nan)
    return LabelAccuracy(float(np.mean(predicted == condition)), per_class, confusion)


def classification_accuracy_score(fit, fake, real, test, classes):
    """Trains a classifier on samples, another on real data, and tests both on new real data.

    Args:
      fit: function (data, label) -> function, data -> int labels `[count]`.
      fake: (data, label) of samples, as many as `real` has for a fair comparison.
      real: (data, label) of training examples.
      test: (data, label) of held-out examples.
      classes: int.
    Returns: ClassificationAccuracyScore.
    Source: Ravuri & Vinyals 2019, https://arxiv.org/abs/1905.10887, section 3.
    """
    for name, (_, label) in {"fake": fake, "real": real, "test": test}.items():
        check_labels(f"the labels of {name}", label, classes)
    ours, theirs = (label_accuracy(fit(*side)(test[0]), test[1], classes) for side in (fake, real))
    return ClassificationAccuracyScore(ours.accuracy, theirs.accuracy, ours.per_class)


def check_labels(name, label, classes):
    """Checks labels: int64 `[count]` in 0 .. classes - 1; ValueError names the first wrong row."""
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
