"""Metrics of what a model does not have are refused, and those of what it has are not."""

import types

import pytest

from tfgan import priors
from tfgan.evaluation.measures import model_needs


def model(prior=None, **has):
    shapes = dict(prior.shapes) if prior else {}
    lacks = {"classes": None, "category": None, "code_shapes": {}, "condition_specs": {}}
    lacks |= {"has_cycle": False, "prior": prior, "latent_shapes": shapes}
    return types.SimpleNamespace(**lacks | has)


def spec(classes=None, *, is_paired=False, conditions=()):
    return types.SimpleNamespace(classes=classes, is_paired=is_paired, conditions=conditions)


CODE = priors.Categorical(4)
VECTOR = priors.Normal(2)
BOTH = priors.Joint([priors.Normal(1), CODE])
LABELED, UNLABELED = spec(3), spec()
TRANSLATED = {"condition_specs": {"source": None}}
PAIRED = spec(3, is_paired=True, conditions=("source",))


@pytest.mark.parametrize(
    ("name", "fits", "lacks"),
    [
        ("labels", (model(classes=3), UNLABELED), (model(), LABELED)),
        ("labels", (model(**TRANSLATED), PAIRED), (model(), PAIRED)),
        ("diversity", (model(classes=3), LABELED), (model(classes=3), UNLABELED)),
        ("cas", (model(**TRANSLATED), PAIRED), (model(), LABELED)),
        ("codes", (model(code_shapes={"latent": (2,)}), UNLABELED), (model(), LABELED)),
        ("category", (model(category="label"), LABELED), (model(category="label"), UNLABELED)),
        ("category", (model(category="code"), LABELED), (model(), LABELED)),
        ("code_classes", (model(BOTH), UNLABELED), (model(VECTOR), UNLABELED)),
        ("mig", (model(BOTH), UNLABELED), (model(CODE), UNLABELED)),
        ("mig", (model(VECTOR), UNLABELED), (model(), UNLABELED)),
        ("ppl", (model(VECTOR), UNLABELED), (model(BOTH), UNLABELED)),
        ("ppl", (model(VECTOR), LABELED), (model(VECTOR, classes=3), LABELED)),
        ("cycle", (model(has_cycle=True), UNLABELED), (model(), UNLABELED)),
        ("fd", (model(), UNLABELED), None),
    ],
)
def test_a_model_has_what_a_metric_needs_or_is_refused(name, fits, lacks):
    model_needs.check(name, *fits)
    if lacks:
        with pytest.raises(ValueError, match=f"^The metric {name} needs a.* (model|data).*\\.$"):
            model_needs.check(name, *lacks)
