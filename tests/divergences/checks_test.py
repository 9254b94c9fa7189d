"""What divergences refuse, and the masses that they compute with."""

import numpy as np
import pytest

from tfgan.divergences import checks


def test_densities_become_the_masses_of_their_cells():
    mass = checks.masses("p", [[0.5, 1.5], [1.0, 1.0]], cell=0.25)
    np.testing.assert_array_equal(mass, [[0.125, 0.375], [0.25, 0.25]])
    assert mass.dtype == np.float64


def test_a_total_may_miss_1_by_a_millionth():
    checks.masses("p", [0.5, 0.5 + 9e-7])
    with pytest.raises(ValueError, match="p must sum to 1 with `cell`; it sums to 1.000002"):
        checks.masses("p", [0.5, 0.5 + 2e-6])


@pytest.mark.parametrize("values", [[1.5, -0.5], [np.nan, 1.0], [np.inf, 0.0]])
def test_masses_are_finite_and_0_or_more(values):
    with pytest.raises(ValueError, match="q must hold finite numbers that are 0 or more"):
        checks.masses("q", values)


def test_a_pair_has_one_shape():
    with pytest.raises(
        ValueError, match=r"p and q must have one shape; received \(2,\) and \(1,\)"
    ):
        checks.pair([0.5, 0.5], [1.0])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [([], "n at least 1"), ([[1.0]], r"received \(1, 1\)"), ([np.nan], "must be finite")],
)
def test_numbers_are_a_row_of_finite_ones(values, sentence):
    with pytest.raises(ValueError, match=f"x must be .*{sentence}|x must be finite"):
        checks.numbers("x", values)
