import numpy as np
import pytest

from tfgan import metrics


def test_accuracy_is_counted_by_the_label_asked_for():
    found = metrics.label_accuracy([0, 1, 1, 2, 0], [0, 1, 2, 2, 1], classes=4)
    assert found.accuracy == 3 / 5
    np.testing.assert_array_equal(found.per_class, [1.0, 0.5, 0.5, np.nan])
    expected = [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    assert found.confusion.tolist() == expected


@pytest.mark.parametrize(
    ("predicted", "wanted", "sentence"),
    [
        ([0, 4], [0, 1], "predicted must be 0 to 3; row 1 holds 4"),
        ([0, 1], [-1, 1], "condition must be 0 to 3; row 0 holds -1"),
        ([0], [0, 1], "equal counts; received 1 and 2"),
        ([0.5], [0], "predicted must be integers"),
        ([], [], "must be integers"),
    ],
)
def test_labels_that_cannot_be_are_refused(predicted, wanted, sentence):
    with pytest.raises(ValueError, match=sentence):
        metrics.label_accuracy(np.array(predicted), np.array(wanted), classes=4)


def nearest_mean(data, label):
    """A classifier that remembers the mean of each class."""
    means = {value: data[label == value].mean(0) for value in np.unique(label)}

    def predict(rows):
        values = list(means)
        distances = [np.linalg.norm(rows - means[value], axis=1) for value in values]
        return np.array(values)[np.argmin(distances, axis=0)]

    return predict


def test_a_classifier_learns_from_samples_and_is_tested_on_real_data():
    draw = np.random.default_rng(0)
    label = np.arange(90) % 3
    real = draw.standard_normal((90, 2)) * 0.1 + label[:, None]
    test = draw.standard_normal((90, 2)) * 0.1 + label[:, None]
    swapped = real.copy()
    swapped[label == 0], swapped[label == 1] = real[label == 1], real[label == 0]
    good = metrics.classification_accuracy_score(
        nearest_mean, (real, label), (real, label), (test, label), 3
    )
    bad = metrics.classification_accuracy_score(
        nearest_mean, (swapped, label), (real, label), (test, label), 3
    )
    assert good.accuracy == good.real_accuracy == bad.real_accuracy == 1.0
    assert bad.accuracy == pytest.approx(1 / 3)
    assert bad.per_class.tolist() == [0.0, 0.0, 1.0]
