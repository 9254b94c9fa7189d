"""What holds for all priors."""

import dataclasses

import numpy as np
import pytest
import tensorflow as tf

from tfgan import priors, rng

from .draws import PRIORS, SEED, every_prior


@every_prior
def test_shapes_describe_what_a_call_returns(prior):
    rows = prior(5, SEED)
    assert {name: tuple(value.shape) for name, value in rows.items()} == {
        name: (5, *shape) for name, shape in prior.shapes.items()
    }
    dtype = tf.int32 if prior == priors.Noise() else tf.float32
    assert all(value.dtype == dtype for value in rows.values())


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


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: priors.Normal(0), "size must be an int of 1 or more; received 0"),
        (lambda: priors.Normal(2.0), "size must be an int of 1 or more; received 2.0"),
        (lambda: priors.Uniform(-1), "size must be an int"),
        (lambda: priors.Sphere(0), "size must be an int"),
        (lambda: priors.TruncatedNormal(0, 1.0), "size must be an int"),
        (lambda: priors.TruncatedNormal(2, 0.0), "threshold must be above 0; received 0.0"),
        (lambda: priors.Normal(2).truncated(-1.0), "threshold must be above 0; received -1.0"),
        (lambda: priors.TruncatedNormal(2, 1.0).truncated(0), "threshold must be above 0"),
        (lambda: priors.Uniform(2, low=1.0, high=1.0), "low must be below high; received 1.0"),
        (lambda: priors.Sphere(2, radius=0.0), "radius must be above 0; received 0.0"),
        (lambda: priors.Mixture(1), "classes must be an int of 2 or more"),
        (lambda: priors.Mixture(3, radius=0.0), "radius must be above 0; received 0.0"),
        (lambda: priors.Mixture(3, deviations=(1.0, 0.0)), r"deviations\[1\] must be above 0"),
        (lambda: priors.SwissRoll(3, deviation=-1.0), "deviation must be above 0"),
        (lambda: priors.Categorical(1), "classes must be an int of 2 or more; received 1"),
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


@every_prior
def test_seeds_of_all_rows_draw_what_each_draws_alone(prior):
    seeds = rng.fold(SEED, tf.range(5))
    alone = rng.per_example(prior, seeds)
    for name, rows in prior(5, seeds).items():
        np.testing.assert_array_equal(rows, alone[name])


@pytest.mark.parametrize("prior", [PRIORS["Joint"], PRIORS["Mixture"]], ids=["Joint", "Mixture"])
def test_seeds_of_all_rows_draw_from_the_classes_of_the_rows(prior):
    seeds, labels = rng.fold(SEED, tf.range(3)), tf.constant([2, 0, 1])
    alone = rng.per_example(
        lambda count, seed, label: prior.conditional(label, seed), seeds, labels
    )
    for name, rows in prior.conditional(labels, seeds).items():
        np.testing.assert_array_equal(rows, alone[name])
