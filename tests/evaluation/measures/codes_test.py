"""Metrics of codes, of models whose codes are known."""

import numpy as np
import pytest

from tfgan import evaluation

from ..coder import Coder, normal


def scores(digits, model, metric):
    results = evaluation.Evaluator(digits, None, [metric]).evaluate(model).results
    return {result.score.name: result.score for result in results}


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
    same = scores(digits, Coder(normal(1.0)), "codes")
    wide = scores(digits, Coder(normal(1.6)), "codes")
    assert same["latent_energy_p"].value > 0.01 and same["latent_c2st_p"].value > 0.01
    assert wide["latent_energy_p"].value == 0.001
    assert wide["latent_energy"].value > 5 * same["latent_energy"].value
    assert wide["latent_c2st_accuracy"].value > same["latent_c2st_accuracy"].value


def test_the_error_of_a_model_that_knows_labels_is_that_of_its_classes(digits, arrays):
    def seven_is_one(label):
        return 1 if label == 7 else label

    model = Coder(by_label(digits, seven_is_one), "code", classes=10, category="code")
    held_out = np.concatenate([batch["label"] for batch in digits.held_out.examples()])
    errors = scores(digits, model, "category")["classification_error"]
    assert errors.value == pytest.approx(np.mean(held_out == 7))
    assert errors.standard_error == pytest.approx(np.sqrt(errors.value * (1 - errors.value) / 500))


def test_clusters_may_have_any_order_and_two_classes_in_one_are_an_error(digits):
    turned = Coder(by_label(digits, lambda label: (label + 3) % 10), "code", category="code")
    errors = scores(digits, turned, "category")
    assert errors["clustering_error"].value == errors["clustering_error_majority"].value == 0.0
    assert errors["clustering_error"].details["clusters"] == 10
    mixed = Coder(by_label(digits, lambda label: label // 2), "code", category="code")
    error = scores(digits, mixed, "category")["clustering_error_majority"].value
    assert 0.4 < error < 0.6  # of each pair of digits one is named wrongly


def test_the_table_says_that_it_is_about_held_out_examples(digits):
    results = evaluation.Evaluator(digits, None, ["codes"]).evaluate(Coder(normal(1.0))).results
    lines = evaluation.table(results).splitlines()
    assert lines[0].split() == ["500", "held-out"]
    assert lines[1].startswith("latent_energy (lower is better)")


def test_models_without_codes_or_a_class_code_are_refused(digits, arrays, deal):
    with pytest.raises(ValueError, match="codes needs a model whose codes have a prior"):
        scores(digits, deal(arrays[0]), "codes")
    with pytest.raises(ValueError, match="category needs a model with a class code"):
        scores(digits, Coder(normal(1.0)), "category")
