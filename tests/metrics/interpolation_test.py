"""Points between two vectors."""

import numpy as np
import pytest

from tfgan import metrics


def latents(count=400, dimensions=5, seed=0):
    return np.random.default_rng(seed).standard_normal((2, count, dimensions))


def test_slerp_meets_its_ends_and_stays_on_the_sphere():
    one, other = latents(50)
    for t, end in ((0.0, one), (1.0, other)):
        np.testing.assert_allclose(metrics.slerp(one, other, np.full(50, t)), end, rtol=1e-9)
    unit = [z / np.linalg.norm(z, axis=1, keepdims=True) for z in (one, other)]
    middle = metrics.slerp(*unit, np.full(50, 0.5))
    np.testing.assert_allclose(np.linalg.norm(middle, axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(
        np.sum(middle * unit[0], axis=1), np.sum(middle * unit[1], axis=1), rtol=1e-9
    )


@pytest.mark.parametrize("turn", [0.0, 1e-12, 1e-7])
def test_nearly_parallel_latents_are_crossed_smoothly(turn):
    one, other = np.array([[2.0, 0.0]]), np.array([[2.0, turn]])
    for t in (0.0, 0.25, 1.0):
        result = metrics.slerp(one, other, np.array([t]))
        np.testing.assert_allclose(result, [[2.0, t * turn]], rtol=1e-6, atol=1e-15)


def test_lerp_is_the_weighted_mean():
    one, other = latents(3)
    t = np.array([0.0, 0.25, 1.0])
    expected = (1.0 - t)[:, None] * one + t[:, None] * other
    np.testing.assert_allclose(metrics.lerp(one, other, t), expected, atol=1e-15)


def test_a_vector_of_length_0_is_left_without_a_division_by_0():
    with np.errstate(all="raise"):
        middle = metrics.slerp(np.zeros((1, 3)), np.array([[2.0, 0.0, 0.0]]), np.array([1.0]))
    np.testing.assert_allclose(middle, [[2.0, 0.0, 0.0]], atol=1e-15)
