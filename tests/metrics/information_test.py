import numpy as np
import pytest

from tfgan import metrics
from tfgan.metrics import TooFewError, information


def test_entropy_and_information_of_tables_by_hand():
    assert information.entropy([2, 2]) == pytest.approx(np.log(2))
    assert information.entropy([4, 0]) == 0.0
    assert information.mutual_information(np.array([[3, 0], [0, 3]])) == pytest.approx(np.log(2))
    assert information.mutual_information(np.array([[2, 4], [1, 2]])) == pytest.approx(0.0)
    # p = (1/2, 0; 1/4, 1/4): sum of p ln(p / (row column))
    expected = 0.5 * np.log(0.5 / (0.5 * 0.75)) + 0.25 * np.log(0.25 / (0.5 * 0.75))
    expected += 0.25 * np.log(0.25 / (0.5 * 0.25))
    assert information.mutual_information(np.array([[2, 0], [1, 1]])) == pytest.approx(expected)


def test_pairs_of_classes_are_counted():
    counts = information.contingency([0, 0, 2], [1, 1, 0])
    np.testing.assert_array_equal(counts, [[0, 2], [0, 0], [1, 0]])


def test_numbers_fall_into_equally_full_bins_and_classes_stay():
    values = np.random.default_rng(0).normal(size=1000)
    np.testing.assert_array_equal(np.bincount(information.binned("x", values, 5)), [200] * 5)
    np.testing.assert_array_equal(information.binned("x", [3, 1, 3], 5), [3, 1, 3])
    assert len(set(information.binned("x", np.ones(10), 4))) == 1


def test_the_gap_is_1_where_each_factor_is_in_one_code_alone():
    random = np.random.default_rng(0)
    one, other = random.integers(0, 4, (2, 4000))
    gap = metrics.mutual_information_gap({"a": one, "b": other}, {"x": one, "y": other})
    assert gap.gap > 0.99
    assert gap.information["x"]["a"] == pytest.approx(1.0) == gap.information["y"]["b"]


def test_the_gap_is_0_where_two_codes_share_a_factor_and_a_third_does_not_count():
    random = np.random.default_rng(0)
    factor = random.normal(size=2000)
    codes = {"a": factor, "b": -factor, "c": random.normal(size=2000)}
    gap = metrics.mutual_information_gap(codes, {"x": factor})
    assert gap.gap == pytest.approx(0.0, abs=1e-9)
    # The estimate of independent codes is their bias, about (10 - 1)^2 / (2 count).
    assert gap.information["x"]["c"] * np.log(10) == pytest.approx(81 / 4000, rel=0.4)


def test_a_factor_that_does_not_vary_has_the_gap_0():
    codes = {"a": np.arange(4), "b": np.arange(4)}
    assert metrics.mutual_information_gap(codes, {"x": np.ones(4, int)}).gap == 0.0


def test_too_few_codes_examples_and_other_arrays_are_refused():
    with pytest.raises(ValueError, match="two codes or more, and a factor; received 1 and 1"):
        metrics.mutual_information_gap({"a": [0]}, {"x": [0]})
    with pytest.raises(TooFewError, match="a holds 3 examples; 10 bins"):
        metrics.mutual_information_gap({"a": [0.0, 1.0, 2.0], "b": [0, 1, 2]}, {"x": [0, 1, 2]})
    with pytest.raises(ValueError, match=r"x must be numbers \[count\]; received float64 \[2, 1\]"):
        information.binned("x", [[0.5], [1.0]], 2)
    with pytest.raises(ValueError, match="equally many"):
        information.contingency([0, 1], [0])
    with pytest.raises(ValueError, match="0 or more"):
        information.contingency([-1], [0])
