"""Divergences of distributions small enough to be worked out by hand."""

import numpy as np
import pytest
from scipy import special
from scipy.spatial import distance

from tfgan import divergences as dv

P, Q = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.25, 0.5])
APART = np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.0, 0.0, 0.5, 0.5])
ALL = {
    name: getattr(dv, name)
    for name in (
        "kullback_leibler", "reverse_kullback_leibler", "jensen_shannon", "total_variation",
        "pearson_chi2", "neyman_chi2", "squared_hellinger",
    )
}  # fmt: skip
every_divergence = pytest.mark.parametrize("divergence", ALL.values(), ids=ALL)


def random_pairs(count=50, size=6):
    draw = np.random.default_rng(0)
    return [draw.dirichlet(np.full(size, 0.7), 2) for _ in range(count)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 0.5 log 2 + 0 + 0.25 log 1/2
        ("kullback_leibler", 0.25 * np.log(2)),
        ("reverse_kullback_leibler", 0.25 * np.log(2)),
        # m = (3/8, 1/4, 3/8): 1/2 (1/2 log 4/3 + 1/4 log 2/3) for each side, both alike
        ("jensen_shannon", 0.5 * np.log(4 / 3) + 0.25 * np.log(2 / 3)),
        ("total_variation", 0.25),
        # (1/4)^2 / (1/4) + (1/4)^2 / (1/2)
        ("pearson_chi2", 0.375),
        ("neyman_chi2", 0.375),
        # 1 - (2 sqrt(1/8) + 1/4)
        ("squared_hellinger", 0.75 - np.sqrt(0.5)),
    ],
)
def test_values_worked_by_hand(name, expected):
    assert ALL[name](P, Q) == pytest.approx(expected, abs=1e-14)


def test_values_are_those_of_scipy():
    for p, q in random_pairs():
        assert dv.kullback_leibler(p, q) == pytest.approx(special.rel_entr(p, q).sum(), rel=1e-11)
        assert dv.jensen_shannon(p, q) == pytest.approx(distance.jensenshannon(p, q) ** 2, rel=1e-9)
        assert dv.entropy(p) == pytest.approx(special.entr(p).sum(), rel=1e-12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kullback_leibler", np.inf),
        ("reverse_kullback_leibler", np.inf),
        ("jensen_shannon", np.log(2)),
        ("total_variation", 1.0),
        ("pearson_chi2", np.inf),
        ("neyman_chi2", np.inf),
        ("squared_hellinger", 1.0),
    ],
)
def test_without_common_mass_the_distance_plays_no_part(name, expected):
    assert ALL[name](*APART) == pytest.approx(expected, abs=1e-15)


def test_kl_is_infinite_only_in_the_direction_that_meets_no_mass():
    p, q = [0.5, 0.5, 0.0], [0.4, 0.4, 0.2]
    assert dv.kullback_leibler(p, q) == pytest.approx(np.log(0.5 / 0.4))
    assert dv.kullback_leibler(q, p) == np.inf
    assert dv.pearson_chi2(q, p) == np.inf


@every_divergence
def test_a_divergence_is_0_between_equals_and_above_0_otherwise(divergence):
    for p, q in random_pairs():
        assert divergence(p, p) == pytest.approx(0.0, abs=1e-15)
        assert divergence(p, q) > 1e-3


@pytest.mark.parametrize("name", ["jensen_shannon", "total_variation", "squared_hellinger"])
def test_three_divergences_are_symmetric_and_bounded(name):
    bound = np.log(2) if name == "jensen_shannon" else 1.0
    for p, q in random_pairs():
        assert ALL[name](p, q) == pytest.approx(ALL[name](q, p), rel=1e-12)
        assert ALL[name](p, q) <= bound


def test_kl_is_not_symmetric():
    p, q = [0.9, 0.1], [0.5, 0.5]
    # 0.9 log 1.8 + 0.1 log 0.2 = 0.36806; 0.5 log(0.25 / 0.09) = 0.51083
    assert dv.kullback_leibler(p, q) == pytest.approx(0.368064, abs=1e-6)
    assert dv.reverse_kullback_leibler(p, q) == pytest.approx(0.510826, abs=1e-6)


def test_pinsker_and_its_kin_hold():
    for p, q in random_pairs():
        tv, kl = dv.total_variation(p, q), dv.kullback_leibler(p, q)
        hellinger = dv.squared_hellinger(p, q)
        assert tv <= np.sqrt(kl / 2)  # Pinsker
        assert hellinger <= tv <= np.sqrt(hellinger * (2 - hellinger))  # Le Cam
        assert kl <= np.log1p(dv.pearson_chi2(p, q))
        assert dv.jensen_shannon(p, q) <= tv * np.log(2)


def test_cross_entropy_is_the_entropy_plus_kl():
    for p, q in random_pairs():
        expected = dv.entropy(p) + dv.kullback_leibler(p, q)
        assert dv.cross_entropy(p, q) == pytest.approx(expected, rel=1e-12)


def test_densities_on_a_grid_give_the_closed_forms_of_gaussians():
    x = np.linspace(-15.0, 15.0, 3001)
    cell = x[1] - x[0]
    p, q = dv.Gaussian(0.0, 1.0), dv.Gaussian(1.0, 2.25)
    densities = [np.exp(each.log_density(x)) for each in (p, q)]
    # log(1.5) + (1 + 1) / 4.5 - 1/2, and 1/2 log(2 pi e)
    expected = np.log(1.5) + 2 / 4.5 - 0.5
    assert dv.kullback_leibler(*densities, cell) == pytest.approx(expected, rel=1e-10)
    assert dv.entropy(densities[0], cell) == pytest.approx(0.5 * np.log(2 * np.pi * np.e))
    # Bhattacharyya: sqrt(2 s1 s2 / (s1^2 + s2^2)) exp(-(m1 - m2)^2 / (4 (s1^2 + s2^2)))
    overlap = np.sqrt(3 / 3.25) * np.exp(-1 / 13)
    assert dv.squared_hellinger(*densities, cell) == pytest.approx(1 - overlap, rel=1e-9)


@pytest.mark.parametrize("cell", [0.5, [[0.5, 0.5], [0.5, 0.5]]], ids=["number", "numbers"])
def test_shapes_and_cells_are_free(cell):
    p, q = np.array([[1.0, 0.5], [0.25, 0.25]]), np.array([[0.5, 0.5], [0.5, 0.5]])
    flat = dv.kullback_leibler(p.ravel() / 2, q.ravel() / 2)
    assert dv.kullback_leibler(p, q, cell) == pytest.approx(flat, rel=1e-14)


@pytest.mark.parametrize(
    ("p", "q", "sentence"),
    [
        ([0.5, 0.4], [0.5, 0.5], "p must sum to 1 with `cell`; it sums to 0.9"),
        ([0.5, 0.5], [1.5, -0.5], "q must hold finite numbers"),
        ([0.5, 0.5], [np.nan, 1.0], "q must hold finite numbers"),
        ([0.5, 0.5], [0.5, 0.25, 0.25], "one shape; received"),
    ],
)
@every_divergence
def test_what_is_no_distribution_is_refused(divergence, p, q, sentence):
    divergence(Q, P)
    with pytest.raises(ValueError) as caught:
        divergence(p, q)
    swapped = {"p": "q", "q": "p"}
    name = sentence[0]
    assert sentence in str(caught.value) or swapped.get(name, name) + sentence[1:] in str(
        caught.value
    )
