"""The nearest latents that a prior could have drawn."""

import numpy as np

from tfgan import latents, priors

ROWS = np.float32([[3.0, -4.0], [0.3, 0.1]])


def nearest(prior, rows=ROWS):
    [name] = prior.shapes
    return latents.nearest(prior, {name: rows})[name]


def test_numbers_are_clipped_to_the_range():
    np.testing.assert_array_equal(
        nearest(priors.Uniform(2, 0.25, 2.0)), np.float32([[2.0, 0.25], [0.3, 0.25]])
    )
    np.testing.assert_array_equal(
        nearest(priors.TruncatedNormal(2, 0.25)), np.float32([[0.25, -0.25], [0.25, 0.1]])
    )
    assert nearest(priors.Uniform(2)).dtype == np.float32


def test_rows_are_scaled_to_the_sphere():
    np.testing.assert_allclose(nearest(priors.Sphere(2, radius=10.0))[0], [6.0, -8.0])
    np.testing.assert_allclose(np.linalg.norm(nearest(priors.Sphere(2)), axis=1), np.sqrt(2.0))
    np.testing.assert_array_equal(nearest(priors.Sphere(2), np.zeros((1, 2))), np.zeros((1, 2)))


def test_a_class_is_the_largest_entry():
    sums = np.float32([[0.2, 0.5, -0.1], [2.0, 1.0, 0.0]])
    assert nearest(priors.Categorical(3), sums).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_other_priors_and_entries_stay_and_a_joint_prior_is_its_parts():
    np.testing.assert_array_equal(nearest(priors.Normal(2)), ROWS)
    inner = priors.Joint([priors.Uniform(2, name="style"), priors.Normal(2)])
    prior = priors.Joint([inner, priors.Categorical(3)])
    assert [type(part).__name__ for part in latents.parts(prior)] == [
        "Uniform", "Normal", "Categorical",
    ]  # fmt: skip
    changed = latents.nearest(prior, {"style": ROWS, "latent": ROWS, "label": np.arange(2)})
    assert changed["style"][0].tolist() == [1.0, -1.0]
    assert changed["label"].tolist() == [0, 1] and list(changed) == ["style", "latent", "label"]
