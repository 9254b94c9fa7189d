import dataclasses

import numpy as np
import pytest
import scipy.stats
import tensorflow as tf

from tfgan import priors, rng

SEED = rng.stream(7, 0, "latent")
PRIORS = {
    "Normal": priors.Normal(3),
    "TruncatedNormal": priors.TruncatedNormal(3, 0.7),
    "Uniform": priors.Uniform(3, name="noise"),
    "Sphere": priors.Sphere(3),
    "Categorical": priors.Categorical(4),
    "Mixture": priors.Mixture(5),
    "SwissRoll": priors.SwissRoll(5),
    "Joint": priors.Joint([priors.Normal(2), priors.Categorical(3), priors.Uniform(1, name="c")]),
}
every_prior = pytest.mark.parametrize("prior", PRIORS.values(), ids=PRIORS)


def numbers(prior, count=2_000):
    return prior(count, SEED)[prior.name].numpy()


def assert_distributed(sample, distribution):
    """Kolmogorov-Smirnov; the seed is fixed, so that the verdict is too."""
    assert scipy.stats.kstest(np.ravel(sample), distribution.cdf).pvalue > 1e-3


@every_prior
def test_shapes_describe_what_a_call_returns(prior):
    rows = prior(5, SEED)
    assert {name: tuple(value.shape) for name, value in rows.items()} == {
        name: (5, *shape) for name, shape in prior.shapes.items()
    }
    assert all(value.dtype == tf.float32 for value in rows.values())


def test_names_are_the_inputs_of_the_generator():
    assert priors.Normal(3).shapes == {"latent": (3,)}
    assert priors.Uniform(3, name="noise").shapes == {"noise": (3,)}
    assert priors.Categorical(10).shapes == {"code": (10,)}
    assert PRIORS["Joint"].shapes == {"latent": (2,), "code": (3,), "c": (1,)}


@every_prior
def test_rows_are_a_function_of_the_seed(prior):
    first, again, other = prior(20, SEED), prior(20, SEED), prior(20, rng.fold(SEED, 1))
    for name in prior.shapes:
        np.testing.assert_array_equal(first[name], again[name])
        assert not np.array_equal(first[name], other[name])


@every_prior
def test_numbered_rows_do_not_depend_on_the_batch(prior):
    alone = rng.per_example(prior, rng.fold(SEED, [6]))
    among_others = rng.per_example(prior, rng.fold(SEED, [2, 6, 0]))
    for name in prior.shapes:
        np.testing.assert_array_equal(among_others[name][1], alone[name][0])


@every_prior
def test_priors_compile_under_xla(prior):
    compiled = tf.function(lambda seed: prior(40, seed), jit_compile=True)
    first, again, other = compiled(SEED), compiled(SEED), compiled(rng.fold(SEED, 1))
    for name, (size,) in prior.shapes.items():
        assert first[name].shape == (40, size)
        assert np.all(np.isfinite(first[name]))
        np.testing.assert_array_equal(first[name], again[name])
        assert not np.array_equal(first[name], other[name])


@every_prior
def test_replicas_draw_the_rows_of_the_global_batch(two_replicas, prior):
    results = two_replicas.run(tf.function(lambda: prior(3, SEED)))
    for name, rows in prior(6, SEED).items():
        per_replica = two_replicas.experimental_local_results(results[name])
        np.testing.assert_allclose(np.concatenate(per_replica), rows, rtol=1e-6, atol=3e-6)


def test_normal_is_standard_normal_and_independent():
    sample = numbers(PRIORS["Normal"])
    assert_distributed(sample, scipy.stats.norm())
    np.testing.assert_allclose(np.cov(sample.T), np.eye(3), atol=0.12)  # four standard errors


@pytest.mark.parametrize("threshold", [0.05, 0.7, 2.0, 10.0])
def test_truncated_normal_is_the_normal_between_its_bounds(threshold):
    sample = numbers(priors.TruncatedNormal(3, threshold))
    assert np.all(np.abs(sample) <= threshold)
    assert_distributed(sample, scipy.stats.truncnorm(-threshold, threshold))


