"""Several priors side by side."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors

from .draws import PRIORS, SEED


def test_a_joint_prior_draws_the_part_that_has_classes_from_the_class_asked_for():
    prior = priors.Joint([priors.Normal(2), priors.Categorical(3)])
    assert prior.classes == 3
    rows = prior.conditional(tf.constant([2, 0, 1]), SEED)
    np.testing.assert_array_equal(rows["code"], np.eye(3)[[2, 0, 1]])
    np.testing.assert_array_equal(rows["latent"], prior(3, SEED)["latent"])


def test_a_joint_prior_of_several_classes_or_none_has_no_classes():
    assert priors.Joint([priors.Categorical(3), priors.Categorical(3, "b")]).classes is None
    assert priors.Joint([priors.Normal(2)]).classes is None


def test_the_parts_of_a_joint_prior_are_independent():
    prior = priors.Joint((priors.Normal(1, "first"), priors.Normal(1, "second")))
    rows = prior(1_000, SEED)
    correlation = np.corrcoef(rows["first"][:, 0], rows["second"][:, 0])[0, 1]
    assert abs(correlation) < 0.15  # the same draw for both would give 1


def test_a_joint_prior_may_hold_another():
    prior = priors.Joint([PRIORS["Joint"], priors.Sphere(5, name="direction")])
    assert list(prior.shapes) == ["latent", "code", "c", "direction"]
    assert prior(2, SEED)["direction"].shape == (2, 5)


def test_a_joint_prior_refuses_a_name_twice():
    with pytest.raises(ValueError, match=r"different names; received \['latent', 'latent'\]"):
        priors.Joint([priors.Normal(2), priors.Uniform(3)])
    with pytest.raises(ValueError, match=r"received \[\]"):
        priors.Joint([])
