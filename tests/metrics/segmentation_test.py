"""Six pixels counted by hand."""

import numpy as np
import pytest

from tfgan import metrics

TRUE = np.uint8([[0, 0, 0], [1, 1, 2]])
PREDICTED = np.uint8([[0, 0, 1], [1, 2, 2]])


def test_pixels_are_counted_by_true_and_predicted_class():
    confusion = metrics.mask_confusion(PREDICTED, TRUE, classes=4)
    assert confusion.tolist() == [[2, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]]


def test_the_scores_are_those_worked_by_hand():
    scores = metrics.segmentation_scores(metrics.mask_confusion(PREDICTED, TRUE, classes=4))
    assert scores.pixel_accuracy == pytest.approx(4 / 6)
    assert scores.class_accuracy == pytest.approx((2 / 3 + 1 / 2 + 1) / 3)
    assert scores.mean_iou == pytest.approx((2 / 3 + 1 / 3 + 1 / 2) / 3)
    np.testing.assert_allclose(scores.iou, [2 / 3, 1 / 3, 1 / 2, np.nan])


def test_equal_masks_are_perfect_and_a_class_that_is_only_predicted_lowers_the_iou():
    same = metrics.segmentation_scores(metrics.mask_confusion(TRUE, TRUE, classes=9))
    assert (same.pixel_accuracy, same.class_accuracy, same.mean_iou) == (1.0, 1.0, 1.0)
    confusion = metrics.mask_confusion([0, 0, 0, 1], [0, 0, 0, 0], classes=2)
    scores = metrics.segmentation_scores(confusion)
    assert scores.class_accuracy == 0.75 and scores.mean_iou == pytest.approx(0.375)


@pytest.mark.parametrize(
    ("predicted", "sentence"),
    [
        (PREDICTED[:1], r"must be masks of one shape; received \[1, 3\] and \[2, 3\]"),
        (PREDICTED + np.uint8(1), "predicted must be integers, 0 to 2; received 1 to 3"),
        (PREDICTED.astype(float), "predicted must be integers, 0 to 2; .* of type float64"),
    ],
)
def test_other_masks_are_refused(predicted, sentence):
    with pytest.raises(ValueError, match=sentence):
        metrics.mask_confusion(predicted, TRUE, classes=3)