@pytest.mark.parametrize("draw", [-1.0, 1.0 - 2.0**-22])
def test_truncated_normal_is_finite_at_the_ends_of_the_uniform_draw(monkeypatch, draw):
    monkeypatch.setattr(rng, "uniform", lambda seed, count, *_: tf.fill([count, 1], draw))
    z = priors.TruncatedNormal(1, 100.0)(1, SEED)["latent"]
    # Half a step of 2^-23 is left beyond either end.
    np.testing.assert_allclose(z, [[np.sign(draw) * scipy.stats.norm.isf(2.0**-24)]], rtol=1e-3)


def test_uniform_fills_its_range():
    assert_distributed(numbers(PRIORS["Uniform"]), scipy.stats.uniform(-1, 2))
    sample = numbers(priors.Uniform(2, low=0.0, high=5.0))
    assert_distributed(sample, scipy.stats.uniform(0, 5))


def test_sphere_is_uniform_on_its_surface():
    sample = numbers(PRIORS["Sphere"])
    np.testing.assert_allclose(np.linalg.norm(sample, axis=1), np.sqrt(3), rtol=1e-5)
    # Archimedes: in three dimensions every coordinate is uniform on [-radius, radius].
    for axis in range(3):
        assert_distributed(sample[:, axis], scipy.stats.uniform(-np.sqrt(3), 2 * np.sqrt(3)))


def test_sphere_takes_a_radius():
    norms = np.linalg.norm(numbers(priors.Sphere(8, radius=2.5), 50), axis=1)
    np.testing.assert_allclose(norms, 2.5, rtol=1e-5)


def test_categorical_is_one_hot_and_even():
    sample = numbers(PRIORS["Categorical"])
    assert set(np.unique(sample)) == {0.0, 1.0}
    np.testing.assert_array_equal(sample.sum(axis=1), np.ones(2_000))
    assert scipy.stats.chisquare(sample.sum(axis=0)).pvalue > 1e-3


def test_a_component_of_a_mixture_is_the_gaussian_of_its_place_on_the_ring():
    """Component 1 of 4 lies at (0, r): along y its deviation is a, along x it is b."""
    prior = priors.Mixture(4, radius=3.0, deviations=(0.5, 0.1))
    sample = prior.given(tf.fill([2_000], 1), SEED)["latent"].numpy()
    assert_distributed(sample[:, 0], scipy.stats.norm(0.0, 0.1))
    assert_distributed(sample[:, 1], scipy.stats.norm(3.0, 0.5))
    assert abs(np.corrcoef(sample.T)[0, 1]) < 0.09  # four standard errors


def test_a_piece_of_a_swiss_roll_lies_between_its_ends():
    """Almost without noise, the angle t of a point is its radius; t^2 is uniform in a piece."""
    prior = priors.SwissRoll(4, radius=4.5 * np.pi, deviation=1e-4)
    for piece in range(4):
        sample = prior.given(tf.fill([500], piece), SEED)["latent"].numpy()
        t = np.linalg.norm(sample, axis=1)
        np.testing.assert_allclose(sample, t[:, None] * np.c_[np.cos(t), np.sin(t)], atol=0.01)
        first, span = (1.5 * np.pi) ** 2, (4.5 * np.pi) ** 2 - (1.5 * np.pi) ** 2
        assert_distributed(
            t**2, scipy.stats.uniform(first + span * piece / 4 - 0.01, span / 4 + 0.02)
        )


def test_the_noise_of_a_swiss_roll_has_its_deviation():
    thin, thick = priors.SwissRoll(3, deviation=1e-6), priors.SwissRoll(3, deviation=0.2)
    noise = (numbers(thick) - numbers(thin)).ravel()
    assert_distributed(noise, scipy.stats.norm(0.0, 0.2))


@pytest.mark.parametrize("prior", [priors.Mixture(6), priors.SwissRoll(6)], ids=str)
def test_all_classes_of_the_plane_are_equally_likely(prior):
    """Whose class a point is: that of the nearest of many points whose class is known."""
    label = np.repeat(np.arange(6), 300)
    known = prior.given(tf.constant(label), rng.fold(SEED, 5))["latent"].numpy()
    nearest = np.linalg.norm(numbers(prior, 900)[:, None] - known, axis=2).argmin(axis=1)
    assert scipy.stats.chisquare(np.bincount(label[nearest], minlength=6)).pvalue > 1e-3


