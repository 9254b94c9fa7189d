"""Priors whose parts are classes."""

import numpy as np
import pytest
import scipy.stats
import tensorflow as tf

from tfgan import priors, rng

from .draws import SEED, assert_distributed, numbers


def test_a_component_of_a_mixture_is_the_gaussian_of_its_place_on_the_ring():
    """Component 1 of 4 lies at (0, r): along y its deviation is a, along x it is b."""
    prior = priors.Mixture(4, radius=3.0, deviations=(0.5, 0.1))
    sample = prior.conditional(tf.fill([2_000], 1), SEED)["latent"].numpy()
    assert_distributed(sample[:, 0], scipy.stats.norm(0.0, 0.1))
    assert_distributed(sample[:, 1], scipy.stats.norm(3.0, 0.5))
    assert abs(np.corrcoef(sample.T)[0, 1]) < 0.09  # four standard errors


def test_a_piece_of_a_swiss_roll_lies_between_its_ends():
    """Almost without noise, the angle t of a point is its radius; t^2 is uniform in a piece."""
    prior = priors.SwissRoll(4, radius=4.5 * np.pi, deviation=1e-4)
    for piece in range(4):
        sample = prior.conditional(tf.fill([500], piece), SEED)["latent"].numpy()
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
    known = prior.conditional(tf.constant(label), rng.fold(SEED, 5))["latent"].numpy()
    nearest = np.linalg.norm(numbers(prior, 900)[:, None] - known, axis=2).argmin(axis=1)
    assert scipy.stats.chisquare(np.bincount(label[nearest], minlength=6)).pvalue > 1e-3
