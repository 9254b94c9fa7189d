"""Fidelity, diversity and copies of features whose scores are known."""

import numpy as np
import pytest

from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import fidelity


def normal(count, seed, shift=0.0):
    rows = np.random.default_rng(seed).standard_normal((count, 2)).astype(np.float32)
    return FeatureSet("a", count, rows + shift)


REAL = normal(200, 0)
SIDES = {"same": normal(200, 1), "far": normal(200, 2, 100.0), "copies": REAL}


def scores(measure, fake, **options):
    return {score.name: score for score in measure(Comparison(REAL, SIDES[fake], **options))}


def test_precision_and_recall_are_high_for_the_same_distribution_and_zero_far_away():
    same, far = (scores(fidelity.precision_and_recall, name) for name in ("same", "far"))
    assert min(score.value for score in same.values()) > 0.8
    assert [far[name].value for name in ("precision", "recall")] == [0.0, 0.0]
    assert same["recall"].details == {"k": 3, "count": 200}


def test_density_and_coverage_are_one_for_copies_and_zero_far_away():
    copies, far = (scores(fidelity.density_and_coverage, name) for name in ("copies", "far"))
    assert copies["coverage"].value == 1.0
    assert copies["density"].value == pytest.approx(1.0, abs=0.25)
    assert [far[name].value for name in ("density", "coverage")] == [0.0, 0.0]
    assert 0.9 < far["coverage"].details["expected"] <= 1.0


def test_the_nearest_neighbor_tells_sets_apart_that_are_far_apart():
    results = {name: scores(fidelity.two_sample, name)["c2st_accuracy"] for name in SIDES}
    assert results["far"].value == 1.0 and results["far"].details["p_value"] < 1e-6
    assert 0.35 < results["same"].value < 0.65 and results["copies"].value == 0.0


def test_copies_are_not_authentic():
    assert scores(fidelity.authenticity, "copies")["authenticity"].value == 0.0
    assert scores(fidelity.authenticity, "same")["authenticity"].value > 0.3


def test_copies_lie_nearer_to_the_training_set_than_new_data():
    held_out = normal(100, 3)
    values = {
        name: scores(fidelity.copying, name, held_out=held_out)["copying_z"] for name in SIDES
    }
    assert values["copies"].value < -5.0 and abs(values["same"].value) < 3.0
    assert values["same"].details == {"train": 200, "held_out": 100}