def test_a_joint_prior_draws_the_part_that_has_classes_from_the_class_asked_for():
    prior = priors.Joint([priors.Normal(2), priors.Categorical(3)])
    assert prior.classes == 3
    rows = prior.given(tf.constant([2, 0, 1]), SEED)
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
    with pytest.raises(ValueError, match=r"different names, received \['latent', 'latent'\]"):
        priors.Joint([priors.Normal(2), priors.Uniform(3)])
    with pytest.raises(ValueError, match=r"received \[\]"):
        priors.Joint([])


def test_truncating_a_normal_bounds_it():
    prior = priors.Normal(5, name="z").truncated(0.5)
    assert prior == priors.TruncatedNormal(5, 0.5, "z")


def test_truncating_twice_keeps_the_smaller_bound():
    prior = priors.TruncatedNormal(5, 0.5)
    assert prior.truncated(0.3).threshold == 0.3
    assert prior.truncated(2.0).threshold == 0.5


def test_truncating_a_uniform_keeps_a_share_around_its_middle():
    prior = priors.Uniform(2, low=1.0, high=5.0, name="z").truncated(0.25)
    assert prior == priors.Uniform(2, low=2.5, high=3.5, name="z")
    assert priors.Uniform(2).truncated(1.0) == priors.Uniform(2)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.5, float("nan")])
def test_a_uniform_keeps_no_share_outside_0_to_1(threshold):
    with pytest.raises(ValueError, match=r"threshold of a Uniform prior must be in \(0, 1\]"):
        priors.Uniform(2).truncated(threshold)


def test_truncating_a_joint_prior_truncates_the_parts_that_can_be():
    prior = PRIORS["Joint"].truncated(0.5)
    assert prior.priors == (
        priors.TruncatedNormal(2, 0.5),
        priors.Categorical(3),
        priors.Uniform(1, low=-0.5, high=0.5, name="c"),
    )
    with pytest.raises(ValueError, match="Uniform prior must be in"):
        PRIORS["Joint"].truncated(2.0)


@pytest.mark.parametrize(
    ("prior", "reason"),
    [
        (priors.Sphere(3), "equally far from the middle"),
        (priors.Categorical(3), "no class is further out"),
        (priors.Mixture(3), "no common middle"),
        (priors.Joint([priors.Sphere(3), priors.Categorical(3)]), "none of its parts"),
    ],
    ids=["Sphere", "Categorical", "Mixture", "Joint"],
)
def test_priors_without_outer_parts_say_why(prior, reason):
    with pytest.raises(priors.TruncationError, match=reason):
        prior.truncated(0.5)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: priors.Normal(0), "size must be an int of 1 or more, received 0"),
        (lambda: priors.Normal(2.0), "size must be an int of 1 or more, received 2.0"),
        (lambda: priors.Uniform(-1), "size must be an int"),
        (lambda: priors.Sphere(0), "size must be an int"),
        (lambda: priors.TruncatedNormal(0, 1.0), "size must be an int"),
        (lambda: priors.TruncatedNormal(2, 0.0), "threshold must be above 0, received 0.0"),
        (lambda: priors.Normal(2).truncated(-1.0), "threshold must be above 0, received -1.0"),
        (lambda: priors.TruncatedNormal(2, 1.0).truncated(0), "threshold must be above 0"),
        (lambda: priors.Uniform(2, low=1.0, high=1.0), "low must be below high, received 1.0"),
        (lambda: priors.Sphere(2, radius=0.0), "radius must be above 0, received 0.0"),
        (lambda: priors.Mixture(1), "classes must be an int of 2 or more"),
        (lambda: priors.Mixture(3, radius=0.0), "radius must be above 0, received 0.0"),
        (lambda: priors.Mixture(3, deviations=(1.0, 0.0)), r"deviations\[1\] must be above 0"),
        (lambda: priors.SwissRoll(3, deviation=-1.0), "deviation must be above 0"),
        (lambda: priors.Categorical(1), "classes must be an int of 2 or more, received 1"),
    ],
)
def test_impossible_priors_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


@every_prior
def test_priors_are_values(prior):
    assert prior == dataclasses.replace(prior)
    assert hash(prior) == hash(dataclasses.replace(prior))
    with pytest.raises(dataclasses.FrozenInstanceError):
        prior.name = "other"
