"""`tfgan tune`: a study of trainings, as it is sent, and what is no study."""

import json

import pytest
from tfgan.pipelines import main

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
    ([*JOB, RATE, *GOAL, *TRAIN, "--data=edges:mnist5k"], "known only with the data: give --eval"),
]


@pytest.mark.parametrize(("argv", "sentence"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_what_is_no_study_is_refused_before_any_call(endpoint, capsys, argv, sentence):
    assert main._run(["tune", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []
