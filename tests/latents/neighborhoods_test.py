"""Points around a point."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import latents, priors


def draws(prior, count, seed):
    return {n: rows.numpy() for n, rows in prior(count, tf.constant([seed, 0])).items()}


def test_neighbors_under_a_normal_prior_are_at_one_angle_and_as_long():
    prior = priors.Normal(400)
    point, others = draws(prior, 1, 0), draws(prior, 60, 1)
    near = latents.around(prior, point, others, 0.2)["latent"]
    length = np.linalg.norm(point["latent"])
    np.testing.assert_allclose(np.linalg.norm(near, axis=1), length, rtol=0.05)
    cosine = near @ point["latent"][0] / np.linalg.norm(near, axis=1) / length
    # Independent directions of 400 dimensions are nearly orthogonal.
    np.testing.assert_allclose(np.arccos(cosine), 0.2 * np.pi / 2, atol=0.05)


def test_neighbors_under_a_uniform_prior_stay_in_its_range():
    prior = priors.Uniform(9)
    point, others = draws(prior, 1, 0), draws(prior, 60, 1)
    near = latents.around(prior, point, others, 0.25)["latent"]
    expected = 0.75 * point["latent"] + 0.25 * others["latent"]
    np.testing.assert_allclose(near, expected, atol=1e-6)
    assert np.abs(near).max() <= 1.0


def test_no_reach_gives_the_point_and_a_full_one_the_draws():
    prior = priors.Normal(3)
    point, others = draws(prior, 1, 0), draws(prior, 4, 1)
    np.testing.assert_array_equal(
        latents.around(prior, point, others, 0.0)["latent"], np.repeat(point["latent"], 4, axis=0)
    )
    np.testing.assert_array_equal(
        latents.around(prior, point, others, 1.0)["latent"], others["latent"]
    )


def test_bad_arguments_are_refused():
    prior = priors.Normal(3)
    with pytest.raises(ValueError, match=r"reach must be in 0..1; received 1.5"):
        latents.around(prior, draws(prior, 1, 0), draws(prior, 4, 1), 1.5)
    with pytest.raises(ValueError, match=r"point must be one latent; received 2 rows"):
        latents.around(prior, draws(prior, 2, 0), draws(prior, 4, 1), 0.5)
