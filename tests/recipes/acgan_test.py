"""The three classifiers of the recipe; the conformance suite trains the first."""

import math

import numpy as np
import pytest

from tfgan import recipes
from tfgan.data import DataSpec

from .tiny import batch, eager, fit, tiny, values

CLASSES = 3


@pytest.mark.parametrize("classifier", ["adc", "reacgan"])
def test_every_classifier_moves_every_weight_of_both_players(classifier):
    model = eager(tiny("acgan", classifier=classifier))
    first = {name: values(player.variables) for name, player in model.players.items()}
    logs = fit(model, batch("acgan", model), steps=2)
    assert all(np.isfinite(logs[name]) for name in ("d_classifier", "g_classifier"))
    for player, was in first.items():
        for variable, old in zip(model.players[player].variables, was, strict=True):
            assert np.abs(np.array(variable) - old).max() > 0, variable.path
    assert model.sample(2, seed=1, label=2)["label"].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("classifier", "first"),
    [("acgan", 2 * math.log(CLASSES)), ("adc", 2 * math.log(2 * CLASSES))],
)
def test_the_first_loss_of_a_classifier_without_weights_is_that_of_chance(classifier, first):
    model = tiny("acgan", classifier=classifier)
    head = model.discriminator.get_layer("label")
    head.kernel.assign(np.zeros(head.kernel.shape))
    figures = model.evaluate(batch("acgan", model), batch_size=8, verbose=0, return_dict=True)
    assert figures["d_classifier"] == pytest.approx(first, rel=1e-5)
    expected = {"acgan": math.log(CLASSES), "adc": 0.0}[classifier]
    assert figures["g_classifier"] == pytest.approx(expected, abs=1e-5)


def test_the_weight_of_the_classifier_scales_its_terms():
    figures = [
        tiny("acgan", classifier_weight=weight).evaluate(
            batch("acgan", tiny("acgan")), batch_size=8, verbose=0, return_dict=True
        )
        for weight in (1.0, 0.25)
    ]
    for name in ("d_classifier", "g_classifier"):
        assert figures[1][name] == pytest.approx(figures[0][name] / 4, rel=1e-5)


@pytest.mark.parametrize("name", ["acgan", "projection"])
def test_data_without_labels_are_refused(name):
    with pytest.raises(ValueError, match=f"{name} needs labels; the data has none"):
        recipes.find(name).recipe().build(DataSpec((8, 8, 1), "images"), 0)
