"""Paths through many points."""

import numpy as np
import pytest

from tfgan import latents, priors

SQUARE = {"latent": np.float64([[0, 0], [0.4, 0], [0.4, 0.4], [0, 0.4]])}
UNIFORM = priors.Uniform(2)


def through(points, count, **options):
    return latents.through(UNIFORM, points, count, **options)["latent"]


def test_an_open_path_has_equal_steps_and_both_ends():
    rows = through(SQUARE, 7)
    np.testing.assert_allclose(np.linalg.norm(np.diff(rows, axis=0), axis=1), 0.2)
    np.testing.assert_array_equal(rows[[0, 2, 4, 6]], SQUARE["latent"])


def test_a_closed_path_returns_without_repeating_its_first_point():
    rows = through(SQUARE, 8, closed=True)
    steps = np.linalg.norm(np.diff(np.concatenate([rows, rows[:1]]), axis=0), axis=1)
    np.testing.assert_allclose(steps, 0.2)
    np.testing.assert_allclose(rows[-1], [0.0, 0.2], atol=1e-12)


def test_a_long_segment_has_more_of_the_steps():
    rows = through({"latent": np.float64([[0, 0], [0.1, 0], [0.9, 0]])}, 10)
    np.testing.assert_allclose(rows[:, 0], np.linspace(0.0, 0.9, 10), atol=1e-12)


def test_points_that_coincide_are_a_path_that_stays():
    same = {"latent": np.full((3, 2), 0.25)}
    np.testing.assert_array_equal(through(same, 5), np.full((5, 2), 0.25))


def test_classes_alone_switch_from_segment_to_segment():
    code = {"code": np.eye(3, dtype=np.float32)}
    rows = latents.through(priors.Categorical(3), code, 5)["code"]
    assert rows.argmax(axis=1).tolist() == [0, 1, 1, 2, 2]


def test_segments_are_neighbors():
    starts, ends = latents.segments({"latent": np.arange(3)})
    assert (starts["latent"].tolist(), ends["latent"].tolist()) == ([0, 1], [1, 2])
    starts, ends = latents.segments({"latent": np.arange(3)}, closed=True)
    assert (starts["latent"].tolist(), ends["latent"].tolist()) == ([0, 1, 2], [1, 2, 0])


def test_too_few_points_or_steps_are_refused():
    with pytest.raises(ValueError, match="two or more points; received 1"):
        through({"latent": np.zeros((1, 2))}, 4)
    with pytest.raises(ValueError, match="count must be a whole number, at least 2; received 1"):
        through(SQUARE, 1)
