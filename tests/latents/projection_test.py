"""Descent of latents to a small loss."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import latents, priors


def draws(prior, count, seed=0):
    return {n: rows.numpy() for n, rows in prior(count, tf.constant([seed, 0])).items()}


def squared_distance(goals):
    """The squared distance of `latent` to a goal, with its gradient."""

    def loss(points):
        difference = points["latent"] - goals
        return np.sum(difference**2, axis=1), {"latent": 2.0 * difference}

    return loss


def test_the_goal_is_reached_in_the_range_and_its_projection_outside():
    prior = priors.Uniform(2, -0.5, 1.0)
    points, losses = latents.descend(
        prior, draws(prior, 3), squared_distance([-0.25, 3.0]), steps=200
    )
    np.testing.assert_allclose(points["latent"], [[-0.25, 1.0]] * 3, atol=1e-3)
    np.testing.assert_allclose(losses, 4.0, atol=1e-4)


def test_the_first_step_is_a_fifth_of_the_rate_in_the_direction_of_the_sign():
    start = {"latent": np.float32([[0.3, -0.4]])}  # root mean square sqrt(0.125)
    points, _ = latents.descend(
        priors.Uniform(2), start, squared_distance([1.0, -1.0]), steps=1, learning_rate=0.1
    )
    change = 0.2 * 0.1 * np.sqrt(0.125)
    np.testing.assert_allclose(points["latent"], [[0.3 + change, -0.4 - change]], rtol=1e-5)


def test_a_row_keeps_the_best_place_on_its_way_and_the_start_if_nothing_is_better():
    prior = priors.Uniform(1)
    start = {"latent": np.float32([[0.5]])}

    def wrong_way(points):
        return points["latent"][:, 0] ** 2, {"latent": -2.0 * points["latent"]}

    points, losses = latents.descend(prior, start, wrong_way, steps=5)
    np.testing.assert_array_equal(points["latent"], start["latent"])
    np.testing.assert_array_equal(losses, [0.25])


@pytest.mark.parametrize("goal", [0.0, 100.0])
def test_lengths_under_a_normal_prior_stay_those_of_its_draws(goal):
    prior = priors.Normal(100)
    points, _ = latents.descend(prior, draws(prior, 4), squared_distance(goal), steps=100)
    limit = 8.0 if goal == 0.0 else 12.0
    np.testing.assert_allclose(np.linalg.norm(points["latent"], axis=1), limit, rtol=1e-4)


def test_a_start_that_is_shorter_may_stay_so_under_a_normal_prior():
    start = {"latent": np.full((1, 100), 0.1, np.float32)}  # a length of 1
    points, losses = latents.descend(
        priors.Normal(100), start, squared_distance(np.full(100, 0.2)), steps=100
    )
    np.testing.assert_allclose(points["latent"], 0.2, atol=1e-3)
    assert losses[0] < 1e-4


def test_points_stay_on_a_sphere():
    prior = priors.Sphere(3)
    goal = np.array([3.0, 0.0, 0.0])
    points, _ = latents.descend(prior, draws(prior, 2), squared_distance(goal), steps=200)
    np.testing.assert_allclose(points["latent"], [[np.sqrt(3.0), 0.0, 0.0]] * 2, atol=1e-2)


def test_classes_noise_and_labels_stay():
    prior = priors.Joint([priors.Uniform(2), priors.Categorical(3), priors.Noise()])
    start = draws(prior, 5) | {"label": np.arange(5)}
    assert latents.moving_parts(prior) == ["latent"]
    points, _ = latents.descend(prior, start, squared_distance(0.5), steps=3)
    for name in ("code", "noise", "label"):
        np.testing.assert_array_equal(points[name], start[name])
    assert (points["latent"] != start["latent"]).all()


def test_progress_counts_the_steps():
    calls = []
    start = {"latent": np.zeros((1, 2), np.float32)}  # without a length: moves as from ones
    points, _ = latents.descend(
        priors.Uniform(2), start, squared_distance(1.0), steps=3,
        progress=lambda *call: calls.append(call),
    )  # fmt: skip
    assert calls == [(1, 3), (2, 3), (3, 3)] and (points["latent"] > 0.0).all()


def test_no_steps_and_a_prior_without_vectors_are_refused():
    start = {"latent": np.zeros((1, 2), np.float32)}
    with pytest.raises(ValueError, match="steps must be a whole number, at least 1; received 0"):
        latents.descend(priors.Uniform(2), start, squared_distance(1.0), steps=0)
    with pytest.raises(ValueError, match="vector of numbers to project into; received Noise"):
        latents.moving_parts(priors.Noise())
