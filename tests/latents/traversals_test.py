"""Traversals of coordinates and codes."""

import numpy as np
import pytest

from tfgan import latents, priors

POINT = {"latent": np.float32([[0.5, -0.5, 0.25]])}


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        (priors.Uniform(3, -2.0, 1.0), [-2.0, -0.5, 1.0]),
        (priors.Normal(3), [-2.0, 0.0, 2.0]),
        (priors.TruncatedNormal(3, 0.75), [-0.75, 0.0, 0.75]),
    ],
    ids=repr,
)
def test_one_coordinate_covers_the_prior_and_the_others_stay(prior, expected):
    rows = latents.traverse(prior, POINT, "latent", 1, steps=3)["latent"]
    np.testing.assert_allclose(rows[:, 1], expected)
    np.testing.assert_array_equal(rows[:, [0, 2]], np.repeat(POINT["latent"][:, [0, 2]], 3, axis=0))


def test_the_points_on_a_sphere_stay_there():
    prior = priors.Sphere(3, radius=2.0)
    rows = latents.traverse(prior, POINT, "latent", 0, steps=5)["latent"]
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 2.0, rtol=1e-6)
    assert (np.diff(rows[:, 0]) > 0.0).all()


def test_a_coordinate_on_a_sphere_has_its_value_and_the_others_are_scaled():
    prior = priors.Sphere(3, radius=2.0)
    rows = latents.traverse(prior, POINT, "latent", 0, values=[-1.0, 0.0, 9.0])["latent"]
    np.testing.assert_allclose(rows[:, 0], [-1.0, 0.0, 2.0], rtol=1e-6)
    np.testing.assert_allclose(rows[:2, 1], -2.0 * rows[:2, 2], rtol=1e-5)


def test_a_code_takes_each_class_once():
    prior = priors.Joint([priors.Uniform(3), priors.Categorical(4)])
    point = POINT | {"code": np.float32([[0, 1, 0, 0]]), "label": np.int32([7])}
    rows = latents.traverse(prior, point, "code")
    np.testing.assert_array_equal(rows["code"], np.eye(4))
    np.testing.assert_array_equal(rows["latent"], np.repeat(POINT["latent"], 4, axis=0))
    assert rows["label"].tolist() == [7] * 4


def test_values_may_be_given_and_are_kept_in_the_range():
    rows = latents.traverse(priors.Uniform(3), POINT, "latent", 2, values=[0.0, 5.0])
    assert rows["latent"][:, 2].tolist() == [0.0, 1.0]
    plane = {"latent": np.float32([[1.0, 2.0]])}
    rows = latents.traverse(priors.Mixture(3), plane, "latent", 0, values=[4.0])
    assert rows["latent"].tolist() == [[4.0, 2.0]]


@pytest.mark.parametrize(
    ("prior", "name", "index", "sentence"),
    [
        (priors.Uniform(3), "z", 0, "code of the prior, one of latent; received 'z'"),
        (priors.Noise(), "noise", 0, "name must be a vector or code of the prior, of which this"),
        (priors.Uniform(3), "latent", 3, "index must be a whole number from 0 to 2; received 3"),
        (
            priors.Uniform(3),
            "latent",
            0.5,
            "index must be a whole number from 0 to 2; received 0.5",
        ),
        (priors.Mixture(3), "latent", 0, "values must be a list of numbers for a Mixture prior"),
    ],
)
def test_what_cannot_vary_is_refused(prior, name, index, sentence):
    size = next(iter(prior.shapes.values()), (3,))[0]
    point = {"latent": POINT["latent"][:, :size]}
    with pytest.raises(ValueError, match=sentence):
        latents.traverse(prior, point, name, index)
