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


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match="of one shape"):
        metrics.perceptual_path_length(None, None, np.zeros((3, 2)), np.zeros((2, 2)))
