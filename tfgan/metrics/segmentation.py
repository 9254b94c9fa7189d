"""How well predicted masks agree with the true ones.

>>> from tfgan import metrics
>>> confusion = metrics.mask_confusion([[0, 1], [1, 1]], [[0, 0], [1, 1]], classes=2)
>>> confusion.tolist()
[[1, 1], [0, 2]]
>>> metrics.segmentation_scores(confusion).pixel_accuracy
0.75
"""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class Segmentation:
    """Scores of masks, each in 0..1, of all pixels of a set together.

    Attributes:
      pixel_accuracy: float, the fraction of pixels with the true class.
      class_accuracy: float, the mean fraction over the classes of the true masks.
      mean_iou: float, the mean of `iou` over the classes that occur.
      iou: float64 `[classes]`, the intersection over the union of predicted and true pixels; NaN
        for a class that occurs in neither.
    """

    pixel_accuracy: float
    class_accuracy: float
    mean_iou: float
    iou: np.ndarray


def mask_confusion(predicted, true, classes):
    """Counts pixels: int64 `[classes, classes]`, rows true classes, columns predicted ones.

    Args:
      predicted: integers of any shape, the predicted classes of pixels.
      true: the same shape, their true classes.
      classes: int; classes are 0 .. classes - 1.
    Raises: ValueError for two shapes, no pixels, and classes out of range.
    """
    predicted, true = np.asarray(predicted), np.asarray(true)
    if predicted.shape != true.shape or not predicted.size:
        raise ValueError(
            f"predicted and true must be masks of one shape; received {list(predicted.shape)} and "
            f"{list(true.shape)}."
        )
    for name, mask in {"predicted": predicted, "true": true}.items():
        if mask.dtype.kind not in "iu" or mask.min() < 0 or mask.max() >= classes:
            raise ValueError(
                f"{name} must be integers, 0 to {classes - 1}; received {mask.min()} to "
                f"{mask.max()} of type {mask.dtype.name}."
            )
    cells = true.astype(np.int64).reshape(-1) * classes + predicted.reshape(-1)
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def segmentation_scores(confusion):
    """The scores of a matrix of `mask_confusion`: Segmentation.

    Source: Long et al. 2015, https://arxiv.org/abs/1411.4038, section 5; means are over the classes
      that occur.
    """
    correct, true = np.diag(confusion), confusion.sum(axis=1)
    union = true + confusion.sum(axis=0) - correct
    recall, iou = _ratio(correct, true), _ratio(correct, union)
    return Segmentation(
        float(correct.sum() / confusion.sum()),
        float(np.nanmean(recall)),
        float(np.nanmean(iou)),
        iou,
    )


def _ratio(counts, totals):
    return np.where(totals > 0, counts / np.maximum(totals, 1), np.nan)
