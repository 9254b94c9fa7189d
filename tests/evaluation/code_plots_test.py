"""Metrics and pictures of codes, of models whose codes are known."""

import numpy as np
import pytest

from tfgan import evaluation, priors
from tfgan.evaluation import code_plots


class Coder:
    """A stand-in for an autoencoder: the code of an image is found by its label or drawn."""

    def __init__(self, code, name="latent", classes=None, category=None):
        self._code = code
        self._name = name
        self.classes = classes
        self.category = category
        self.prior = priors.Categorical(10) if category else priors.Normal(2)
        [shape] = self.prior.shapes.values()
        self.code_shapes = {name: shape}

    def codes(self, data):
        return {self._name: self._code(data)}


def figures(digits, model, metric):
    results = evaluation.Evaluator(digits, None, [metric]).evaluate(model).results
    return {result.score.name: result.score for result in results}


def normal(spread):
    def code(data):
        draws = np.random.default_rng(1).standard_normal((len(data), 2))
        return (spread * draws).astype(np.float32)

    return code


def by_label(digits, name=lambda label: label):
    """Codes that are one-hot in a function of the image's label."""
    batches = [*digits.examples(), *digits.held_out.examples()]
    known = {
        row.tobytes(): int(label)
        for batch in batches
        for row, label in zip(batch["data"], batch["label"], strict=True)
    }
    return lambda data: np.eye(10, dtype=np.float32)[[name(known[row.tobytes()]) for row in data]]


def test_codes_of_the_prior_cannot_be_told_from_it_and_wider_ones_can(digits):
    same = figures(digits, Coder(normal(1.0)), "codes")
    wide = figures(digits, Coder(normal(1.6)), "codes")
    assert same["latent_energy_p"].value > 0.01 and same["latent_c2st_p"].value > 0.01
    assert wide["latent_energy_p"].value == 0.001
    assert wide["latent_energy"].value > 5 * same["latent_energy"].value
    assert wide["latent_c2st_accuracy"].value > same["latent_c2st_accuracy"].value


def test_the_error_of_a_model_that_knows_labels_is_that_of_its_classes(digits, arrays):
    def seven_is_one(label):
        return 1 if label == 7 else label

    model = Coder(by_label(digits, seven_is_one), "code", classes=10, category="code")
    held_out = np.concatenate([batch["label"] for batch in digits.held_out.examples()])
    found = figures(digits, model, "category")["classification_error"]
    assert found.value == pytest.approx(np.mean(held_out == 7))
    assert found.standard_error == pytest.approx(np.sqrt(found.value * (1 - found.value) / 500))


def test_clusters_may_have_any_order_and_two_classes_in_one_are_an_error(digits):
    turned = Coder(by_label(digits, lambda label: (label + 3) % 10), "code", category="code")
    found = figures(digits, turned, "category")
    assert found["clustering_error"].value == found["clustering_error_majority"].value == 0.0
    assert found["clustering_error"].details["clusters"] == 10
    mixed = Coder(by_label(digits, lambda label: label // 2), "code", category="code")
    error = figures(digits, mixed, "category")["clustering_error_majority"].value
    assert 0.4 < error < 0.6  # of each pair of digits one is named wrongly


def test_the_table_says_that_it_is_about_held_out_examples(digits):
    results = evaluation.Evaluator(digits, None, ["codes"]).evaluate(Coder(normal(1.0))).results
    lines = evaluation.table(results).splitlines()
    assert lines[0].split() == ["500", "held-out"]
    assert lines[1].startswith("latent_energy (lower is better)")


def test_models_without_codes_or_a_class_code_are_refused(digits, arrays, deal):
    with pytest.raises(ValueError, match="codes needs an autoencoder whose codes have a prior"):
        figures(digits, deal(arrays[0]), "codes")
    with pytest.raises(ValueError, match="category needs a model with a class code"):
        figures(digits, Coder(normal(1.0)), "category")


def test_the_picture_shows_training_and_held_out_codes_and_the_prior(digits):
    picture = code_plots.picture(Coder(normal(1.0)), digits)
    assert picture.shape == (384 + 8, 3 * 384 + 16, 3)
    plots = [picture[4:388, 4 + 388 * i : 388 + 388 * i].astype(int) for i in range(3)]
    ink = [np.mean(plot.min(axis=2) < 255) for plot in plots]
    assert ink[0] > 3 * ink[1]  # 4,500 codes and 500
    assert np.abs(plots[2] - plots[2][..., :1]).max() == 0  # no class was asked for: gray


def test_codes_of_other_than_two_numbers_have_no_picture(digits, arrays, deal):
    assert code_plots.picture(deal(arrays[0]), digits) is None
    assert code_plots.picture(Coder(None, "code", category="code"), digits) is None
