"""The path length of a linear generator, by a formula."""

import numpy as np
import pytest

from tfgan import modalities, priors
from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import path_length


class Linear:
    """A stand-in for a model: points that are three times their latents."""

    classes = None
    modality = modalities.Points()

    def __init__(self, prior):
        self.prior = prior
        self.latent_shapes = prior.shapes

    def generate(self, inputs):
        return 3.0 * inputs["latent"]


def score(model, count=2000):
    side = FeatureSet("f", count, np.zeros((count, 1)))
    [result] = path_length.path_length(Comparison(side, side, model=model))
    return result


def test_a_linear_generator_has_the_mean_squared_distance_of_latents():
    """Over e = 0.01: |3 e (b - a)|^2 / e^2, and the mean of (b - a)^2 is 2/3 per dimension."""
    result = score(Linear(priors.Uniform(4)))
    assert result.value == pytest.approx(9.0 * 4.0 * 2.0 / 3.0, rel=0.1)
    assert result.details == {"epsilon": 0.01, "space": "line", "paths": 1960}  # without extremes
    assert result.name == "ppl_features" and result.standard_error > 0.0


def test_other_priors_are_crossed_on_the_sphere():
    assert score(Linear(priors.Normal(4)), 100).details["space"] == "sphere"
