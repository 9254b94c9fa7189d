"""Estimates from samples are right within their standard errors, which are right themselves."""

import numpy as np
import pytest

from tfgan import divergences as dv

P, Q = dv.Gaussian(0.0, 1.0), dv.Gaussian(1.0, 2.25)
X = np.linspace(-20.0, 20.0, 8001)
DENSITIES = np.exp(P.log_density(X)), np.exp(Q.log_density(X))
CELL = X[1] - X[0]


def logs(count, seed):
    at_p, at_q = P.sample(count, seed), Q.sample(count, seed + 1)
    return P.log_density(at_p), Q.log_density(at_p), P.log_density(at_q), Q.log_density(at_q)


ESTIMATES = {
    "kullback_leibler": (
        lambda pp, qp, pq, qq: dv.estimate_kullback_leibler(pp, qp),
        lambda: dv.kullback_leibler(*DENSITIES, CELL),
    ),
    "jensen_shannon": (
        dv.estimate_jensen_shannon,
        lambda: dv.jensen_shannon(*DENSITIES, CELL),
    ),
    "squared_hellinger": (
        lambda pp, qp, pq, qq: dv.estimate_f_divergence(dv.FAMILY["squared_hellinger"], pq, qq),
        lambda: dv.squared_hellinger(*DENSITIES, CELL),
    ),
    "total_variation": (
        lambda pp, qp, pq, qq: dv.estimate_f_divergence(dv.FAMILY["total_variation"], pq, qq),
        lambda: dv.total_variation(*DENSITIES, CELL),
    ),
    "pearson_chi2": (
        lambda pp, qp, pq, qq: dv.estimate_f_divergence(dv.FAMILY["pearson_chi2"], pq, qq),
        lambda: dv.pearson_chi2(*DENSITIES, CELL),
    ),
    "value": (
        lambda pp, qp, pq, qq: dv.estimate_value(pp - qp, (pq - qq)[: len(pq) // 2]),
        lambda: dv.criterion(*DENSITIES, CELL),
    ),
}


@pytest.mark.parametrize(("estimate", "exact"), ESTIMATES.values(), ids=ESTIMATES)
def test_an_estimate_is_right_within_its_standard_error(estimate, exact):
    found = estimate(*logs(100_000, seed=0))
    assert found.standard_error < 0.02
    assert abs(found.value - exact()) < 4 * found.standard_error


@pytest.mark.parametrize(("estimate", "exact"), ESTIMATES.values(), ids=ESTIMATES)
def test_the_standard_error_is_the_deviation_over_repetitions(estimate, exact):
    found = [estimate(*logs(500, seed=100 + 2 * n)) for n in range(300)]
    deviation = np.std([each.value for each in found])
    assert np.mean([each.standard_error for each in found]) == pytest.approx(deviation, rel=0.15)


def test_four_times_the_samples_halve_the_error():
    errors = [
        dv.estimate_jensen_shannon(*logs(count, seed=1)).standard_error for count in (5000, 20_000)
    ]
    assert errors[0] / errors[1] == pytest.approx(2.0, rel=0.05)


def test_a_mean_worked_by_hand():
    found = dv.estimate_mean([1.0, 2.0, 6.0])
    assert found.value == pytest.approx(3.0)
    assert found.standard_error == pytest.approx(np.sqrt(14 / 2 / 3))


def test_the_value_of_an_undecided_discriminator_is_minus_log_4():
    assert dv.estimate_value(np.zeros(5), np.zeros(3)).value == pytest.approx(-np.log(4))


def test_huge_logits_stay_finite():
    assert dv.estimate_value([1e4, 1e4], [-1e4, -1e4]).value == 0.0
    assert dv.estimate_value([-1e4, -1e4], [1e4, 1e4]).value == -2e4


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: dv.estimate_mean([1.0]), "2 or more"),
        (lambda: dv.estimate_mean([[1.0, 2.0]]), r"numbers \[n\]"),
        (lambda: dv.estimate_kullback_leibler([0.0, 1.0], [0.0]), "received 2 and 1"),
        (lambda: dv.estimate_value([0.0, np.inf], [0.0, 0.0]), "real_logits must be finite"),
    ],
)
def test_bad_arguments_are_refused(use, sentence):
    with pytest.raises(ValueError, match=sentence):
        use()
