"""A prior of each kind, and what its draws look like."""

import numpy as np
import pytest
import scipy.stats

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
    "Noise": priors.Noise(),
    "Joint": priors.Joint([priors.Normal(2), priors.Categorical(3), priors.Uniform(1, name="c")]),
}
every_prior = pytest.mark.parametrize("prior", PRIORS.values(), ids=PRIORS)


def numbers(prior, count=2_000):
    return prior(count, SEED)[prior.name].numpy()


def assert_distributed(sample, distribution):
    """Kolmogorov-Smirnov; the seed is fixed, so that the verdict is too."""
    assert scipy.stats.kstest(np.ravel(sample), distribution.cdf).pvalue > 1e-3
