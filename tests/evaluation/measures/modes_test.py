"""Modes of a mixture and of a classifier."""

import numpy as np
import pytest

from tfgan.data import Facts, open_source
from tfgan.evaluation import Comparison, FeatureSet
from tfgan.evaluation.measures import modes


def scores(real, fake):
    return {score.name: score for score in modes.modes(Comparison(real, fake))}


def test_modes_of_a_mixture_are_counted():
    source = open_source("toy:ring")
    mixture = source.facts.mixture
    real = FeatureSet("r", 1, np.zeros((1, 2)), facts=source.facts)
    rows = np.repeat(mixture.centers[:3], 100, axis=0)
    rows[0] += 100.0  # far from every mode
    result = scores(real, FeatureSet("f", 300, rows))
    assert result["modes"].value == 3 and result["modes"].details == {"of": len(mixture.centers)}
    assert result["high_quality"].value == pytest.approx(299 / 300)


def test_modes_of_a_classifier_are_its_classes():
    real = FeatureSet("r", 100, logits=np.eye(4)[np.arange(100) % 4])
    fake = FeatureSet("f", 100, logits=np.eye(4)[np.arange(100) % 2])
    result = scores(real, fake)
    assert result["modes"].value == 2
    assert result["modes"].details == {"of": 4, "histogram": [0.5, 0.5, 0.0, 0.0]}
    assert result["modes_reverse_kl"].value == pytest.approx(np.log(2), rel=1e-3)
    assert scores(real, real)["modes_reverse_kl"].value == pytest.approx(0.0, abs=1e-9)


def test_classes_that_are_equally_likely_by_construction_are_the_reference():
    counts = [70, 10, 10, 10]  # of the examples that happened to be read
    logits = np.eye(4)[np.repeat(np.arange(4), counts)]
    real = FeatureSet("r", 100, logits=logits, facts=Facts(has_equal_classes=True))
    even = FeatureSet("f", 100, logits=np.eye(4)[np.arange(100) % 4])
    assert scores(real, even)["modes_reverse_kl"].value == pytest.approx(0.0, abs=1e-9)


def test_without_a_mixture_or_a_classifier_there_are_no_modes():
    side = FeatureSet("a", 3, np.zeros((3, 2)))
    with pytest.raises(ValueError, match="modes needs a classifier's logits or points of a known"):
        scores(side, side)
