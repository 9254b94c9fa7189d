"""The variety within classes: known for normal classes, 0 for one sample per class."""

import math

import numpy as np
import pytest

from tfgan import metrics

LABEL = np.repeat([0, 1, 2], 4)


def test_it_is_the_ratio_of_mean_distances_of_pairs_by_a_loop():
    real, fake = np.random.default_rng(0).normal(size=(2, 12, 3))
    fake_label = np.roll(LABEL, 5)
    result = metrics.class_diversity((real, LABEL), (fake, fake_label), 3)

    def mean_distance(rows):
        pairs = [(i, j) for i in range(len(rows)) for j in range(i)]
        return np.mean([math.dist(rows[i], rows[j]) for i, j in pairs])

    for number in range(3):
        ratio = mean_distance(fake[fake_label == number]) / mean_distance(real[number == LABEL])
        assert result.per_class[number] == pytest.approx(ratio, rel=1e-9)
    assert result.mean == pytest.approx(np.mean(result.per_class))
    assert result.least == min(result.per_class)


def test_a_class_of_a_third_of_the_deviation_has_a_third_of_the_diversity():
    draw = np.random.default_rng(1)
    label = np.repeat([0, 1], 1500)
    centers = np.array([[0.0, 0.0], [30.0, 0.0]])[label]
    real = centers + draw.normal(size=(3000, 2))
    fake = centers + draw.normal(size=(3000, 2)) * np.array([1.0, 1 / 3])[label, None]
    result = metrics.class_diversity((real, label), (fake, label), 2)
    np.testing.assert_allclose(result.per_class, [1.0, 1 / 3], rtol=0.03)


def test_neither_place_nor_count_of_the_classes_matters():
    real = np.random.default_rng(2).normal(size=(12, 2))
    fake = np.concatenate([real, real + 100.0])
    result = metrics.class_diversity((real, LABEL), (fake[:12] + 7.0, LABEL), 3)
    np.testing.assert_allclose(result.per_class, 1.0, rtol=1e-6)


def test_one_sample_per_class_has_no_diversity():
    real = np.random.default_rng(3).normal(size=(12, 2))
    result = metrics.class_diversity((real, LABEL), (real[LABEL * 4], LABEL), 3)
    assert result.mean == result.least == 0.0


def test_a_class_without_pairs_is_left_out():
    real = np.random.default_rng(4).normal(size=(12, 2))
    label = np.array([0] * 4 + [1] * 7 + [2])
    result = metrics.class_diversity((real, LABEL), (real, label), 4)
    assert np.isnan(result.per_class).tolist() == [False, False, True, True]
    assert result.mean == pytest.approx(np.mean(result.per_class[:2]))


def test_sets_that_cannot_be_compared_are_refused():
    real = np.zeros((12, 2))
    with pytest.raises(metrics.TooFewError, match="two samples and two different real examples"):
        metrics.class_diversity((real, LABEL), (real, LABEL), 3)
    with pytest.raises(ValueError, match="label must be 0 to 1; row 8 holds 2"):
        metrics.class_diversity((real, LABEL), (real, LABEL), 2)
    with pytest.raises(ValueError, match="equal counts; received 12 and 11"):
        metrics.class_diversity((real, LABEL[:11]), (real, LABEL), 3)
    with pytest.raises(ValueError, match="features of one dimension; received 2 and 1"):
        metrics.class_diversity((real, LABEL), (real[:, :1], LABEL), 3)
