"""Vectors of numbers, and classes."""

import numpy as np
import pytest
import scipy.stats
import tensorflow as tf

from tfgan import priors, rng

from .draws import PRIORS, SEED, assert_distributed, numbers


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
