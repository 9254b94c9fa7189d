"""Paths keep what the prior keeps: the range of a uniform one, the length of a normal one."""

import numpy as np
import pytest
import tensorflow as tf

from tfgan import latents, priors

COUNT, SIZE = 50, 100


def ends(prior, count=COUNT):
    """Two sets of draws of a prior, NumPy."""
    return [
        {name: rows.numpy() for name, rows in prior(count, tf.constant([seed, 7])).items()}
        for seed in (0, 1)
    ]


def path(prior, mode="auto", steps=9, name="latent"):
    return latents.interpolate(prior, *ends(prior), steps, mode)[name]


def lengths(rows):
    return np.linalg.norm(rows.astype(float), axis=-1)


@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (0.3, 0.7)])
def test_a_path_under_a_uniform_prior_never_leaves_its_range(low, high):
    prior = priors.Uniform(SIZE, low, high)
    rows = path(prior, steps=33)
    assert rows.min() >= low and rows.max() <= high
    along_an_arc = path(priors.Uniform(SIZE), "spherical", steps=33)[:, 16]
    assert 0.06 < np.mean(np.abs(along_an_arc) > 1.0) < 0.11  # what the arc would do


def test_a_path_under_a_normal_prior_keeps_its_length_and_a_line_has_sqrt_one_half():
    prior = priors.Normal(SIZE)
    arcs, lines = path(prior), path(prior, "linear")
    start, end = lengths(arcs[:, :1]), lengths(arcs[:, -1:])
    expected = start + (end - start) * np.linspace(0.0, 1.0, 9)
    np.testing.assert_allclose(lengths(arcs), expected, rtol=1e-5)
    middle = np.mean(lengths(lines[:, 4]) / lengths(arcs[:, 4]))
    assert middle == pytest.approx(np.sqrt(0.5), abs=0.02)  # +- 0.005


def test_a_path_stays_on_a_sphere_and_inside_a_truncation():
    np.testing.assert_allclose(lengths(path(priors.Sphere(SIZE))), 10.0, rtol=1e-5)
    cut = priors.TruncatedNormal(SIZE, 0.5)
    assert np.abs(path(cut)).max() <= 0.5 < np.abs(path(cut, "spherical")).max()


@pytest.mark.parametrize("mode", ["auto", "linear", "spherical"])
@pytest.mark.parametrize("prior", [priors.Uniform(5), priors.Normal(5)], ids=repr)
def test_a_path_begins_and_ends_exactly_at_its_ends_with_equal_steps(prior, mode):
    rows, (start, end) = path(prior, mode), ends(prior)
    assert rows.dtype == np.float32 and rows.shape == (COUNT, 9, 5)
    np.testing.assert_array_equal(rows[:, 0], start["latent"])
    np.testing.assert_array_equal(rows[:, -1], end["latent"])
    units = rows / lengths(rows)[..., None]
    if latents.modes_of(prior, mode)["latent"] == "linear":
        steps = lengths(np.diff(rows, axis=1))
    else:
        steps = np.arccos(np.clip(np.sum(units[:, 1:] * units[:, :-1], axis=-1), -1.0, 1.0))
    np.testing.assert_allclose(steps, np.broadcast_to(steps[:, :1], steps.shape), atol=2e-3)


def test_a_path_between_opposite_points_stays_on_the_sphere_on_a_definite_circle():
    prior, start = priors.Sphere(3), {"latent": np.float32([[1.5, 0.0, -0.866]])}
    start = latents.nearest(prior, start)
    end = {"latent": -start["latent"]}
    rows = latents.interpolate(prior, start, end, 5)["latent"][0]
    np.testing.assert_allclose(lengths(rows), np.sqrt(3.0), rtol=1e-5)
    np.testing.assert_allclose(rows[2], [0.0, np.sqrt(3.0), 0.0], atol=1e-6)  # the smallest axis
    cosines = np.sum(rows[1:] * rows[:-1], axis=1) / 3.0
    np.testing.assert_allclose(cosines, np.cos(np.pi / 4), rtol=1e-4)
    line = priors.Sphere(1, radius=2.0)
    signs = latents.interpolate(line, {"latent": [[2.0]]}, {"latent": [[-2.0]]}, 5)["latent"]
    np.testing.assert_allclose(np.abs(signs), 2.0)


def test_whole_numbers_are_not_truncated_on_the_way():
    start, end = {"latent": np.int32([[0, 0]])}, {"latent": np.int32([[1, 1]])}
    rows = latents.interpolate(priors.Uniform(2), start, end, 3)["latent"]
    assert rows.tolist() == [[[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]]] and rows.dtype == np.float32


def test_classes_switch_in_the_middle_and_seeds_and_labels_stay():
    parts = [priors.Normal(3), priors.Categorical(4), priors.Noise(), priors.StyleTruncation()]
    prior = priors.Joint(parts)
    start, end = ends(prior)
    more = {"label": np.arange(COUNT) + 1, "psi": np.full((COUNT, 1), 0.5)}
    start, end = start | {"label": np.arange(COUNT)}, end | more
    rows = latents.interpolate(prior, start, end, 4)
    np.testing.assert_array_equal(rows["code"][:, 1], start["code"])
    np.testing.assert_array_equal(rows["code"][:, 2], end["code"])
    for name in ("noise", "label", "psi"):
        np.testing.assert_array_equal(rows[name][:, -1], start[name])
    assert rows["noise"].dtype == np.int32
    chosen = latents.modes_of(prior, "linear")
    assert chosen == {"latent": "linear", "code": "switch", "noise": "stay", "psi": "stay"}


def test_a_prior_without_a_rule_needs_a_mode():
    roll = priors.SwissRoll(4)
    with pytest.raises(ValueError, match="mode must be linear or spherical for a SwissRoll prior"):
        latents.modes_of(roll)
    assert latents.modes_of(roll, "linear") == {"latent": "linear"}


def test_bad_arguments_are_refused():
    start, end = ends(priors.Normal(3))
    with pytest.raises(ValueError, match="mode must be one of auto, linear, spherical"):
        latents.interpolate(priors.Normal(3), start, end, 3, "cubic")
    with pytest.raises(ValueError, match="steps must be a whole number, at least 2; received 1"):
        latents.interpolate(priors.Normal(3), start, end, 1)
    with pytest.raises(ValueError, match="starts and ends must be latents of one shape"):
        latents.between(priors.Normal(3), start, {"latent": end["latent"][:3]}, [0.5])


@pytest.mark.parametrize(
    ("t", "sentence"),
    [
        ([1.5], "t must be from 0 to 1; received 1.5"),
        ([np.nan], "t must be finite; received nan"),
        ([0.1, 0.2], r"t must be a list of 1 numbers; received float64 \[2\]"),
        (0.5, "t must be a list of numbers; received 0.5"),
    ],
)
def test_fractions_of_the_way_are_one_per_point_from_0_to_1(t, sentence):
    point = {"latent": np.ones((1, 3))}
    with pytest.raises(ValueError, match=sentence):
        latents.between(priors.Normal(3), point, point, t)
