"""The f-divergences: against their own formulas, numerical suprema and numerical slopes."""

import dataclasses

import numpy as np
import pytest

from tfgan import divergences as dv

every_member = pytest.mark.parametrize("member", dv.FAMILY.values(), ids=dv.FAMILY)
OWN = {name: getattr(dv, name) for name in dv.FAMILY if name != "gan"} | {
    "gan": lambda p, q, cell=1.0: 2 * dv.jensen_shannon(p, q, cell) - np.log(4)
}
RATIOS = np.array([0.02, 0.3, 0.9, 1.1, 2.5, 40.0])


def pairs(count=20):
    draw = np.random.default_rng(1)
    return [draw.dirichlet(np.full(5, 0.8), 2) for _ in range(count)]


@every_member
def test_the_divergence_is_that_of_its_own_formula(member):
    for p, q in pairs():
        assert member.divergence(p, q) == pytest.approx(OWN[member.name](p, q), abs=1e-9, rel=1e-9)


@every_member
def test_mass_that_the_other_side_lacks_costs_what_the_formula_says(member):
    p, q = [0.5, 0.5, 0.0], [0.0, 0.25, 0.75]
    assert member.divergence(p, q) == pytest.approx(OWN[member.name](p, q), rel=1e-12)


@every_member
def test_f_of_1_is_0_but_for_the_gans(member):
    assert member.function(1.0) == pytest.approx(-np.log(4) if member.name == "gan" else 0.0)


@every_member
def test_f_is_convex_with_its_slope(member):
    step = 1e-6 * RATIOS
    slope = (member.function(RATIOS + step) - member.function(RATIOS - step)) / (2 * step)
    np.testing.assert_allclose(member.derivative(RATIOS), slope, rtol=1e-5, atol=1e-6)
    assert (np.diff(member.derivative(RATIOS)) >= 0).all()


@every_member
def test_the_limits_are_those_of_f(member):
    tiny, huge = 1e-12, 1e12
    if np.isfinite(member.at_zero):
        assert member.function(tiny) == pytest.approx(member.at_zero, abs=1e-5)
    else:
        assert member.function(tiny) > 25
    if np.isfinite(member.limit):
        assert member.function(huge) / huge == pytest.approx(member.limit, abs=1e-5)
    else:
        assert member.function(huge) / huge > 25


@every_member
def test_the_conjugate_is_the_supremum(member):
    """sup over u of u t - f(u), by a fine search over u in [1e-7, 1e5]."""
    u = np.logspace(-7, 5, 400_001)
    f = member.function(u)
    top = member.limit if np.isfinite(member.limit) else 3.0
    for t in np.linspace(top - 4.0, top - 0.05, 9):
        supremum = np.max(u * t - f)
        assert member.conjugate(t) == pytest.approx(supremum, abs=2e-3), t


@every_member
def test_the_bound_holds_and_is_tight_at_the_slope_of_the_ratio(member):
    draw = np.random.default_rng(2)
    for p, q in pairs():
        exact = member.divergence(p, q)
        best = member.derivative(p / q)
        assert member.contains(best).all()
        assert member.bound(best, p, q) == pytest.approx(exact, rel=1e-9, abs=1e-9)
        other = best - np.abs(draw.normal(0.0, 0.3, 5))
        assert member.bound(other, p, q) < exact + 1e-12
        if member.name != "total_variation":  # whose f is straight, so that many T are best
            assert member.bound(other, p, q) < exact - 1e-6


def test_the_bound_of_gan_is_the_value_of_the_game():
    for p, q in pairs():
        d = np.random.default_rng(3).uniform(0.05, 0.95, 5)
        bound = dv.FAMILY["gan"].bound(np.log(d), p, q)
        assert bound == pytest.approx(dv.value(d, p, q), rel=1e-12)


def test_values_outside_of_the_domain_are_refused():
    p = q = [0.5, 0.5]
    with pytest.raises(ValueError, match="values must be below 0, the domain .* gan; .* is 0.5"):
        dv.FAMILY["gan"].bound([0.5, -1.0], p, q)
    with pytest.raises(ValueError, match="values must be at most 0.5"):
        dv.FAMILY["total_variation"].bound([0.6, 0.0], p, q)
    with pytest.raises(ValueError, match=r"values must have the shape of p, \(2,\)"):
        dv.FAMILY["gan"].bound([-1.0], p, q)


def test_members_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        dv.FAMILY["gan"].limit = 1.0
