import numpy as np
import pytest

from tfgan import metrics


def points(count, seed=0, shift=0.0):
    return np.random.default_rng(seed).standard_normal((count, 2)) + [shift, 0.0]


def test_the_distance_of_four_points_worked_by_hand():
    """x = 0, 2 and y = 3, 5: pairs 3 5 1 3, so E = 2 * 3 - 1 - 1 = 4."""
    found = metrics.energy_two_sample([[0.0], [2.0]], [[3.0], [5.0]], permutations=9)
    assert found.distance == pytest.approx(4.0, abs=1e-6)


def test_the_distance_is_that_of_a_loop():
    x, y = points(15), points(15, 1, 0.5)

    def mean(a, b):
        return np.mean([[np.linalg.norm(p - q) for q in b] for p in a])

    wanted = 2 * mean(x, y) - mean(x, x) - mean(y, y)
    assert metrics.energy_two_sample(x, y).distance == pytest.approx(wanted, abs=1e-6)


def test_equal_sets_have_no_distance_and_the_highest_p_value():
    found = metrics.energy_two_sample(points(20), points(20), permutations=49)
    assert found.distance == pytest.approx(0.0, abs=1e-6)
    assert found.p_value == 1.0


def test_p_values_of_one_distribution_are_uniform():
    """Under the null p <= 0.25 in a quarter of all tests: 60 of them, within four deviations."""
    p = [
        metrics.energy_two_sample(points(20, 2 * i), points(20, 2 * i + 1), permutations=39).p_value
        for i in range(60)
    ]
    assert abs(np.mean(np.array(p) <= 0.25) - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 60)


def test_distributions_that_differ_have_the_smallest_p_value():
    found = metrics.energy_two_sample(points(100), points(100, 1, 1.0), permutations=99)
    assert found.p_value == 0.01
    wider = metrics.energy_two_sample(points(200), 2.0 * points(200, 1), permutations=99)
    assert wider.p_value == 0.01


def test_the_longer_set_is_cut():
    x, y = points(10), points(30, 1)
    assert metrics.energy_two_sample(x, y) == metrics.energy_two_sample(x, y[:10])


def test_sets_of_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="features of one dimension; received 2 and 1"):
        metrics.energy_two_sample(points(5), points(5)[:, :1])
