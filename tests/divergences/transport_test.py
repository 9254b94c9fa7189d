"""W1: by hand, by SciPy, and the linear program against the quantile form."""

import sys

import numpy as np
import pytest
from scipy import stats

from tfgan import divergences as dv


def test_values_worked_by_hand():
    assert dv.wasserstein1([0.0, 1.0], [3.0, 5.0]) == pytest.approx(3.5)
    assert dv.wasserstein1([5.0, 0.0], [1.0]) == pytest.approx(2.5)  # (4 + 1) / 2
    assert dv.wasserstein1([0.0, 4.0], [0.0, 4.0], [0.75, 0.25], [0.25, 0.75]) == pytest.approx(2)


def test_values_are_those_of_scipy():
    draw = np.random.default_rng(0)
    for n, m in ((1, 1), (5, 5), (40, 17)):
        x, y = draw.normal(size=n), draw.normal(1.0, 2.0, m)
        u, v = draw.dirichlet(np.ones(n)), draw.dirichlet(np.ones(m))
        assert dv.wasserstein1(x, y) == pytest.approx(stats.wasserstein_distance(x, y), rel=1e-12)
        expected = stats.wasserstein_distance(x, y, u, v)
        assert dv.wasserstein1(x, y, u, v) == pytest.approx(expected, rel=1e-12)


def test_equal_counts_are_compared_in_order():
    x, y = np.random.default_rng(1).normal(size=(2, 100))
    expected = np.mean(np.abs(np.sort(x) - np.sort(y)))
    assert dv.wasserstein1(x, y) == pytest.approx(expected, rel=1e-12)


def test_two_gaussians_of_one_width_are_as_far_apart_as_their_means():
    x = np.linspace(-12.0, 15.0, 5401)
    p, q = (np.exp(dv.Gaussian(m, 1.0).log_density(x)) * (x[1] - x[0]) for m in (0.0, 3.0))
    assert dv.wasserstein1(x, x, p, q) == pytest.approx(3.0, rel=1e-9)


def test_the_linear_program_agrees_with_the_quantile_form():
    draw = np.random.default_rng(2)
    x, y = draw.normal(size=12), draw.normal(size=9)
    p, q = draw.dirichlet(np.ones(12)), draw.dirichlet(np.ones(9))
    cost, plan = dv.optimal_transport(p, q, np.abs(x[:, None] - y))
    assert cost == pytest.approx(dv.wasserstein1(x, y, p, q), rel=1e-9)
    np.testing.assert_allclose(plan.sum(axis=1), p, atol=1e-12)
    np.testing.assert_allclose(plan.sum(axis=0), q, atol=1e-12)
    assert (plan >= 0).all()
    assert np.sum(plan * np.abs(x[:, None] - y)) == pytest.approx(cost, rel=1e-12)


@pytest.mark.parametrize("theta", [-0.7, 0.25, 2.0])
def test_parallel_lines_are_as_far_apart_as_the_gap(theta):
    z = np.linspace(0.0, 1.0, 12)
    even = np.full(12, 1 / 12)
    cost = np.hypot(theta, z[:, None] - z)
    assert dv.optimal_transport(even, even, cost)[0] == pytest.approx(abs(theta), rel=1e-9)


def test_without_scipy_the_linear_program_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(ImportError, match="optimal_transport needs SciPy: pip install scipy"):
        dv.optimal_transport([1.0], [1.0], [[0.0]])


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: dv.wasserstein1([[1.0]], [1.0]), r"x must be numbers \[n\]"),
        (lambda: dv.wasserstein1([1.0], []), r"y must be numbers \[n\]"),
        (lambda: dv.wasserstein1([1.0], [np.nan]), "y must be finite"),
        (lambda: dv.wasserstein1([1.0, 2.0], [1.0], [0.5, 0.6]), "x_weights must sum to 1"),
        (lambda: dv.wasserstein1([1.0, 2.0], [1.0], [1.0]), "the shape of x"),
        (lambda: dv.optimal_transport([1.0], [1.0], [[0.0, 1.0]]), r"of shape \(1, 1\)"),
    ],
)
def test_bad_arguments_are_refused(use, sentence):
    with pytest.raises(ValueError, match=sentence):
        use()
