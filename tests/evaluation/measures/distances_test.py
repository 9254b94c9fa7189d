"""Distances between features, worked by hand."""

import numpy as np
import pytest

from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import distances


def normal(count, seed, shift=0.0):
    return np.random.default_rng(seed).standard_normal((count, 3)).astype(np.float32) + shift


def test_the_frechet_distance_of_a_shift_is_its_squared_length():
    real, fake = FeatureSet("r", 50, normal(50, 0)), FeatureSet("f", 50, normal(50, 0, 2.0))
    [score] = distances.frechet(Comparison(real, fake))
    assert score.name == "fd_features" and score.better == "lower"
    assert score.value == pytest.approx(12.0, rel=1e-5) and score.details == {"dimensions": 3}


def test_statistics_stand_for_features():
    real, fake = FeatureSet("r", 50, normal(50, 0)), FeatureSet("f", 40, normal(40, 1, 1.0))
    alone = FeatureSet("s", 40, statistics=fake.moments)
    [score], [other] = (distances.frechet(Comparison(real, side)) for side in (fake, alone))
    assert score.value == pytest.approx(other.value, rel=1e-5)


def test_the_extrapolated_distance_has_no_bias_of_the_count():
    real, fake = (FeatureSet("a", 4000, normal(4000, seed)) for seed in (0, 1))
    [finite] = distances.frechet(Comparison(real.first(300), fake.first(300)))
    [infinite] = distances.frechet_infinity(Comparison(real, fake))
    assert infinite.name == "fd_infinity_features"
    assert abs(infinite.value) < 0.2 * finite.value


def test_the_kernel_distance_grows_with_a_shift_and_says_its_subsets():
    real = FeatureSet("r", 80, normal(80, 0))
    near, far = (FeatureSet("f", 60, normal(60, 1, shift)) for shift in (0.0, 2.0))
    [one], [other] = (distances.kernel(Comparison(real, side)) for side in (near, far))
    assert other.value > 10.0 * abs(one.value) and other.standard_error > 0.0
    assert other.details == {"subsets": 100, "subset_size": 30}


def test_the_inception_score_is_one_for_one_class_and_their_number_for_all():
    certain = 50.0 * np.eye(4, dtype=np.float32)
    for rows, value in ((np.zeros(4000, int), 1.0), (np.arange(4000) % 4, 4.0)):
        fake = FeatureSet("f", 4000, np.zeros((4000, 1)), certain[rows])
        [score] = distances.inception(Comparison(fake, fake))
        assert score.value == pytest.approx(value, rel=0.02) and score.details["splits"] == 10
