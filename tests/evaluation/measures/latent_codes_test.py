"""Metrics of codes, of models that make of each code a known image."""

import functools

import numpy as np
import pytest
import tensorflow as tf

from tfgan import evaluation, priors, rng
from tfgan.extractors import open_extractor
from tfgan.models import sampling

COUNT = 300


class Painter:
    """A stand-in for a model: the image of a sample is a function of its latents."""

    classes, category, condition_specs, sampled_conditions = None, None, {}, ()  # noqa: RUF012
    sample_batch_size = 100

    def __init__(self, prior, paint):
        self.prior, self.latent_shapes, self._paint = prior, dict(prior.shapes), paint

    @functools.partial(tf.function, autograph=False)
    def latents(self, seeds, truncation=None):
        return sampling.generator_inputs(self.prior, None, seeds, truncation, {})

    def sample(self, count, *, seed=0, start=0, label=None, truncation=None):
        stream, numbers = sampling.stream(seed), tf.range(start, start + count)
        rows = self.latents(rng.fold(stream, numbers))
        return {"data": self._paint({name: np.array(row) for name, row in rows.items()})}


@pytest.fixture(scope="module")
def classifier():
    return open_extractor("digits")


@pytest.fixture(scope="module")
def of_class(arrays):
    """One training image of each digit."""
    data, label, _ = arrays
    return np.stack([data[label == digit][3] for digit in range(10)])


def scores(digits, extractor, metric, model):
    evaluator = evaluation.Evaluator(digits, extractor, [metric], count=COUNT)
    return {result.score.name: result.score for result in evaluator.evaluate(model).results}


def test_a_code_that_is_the_digit_in_another_order_agrees_with_it(digits, classifier, of_class):
    def paint(latents):
        return of_class[(latents["code"].argmax(axis=1) + 4) % 10]

    prior = priors.Joint([priors.Normal(3), priors.Categorical(10)])
    result = scores(digits, classifier, "code_classes", Painter(prior, paint))
    assert result["code_nmi"].value == pytest.approx(1.0)
    assert result["code_accuracy"].value == 1.0
    assert result["code_accuracy"].details["class_of"] == {
        str(code): (code + 4) % 10 for code in range(10)
    }
    assert result["code_nmi_chance"].value < 0.15 and result["code_accuracy_chance"].value < 0.25


def test_a_code_that_is_not_visible_agrees_by_chance(digits, classifier, of_class):
    def paint(latents):
        return of_class[(10 * (latents["latent"][:, 0] % 1)).astype(int) % 10]

    prior = priors.Joint([priors.Normal(3), priors.Categorical(10)])
    result = scores(digits, classifier, "code_classes", Painter(prior, paint))
    assert result["code_nmi"].value == pytest.approx(result["code_nmi_chance"].value, abs=0.06)


def test_the_gap_names_the_code_that_a_factor_is_in(digits, classifier):
    def paint(latents):
        images = np.zeros((len(latents["style"]), 28, 28, 1), np.uint8)
        for image, (slant, thickness) in zip(images, latents["style"], strict=True):
            for y in range(4, 24):
                x = round(14 + slant * (14 - y))
                image[y, x - 1 : x + 1] = 128 + 120 * thickness
        return images

    prior = priors.Joint([priors.Uniform(2, -0.8, 0.8, name="style"), priors.Categorical(5)])
    result = scores(digits, None, "mig", Painter(prior, paint))
    slant, ink = result["mig_slant"], result["mig_ink"]
    assert slant.details["code"] == "style[0]" and slant.details["information"] > 0.8
    assert ink.details["code"] == "style[1]" and ink.details["information"] > 0.8
    assert slant.value > 0.5 and ink.value > 0.5
    assert result["mig_chance"].value < 0.1 < result["mig"].value
    assert "mig_class" not in result  # no classifier


def test_models_without_such_codes_are_refused(digits, classifier, arrays, of_class):
    one = Painter(priors.Normal(1), lambda latents: of_class[[0] * len(latents["latent"])])
    with pytest.raises(ValueError, match="code_classes needs a model with a categorical code"):
        scores(digits, classifier, "code_classes", one)
    with pytest.raises(ValueError, match="mig needs a model with two latent codes or more"):
        scores(digits, None, "mig", one)
