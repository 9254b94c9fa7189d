"""Modes, high-quality share and reverse KL against cases worked by hand."""

import math

import numpy as np
import pytest

from tfgan import metrics
from tfgan.data.sources import toy
from tfgan.metrics import mode_coverage

CENTERS = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]]


def test_samples_on_every_center_cover_all_modes_evenly():
    coverage = mode_coverage(CENTERS * 5, CENTERS, std=0.1)
    assert (coverage.modes, coverage.high_quality) == (4, 1.0)
    assert coverage.reverse_kl == pytest.approx(0.0, abs=1e-12)


def test_one_mode_of_four_has_a_reverse_kl_of_ln_4():
    coverage = mode_coverage([CENTERS[2]] * 7, CENTERS, std=0.1)
    assert coverage.modes == 1
    assert coverage.reverse_kl == pytest.approx(math.log(4))


def test_uneven_shares_follow_the_formula():
    coverage = mode_coverage([CENTERS[0]] * 3 + [CENTERS[1]], CENTERS, std=0.1)
    wanted = 0.75 * math.log(0.75 * 4) + 0.25 * math.log(0.25 * 4)
    assert coverage.reverse_kl == pytest.approx(wanted)


def test_three_standard_deviations_are_the_limit_of_quality():
    inside, outside = [0.0, 0.2999], [0.0, 0.3001]
    assert mode_coverage([inside], CENTERS, std=0.1).high_quality == 1.0
    assert mode_coverage([outside], CENTERS, std=0.1).high_quality == 0.0


def test_bad_samples_count_for_quality_but_for_no_mode():
    coverage = mode_coverage([CENTERS[0], [5.0, 5.0], [99.0, 0.0], CENTERS[0]], CENTERS, std=0.1)
    assert (coverage.modes, coverage.high_quality) == (1, 0.5)


def test_without_a_good_sample_there_is_no_mode_and_no_divergence():
    coverage = mode_coverage([[5.0, 5.0]], CENTERS, std=0.1)
    assert (coverage.modes, coverage.high_quality) == (0, 0.0)
    assert math.isnan(coverage.reverse_kl)


@pytest.mark.parametrize(("name", "modes"), [("ring", 8), ("grid", 25)])
def test_the_data_itself_reaches_the_ceiling(name, modes):
    mixture = toy.mixture(name)
    data = toy.open_toy(name).data
    coverage = mode_coverage(data, mixture.centers, mixture.std)
    assert coverage.modes == modes
    # 1 - exp(-9/2); 100,000 samples have a standard error of 0.0003.
    assert coverage.high_quality == pytest.approx(1 - math.exp(-4.5), abs=0.0015)
    assert coverage.reverse_kl < 1e-3


def test_another_dimension_is_refused():
    with pytest.raises(ValueError, match=r"samples must be \[count, 2\].*received \[4, 3\]"):
        mode_coverage(np.zeros((4, 3)), CENTERS, std=0.1)


def test_classes_are_counted_and_compared_with_equal_shares():
    found = metrics.mode_coverage_of_labels([0, 0, 0, 1], 4)
    assert found.modes == 2
    assert found.reverse_kl == pytest.approx(0.75 * np.log(3.0) + 0.25 * np.log(1.0))


def test_the_shares_wanted_may_be_those_of_other_labels():
    same = metrics.mode_coverage_of_labels([0, 0, 1, 2], 3, reference_labels=[2, 0, 1, 0])
    assert same.reverse_kl == pytest.approx(0.0, abs=1e-15)
    found = metrics.mode_coverage_of_labels([0, 1], 2, reference_labels=[0, 0, 0, 1])
    assert found.reverse_kl == pytest.approx(0.5 * np.log(0.5 / 0.75) + 0.5 * np.log(0.5 / 0.25))


def test_a_class_that_is_not_wanted_is_infinitely_far():
    assert metrics.mode_coverage_of_labels([0, 1], 2, reference_labels=[0]).reverse_kl == np.inf


def test_one_class_of_a_thousand_is_ln_a_thousand_away():
    found = metrics.mode_coverage_of_labels(np.full(50, 7), 1000)
    assert (found.modes, found.reverse_kl) == (1, pytest.approx(np.log(1000.0)))


def test_a_perfect_sampler_stays_above_zero_by_its_count():
    draw = np.random.default_rng(0)
    values = [
        metrics.mode_coverage_of_labels(draw.integers(1000, size=26_000), 1000).reverse_kl
        for _ in range(10)
    ]
    assert np.mean(values) == pytest.approx(999 / 52_000, rel=0.05)


def test_the_digits_of_the_channels_are_a_number():
    assert metrics.stacked_labels([[1, 2, 3], [0, 0, 9]]).tolist() == [123, 9]
    with pytest.raises(ValueError, match="channel 1 must be 0 to 9; row 0 holds 10"):
        metrics.stacked_labels([[1, 10, 3]])
