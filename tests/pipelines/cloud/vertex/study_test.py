"""What a study varies, and the score that it optimizes."""

import types

import numpy as np
import pytest
from tfgan.pipelines.cloud.vertex import study

from tfgan import evaluation


@pytest.mark.parametrize(
    ("text", "domain", "examples"),
    [
        ("a=double:0..0.5", {"doubleValueSpec": {"minValue": 0, "maxValue": 0.5}}, ["0.0", "0.5"]),
        (
            "a=integer:2..5:linear",
            {
                "integerValueSpec": {"minValue": "2", "maxValue": "5"},
                "scaleType": "UNIT_LINEAR_SCALE",
            },
            ["2", "5"],
        ),
        ("a=discrete:4,1", {"discreteValueSpec": {"values": [1.0, 4.0]}}, ["1.0", "4.0"]),
        ("a=categorical:x, y", {"categoricalValueSpec": {"values": ["x", "y"]}}, ["x", "y"]),
    ],
)
def test_a_parameter_is_read_from_a_flag(text, domain, examples):
    spec = study.parameter_spec(text)
    assert spec == {"parameterId": "a", **domain}
    assert study.examples(spec) == examples


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a", "--parameter takes NAME=double"),
        ("a=float:1..2", "--parameter takes NAME=double"),
        ("a=double:1..2:cubic", "--parameter takes NAME=double"),
        ("a=categorical:x,y:log", "--parameter takes NAME=double"),
        ("a=double:2..1", "2.0 is not below 1.0"),
        ("a=double:1,2", "a range is written LOW..HIGH"),
        ("a=double:low..2", "'low' is not a number"),
        ("a=integer:1.5..3", "an integer's range ends at integers"),
        ("a=discrete:1,1", "the values must be different"),
        ("a=discrete:1,,2", "the values must be different, with commas"),
        ("a=double:0..1:log", "the log scale is for positive values only"),
    ],
)
def test_a_parameter_that_is_none_is_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        study.parameter_spec(text)


@pytest.fixture(scope="module")
def comparison():
    """200 random examples against as many others, with all that a measure may look at."""
    draws = np.random.default_rng(0)
    sides = [
        evaluation.FeatureSet(
            name,
            200,
            features=draws.normal(size=(200, 4)).astype(np.float32),
            logits=draws.normal(size=(200, 3)).astype(np.float32),
            data=draws.integers(0, 256, (200, 8, 8, 1), np.uint8),
            label=draws.integers(0, 3, 200).astype(np.int32),
            identity={"name": "digits", "version": "1"},
        )
        for name in ("real", "fake", "held out")
    ]
    return evaluation.Comparison(*sides[:2], held_out=sides[2])


@pytest.mark.parametrize("decisive", study.SCORES)
def test_the_score_that_a_metric_measures_first_is_accepted(comparison, decisive):
    score = evaluation.MEASURES[decisive].function(comparison)[0]
    goal = {"lower": "minimize", "higher": "maximize"}[score.better]
    study.check_metric(types.SimpleNamespace(metric=score.name, goal=goal), decisive)
    for wrong in (
        types.SimpleNamespace(metric=f"other_{score.name}", goal=goal),
        types.SimpleNamespace(metric=score.name, goal="best"),
    ):
        with pytest.raises(ValueError, match="--metric="):
            study.check_metric(wrong, decisive)
