"""The value of the game: Proposition 1 and Theorem 1 of the first GAN paper, on small examples."""

import numpy as np
import pytest

from tfgan import divergences as dv

P, Q = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.25, 0.5])


def pairs(count=50):
    draw = np.random.default_rng(4)
    return [draw.dirichlet(np.full(4, 0.8), 2) for _ in range(count)]


def test_the_optimal_discriminator_worked_by_hand():
    np.testing.assert_allclose(dv.optimal_discriminator(P, Q), [2 / 3, 1 / 2, 1 / 3], rtol=1e-15)
    np.testing.assert_array_equal(dv.optimal_discriminator([1.0, 0, 0], [0, 2.0, 0]), [1, 0, 0.5])


def test_no_other_discriminator_has_a_larger_value():
    draw = np.random.default_rng(5)
    for p, q in pairs():
        best = dv.value(dv.optimal_discriminator(p, q), p, q)
        for _ in range(20):
            assert dv.value(draw.uniform(0, 1, 4), p, q) < best


def test_values_worked_by_hand():
    # 2/3, 1/2, 1/3: 1/2 log 2/3 + 1/4 log 1/2 + 1/4 log 1/3, and the same for the fakes
    expected = 2 * (0.5 * np.log(2 / 3) + 0.25 * np.log(1 / 2) + 0.25 * np.log(1 / 3))
    assert dv.value([2 / 3, 1 / 2, 1 / 3], P, Q) == pytest.approx(expected, rel=1e-14)
    assert dv.criterion(P, Q) == pytest.approx(expected, rel=1e-14)


def test_an_undecided_discriminator_has_minus_log_4():
    for p, q in pairs():
        assert dv.value(np.full(4, 0.5), p, q) == pytest.approx(-np.log(4), rel=1e-14)


def test_a_certain_and_wrong_discriminator_has_minus_infinity():
    assert dv.value([0.0, 0.5, 0.5], P, Q) == -np.inf
    assert dv.value([1.0, 0.0], [1.0, 0.0], [0.0, 1.0]) == 0.0  # certain, and right


def test_the_criterion_is_minus_log_4_plus_twice_the_jsd():
    for p, q in pairs():
        expected = -np.log(4) + 2 * dv.jensen_shannon(p, q)
        assert dv.criterion(p, q) == pytest.approx(expected, rel=1e-12)
        assert dv.criterion(p, q) > -np.log(4) + 1e-6
        assert dv.criterion(p, p) == pytest.approx(-np.log(4), rel=1e-15)
    assert dv.criterion([1.0, 0.0], [0.0, 1.0]) == 0.0


def test_two_gaussians_on_a_grid():
    """N(0, 1) against N(1, 1.5^2): C = -1.18771, from another integration."""
    x = np.linspace(-20, 20, 8001)
    p, q = (np.exp(dv.Gaussian(m, s**2).log_density(x)) for m, s in ((0, 1), (1, 1.5)))
    assert dv.criterion(p, q, x[1] - x[0]) == pytest.approx(-1.18771, abs=1e-5)


@pytest.mark.parametrize(
    ("use", "sentence"),
    [
        (lambda: dv.value([0.5, 1.5, 0.5], P, Q), "d must hold probabilities"),
        (lambda: dv.value([0.5], P, Q), r"d must have the shape of p, \(3,\)"),
        (lambda: dv.optimal_discriminator([1.0], [0.5, 0.5]), "one shape"),
        (lambda: dv.optimal_discriminator([-1.0], [0.5]), "p must hold finite"),
        (lambda: dv.criterion([0.5, 0.6], [0.5, 0.5]), "p must sum to 1"),
    ],
)
def test_bad_arguments_are_refused(use, sentence):
    with pytest.raises(ValueError, match=sentence):
        use()
