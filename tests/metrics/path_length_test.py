import numpy as np
import pytest

from tfgan import metrics


def latents(count=400, dimensions=5, seed=0):
    return np.random.default_rng(seed).standard_normal((2, count, dimensions))


def squared(near, far):
    return np.sum((near - far) ** 2, axis=1)


def test_a_linear_generator_on_lines_has_the_closed_form():
    starts, ends = latents()
    matrix = np.random.default_rng(1).standard_normal((5, 7))
    found = metrics.perceptual_path_length(
        lambda z: z @ matrix, squared, starts, ends, interpolate=metrics.lerp, crop=0.0
    )
    lengths = np.sum(((ends - starts) @ matrix) ** 2, axis=1)
    assert found.mean == pytest.approx(lengths.mean(), rel=1e-6)
    assert found.standard_error == pytest.approx(lengths.std(ddof=1) / 20.0, rel=1e-6)
    assert found.count == 400


def test_the_identity_on_the_sphere_moves_by_the_angle():
    starts, ends = (z / np.linalg.norm(z, axis=1, keepdims=True) for z in latents())
    found = metrics.perceptual_path_length(lambda z: z, squared, starts, ends, crop=0.0)
    angles = np.arccos(np.sum(starts * ends, axis=1))
    assert found.mean == pytest.approx(np.mean(angles**2), rel=1e-5)


def test_the_longest_and_shortest_paths_are_left_out():
    starts, ends = latents()
    ends[:2] *= 1e6
    arguments = {"interpolate": metrics.lerp}
    kept = metrics.perceptual_path_length(lambda z: z, squared, starts, ends, **arguments)
    all_ = metrics.perceptual_path_length(lambda z: z, squared, starts, ends, crop=0.0, **arguments)
    assert kept.count == 392 and kept.mean < 1e-6 * all_.mean


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
        found = metrics.slerp(one, other, np.array([t]))
        np.testing.assert_allclose(found, [[2.0, t * turn]], rtol=1e-6, atol=1e-15)


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match="of one shape"):
        metrics.perceptual_path_length(None, None, np.zeros((3, 2)), np.zeros((2, 2)))
