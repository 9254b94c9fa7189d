"""`tfgan tune`: a study of trainings, as it is sent, and what is no study."""

import json
import types

import numpy as np
import pytest
from tfgan.pipelines import main
from tfgan.pipelines.cloud.vertex import study

from tfgan import evaluation

JOB = [
    "--project=p", "--base_output=gs://bucket/study", "--image=us-docker.pkg.dev/p/r/tfgan:1",
    "--machine=n1-standard-8",
]  # fmt: skip
RATE = "--parameter=learning_rate=double:1e-4..1e-2:log"
WIDTH = "--parameter=width=discrete:16,32,64"
LOSS = "--parameter=loss=categorical:hinge,non_saturating"
GOAL = ["--metric=fd_points", "--trials=12", "--parallel_trials=3"]
TRAIN = ["--", "--recipe=mixture", "--evaluate_every=100"]
STUDY = [*JOB, RATE, WIDTH, LOSS, *GOAL, *TRAIN]


def test_what_dry_run_prints_is_sent_byte_for_byte(endpoint, capsys):
    assert main._run(["tune", "--dry_run", *STUDY]) == 0
    text = capsys.readouterr().out
    assert endpoint.requests == []
    assert main._run(["tune", *STUDY]) == 0
    path = "/v1/projects/p/locations/us-central1/hyperparameterTuningJobs"
    assert endpoint.requests == [(path, text.removesuffix("\n").encode())]


def test_a_study_varies_what_it_is_told_and_trains_one_command(endpoint, capsys):
    assert main._run(["tune", "--dry_run", *STUDY]) == 0
    request = json.loads(capsys.readouterr().out)
    minimize, log = 2, 2  # as Vertex AI numbers them
    assert request["studySpec"] == {
        "metrics": [{"metricId": "fd_points", "goal": minimize}],
        "parameters": [
            {
                "parameterId": "learning_rate",
                "doubleValueSpec": {"minValue": 1e-4, "maxValue": 1e-2},
                "scaleType": log,
            },
            {"parameterId": "width", "discreteValueSpec": {"values": [16.0, 32.0, 64.0]}},
            {
                "parameterId": "loss",
                "categoricalValueSpec": {"values": ["hinge", "non_saturating"]},
            },
        ],
    }
    assert (request["maxTrialCount"], request["parallelTrialCount"]) == (12, 3)
    [pool] = request["trialJobSpec"]["workerPoolSpecs"]
    args = ["train", "--recipe=mixture", "--evaluate_every=100"]
    assert pool["containerSpec"]["args"] == args
    assert request["trialJobSpec"]["baseOutputDirectory"] == {
        "outputUriPrefix": "gs://bucket/study"
    }


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


REFUSALS = [
    ([*JOB, RATE, *TRAIN], "--metric is missing"),
    ([*JOB, *GOAL, *TRAIN], "--parameter is missing"),
    ([*JOB, RATE, RATE, *GOAL, *TRAIN], "--parameter=learning_rate is given twice"),
    ([*JOB, RATE, *GOAL, "--algorithm=grid", *TRAIN], "--algorithm=grid takes no double"),
    ([*JOB, RATE, *GOAL, "--trials=2", *TRAIN], "--parallel_trials=3 is more than --trials=2"),
    ([*JOB, RATE, *GOAL, "--replicas=0", *TRAIN], "--replicas must be 1 or more"),
    ([*JOB, RATE, *GOAL, *TRAIN[:2]], "A trial reports nothing without --evaluate_every"),
    ([*JOB, RATE, *GOAL, *TRAIN, "--workdir=gs://bucket/a"], "--workdir would be shared"),
    ([*JOB, RATE, *GOAL, *TRAIN, "--learning_rate=1"], "is varied by --parameter and given"),
    (
        [*JOB, "--parameter=lerning_rate=double:1..2", *GOAL, *TRAIN],
        "There is no flag --lerning_rate. Did you mean --learning_rate",
    ),
    (
        [*JOB, "--parameter=width=double:16..64.5", *GOAL, *TRAIN],
        "Recipe mixture: width must be a whole",
    ),
    ([*JOB, "--parameter=loss=categorical:hinge,hing", *GOAL, *TRAIN], "received 'hing'"),
    (
        [*JOB, "--parameter=batch_size=discrete:16,24", "--replicas=16", *GOAL, *TRAIN],
        "multiple of the 16 devices of the job; received --batch_size=24",
    ),
    ([*JOB, RATE, *GOAL, "--metric=swd", *TRAIN], "The trials report the first score of fd"),
    ([*JOB, RATE, *GOAL, "--goal=maximize", *TRAIN], "is to be minimized: --goal=minimize"),
    ([*JOB, RATE, *GOAL, *TRAIN, "--evaluate_metrics=auth"], "auth cannot decide which state"),
]


@pytest.mark.parametrize(("argv", "sentence"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_what_is_no_study_is_refused_before_any_call(endpoint, capsys, argv, sentence):
    assert main._run(["tune", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []


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
