"""Priors whose outer parts are cut off."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors

from .draws import PRIORS, SEED


def test_truncating_a_normal_bounds_it():
    prior = priors.Normal(5, name="z").truncated(0.5)
    assert prior == priors.TruncatedNormal(5, 0.5, "z")


def test_truncating_twice_keeps_the_smaller_bound():
    prior = priors.TruncatedNormal(5, 0.5)
    assert prior.truncated(0.3).threshold == 0.3
    assert prior.truncated(2.0).threshold == 0.5


def test_truncating_a_uniform_keeps_a_share_around_its_middle():
    prior = priors.Uniform(2, low=1.0, high=5.0, name="z").truncated(0.25)
    assert prior == priors.Uniform(2, low=2.5, high=3.5, name="z")
    assert priors.Uniform(2).truncated(1.0) == priors.Uniform(2)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.5, float("nan")])
def test_a_uniform_keeps_no_share_outside_0_to_1(threshold):
    with pytest.raises(ValueError, match=r"threshold of a Uniform prior must be in \(0, 1\]"):
        priors.Uniform(2).truncated(threshold)


def test_truncating_a_joint_prior_truncates_the_parts_that_can_be():
    prior = PRIORS["Joint"].truncated(0.5)
    assert prior.priors == (
        priors.TruncatedNormal(2, 0.5),
        priors.Categorical(3),
        priors.Uniform(1, low=-0.5, high=0.5, name="c"),
    )
    with pytest.raises(ValueError, match="Uniform prior must be in"):
        PRIORS["Joint"].truncated(2.0)


@pytest.mark.parametrize(
    ("prior", "reason"),
    [
        (priors.Sphere(3), "equally far from the middle"),
        (priors.Categorical(3), "no class is further out"),
        (priors.Mixture(3), "no common middle"),
        (priors.Joint([priors.Sphere(3), priors.Categorical(3)]), "none of its parts"),
    ],
    ids=["Sphere", "Categorical", "Mixture", "Joint"],
)
def test_priors_without_outer_parts_say_why(prior, reason):
    with pytest.raises(priors.TruncationError, match=reason):
        prior.truncated(0.5)


@pytest.mark.parametrize(
    "prior",
    [priors.Normal(3), priors.TruncatedNormal(3, 0.8), priors.Uniform(3, -1.0, 3.0)],
    ids=lambda prior: type(prior).__name__,
)
def test_each_row_is_truncated_at_a_threshold_of_its_own(prior):
    cuts = [0.0, 0.25, 1.0]
    [rows] = prior(3, SEED, tf.constant(cuts)).values()
    for row, cut in enumerate(cuts):
        alone = prior.truncated(cut) if cut else prior
        [wanted] = alone(3, SEED).values()
        np.testing.assert_allclose(rows[row], wanted[row], rtol=1e-6)
    low, high = prior.truncation_range
    assert low == 0.0 and high == (1.0 if isinstance(prior, priors.Uniform) else np.inf)


def test_a_joint_prior_truncates_the_rows_of_the_parts_that_can_be():
    joint = priors.Joint((priors.Categorical(4), priors.Uniform(50), priors.Normal(50, "z")))
    assert joint.truncation_range == (0.0, 1.0)
    rows, whole = joint(2, SEED, tf.constant([0.5, 0.0])), joint(2, SEED)
    np.testing.assert_array_equal(rows["code"], whole["code"])
    for name in ("latent", "z"):
        assert np.abs(rows[name][0]).max() <= 0.5 < np.abs(whole[name][0]).max()
        np.testing.assert_array_equal(rows[name][1], whole[name][1])
    assert priors.Sphere(2).truncation_range is None
    assert priors.Joint((priors.Sphere(2), priors.Categorical(4))).truncation_range is None
