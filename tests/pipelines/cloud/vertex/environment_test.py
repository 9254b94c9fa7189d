"""What Vertex AI sets in a container's environment, and what `tfgan train` makes of it."""

import json
import os
import socket
import sys

import pytest
from tfgan.pipelines import main
from tfgan.pipelines.cloud.vertex import environment

TINY = [
    "train", "--recipe=mixture", "--data=toy:ring", "--steps=2", "--batch_size=8", "--width=4",
    "--depth=1", "--sample_every=0", "--jit_compile=off",
]  # fmt: skip
EVALUATING = ["--evaluate_every=1", "--evaluate_count=50", "--evaluate_metrics=fd"]
OURS = ("AIP_", "CLOUD_ML_", "TF_CONFIG", "CLUSTER_SPEC")


def clean(**more):
    """This process' environment without anything that the tests are about."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return rest | more


def started(programs, variables, *more):
    return programs.start(*TINY, *more, environment=clean(**variables))


def ended(*processes):
    """[(exit code, standard output, standard error)]; none is left running."""
    try:
        return [process.end() for process in processes]
    finally:
        for process in processes:
            process.kill()


def directories(base):
    """The variables of a job with an output directory."""
    return {
        "AIP_CHECKPOINT_DIR": f"{base}/checkpoints/",
        "AIP_TENSORBOARD_LOG_DIR": f"{base}/logs/",
        "AIP_MODEL_DIR": f"{base}/model/",
    }


def tf_config(cluster, kind, index=0):
    """TF_CONFIG, with the keys that Vertex AI adds."""
    task = {"type": kind, "index": index, "trial": "1"}
    return json.dumps({"cluster": cluster, "task": task, "environment": "cloud", "job": "{}"})


@pytest.fixture(scope="module")
def trial(programs, tmp_path_factory):
    """(directory, what it said) of trial 3 of a study: a cluster of a chief alone."""
    pytest.importorskip("hypertune", reason="needs the extra vertex")
    base = tmp_path_factory.mktemp("study") / "3"
    cluster = {"workerpool0": ["127.0.0.1:2222"]}
    variables = {
        **directories(base),
        "CLUSTER_SPEC": json.dumps({"cluster": cluster, "task": {"type": "workerpool0"}}),
        "TF_CONFIG": tf_config({"chief": ["127.0.0.1:2222"]}, "chief"),
        "CLOUD_ML_TRIAL_ID": "3",
        "CLOUD_ML_HP_METRIC_FILE": f"{base}/hypertune/output.metrics",
    }
    return base, ended(started(programs, variables, *EVALUATING, "--learning_rate=0.001"))[0]


def test_a_trial_keeps_its_run_where_vertex_looks_for_it(trial):
    base, (code, out, err) = trial
    assert code == 0, err
    assert f"Run:        {base} (step 2" in out
    names = {path.name for path in base.iterdir()}
    assert {"recipe.json", "checkpoints", "logs", "samples", "model"} <= names
    record = json.loads((base / "recipe.json").read_text())
    assert record["parameters"]["learning_rate"] == 0.001


def test_a_trial_exports_its_best_state_where_vertex_looks_for_a_model(trial):
    base, (_, out, _) = trial
    assert (base / "model" / "1" / "saved_model.pb").exists()
    about = json.loads((base / "model" / "1" / "assets.extra" / "tfgan.json").read_text())
    assert (about["recipe"], about["checkpoint"]) == ("mixture", "best")
    assert f"{base}/model/1" in out


def test_a_run_that_has_ended_is_exported_once(trial):
    base, _ = trial
    argv = [*TINY, *EVALUATING, "--learning_rate=0.001", f"--workdir={base}"]
    assert main._run([*argv, f"--export_dir={base}/model"]) == 0
    assert [path.name for path in (base / "model").iterdir()] == ["1"]
    assert main._run([*argv, f"--export_dir={base}/other"]) == 0
    assert [path.name for path in (base / "other").iterdir()] == ["1"]


def test_a_trial_reports_the_deciding_figure_of_every_evaluation(trial):
    base, _ = trial
    lines = (base / "hypertune" / "output.metrics").read_text().splitlines()
    records = [json.loads(line) for line in (base / "metrics.jsonl").open()]
    values = {row["step"]: row["value"] for row in records if row.get("metric") == "fd_points"}
    reported = [json.loads(line) for line in lines]
    assert [row["trial"] for row in reported] == ["3", "3"]
    assert {int(row["global_step"]): float(row["fd_points"]) for row in reported} == values
    assert sorted(values) == [1, 2]


def test_chief_and_worker_train_while_an_evaluator_ends(programs, tmp_path):
    with socket.socket() as first, socket.socket() as second:
        for each in (first, second):
            each.bind(("127.0.0.1", 0))
        hosts = [f"127.0.0.1:{each.getsockname()[1]}" for each in (first, second)]
    cluster = {"chief": hosts[:1], "worker": hosts[1:]}
    chief, worker, evaluator = ended(
        *(
            started(programs, directories(tmp_path) | {"TF_CONFIG": tf_config(cluster, kind)})
            for kind in ("chief", "worker", "evaluator")
        )
    )
    assert [code for code, *_ in (chief, worker, evaluator)] == [0, 0, 0], (chief, worker)
    assert "on 2 devices" in chief[1] and f"Run:        {tmp_path} (step 2" in chief[1]
    assert worker[1] == ""
    assert (tmp_path / "model" / "1" / "saved_model.pb").exists()
    assert "This replica is an evaluator, which has nothing to do" in evaluator[1]


DEFAULT = "runs/mixture-toy-ring"
IN_A_JOB = directories("ram://b/1")


def resolved(capsys, monkeypatch, variables, *argv):
    """What `tfgan train --dry_run=recipe` prints, in this process."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main._run([*TINY, *argv, "--dry_run=recipe"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("variables", "argv", "places"),
    [
        ({}, [], (DEFAULT, f"{DEFAULT}/logs", "")),
        ({"AIP_CHECKPOINT_DIR": ""}, [], (DEFAULT, f"{DEFAULT}/logs", "")),
        (IN_A_JOB, [], ("ram://b/1", "ram://b/1/logs", "ram://b/1/model")),
        (IN_A_JOB, ["--workdir=ram://a/"], ("ram://a", "ram://b/1/logs", "ram://b/1/model")),
        (IN_A_JOB, ["--tensorboard_dir=t/"], ("ram://b/1", "t", "ram://b/1/model")),
        (IN_A_JOB, ["--export_dir=e/"], ("ram://b/1", "ram://b/1/logs", "e")),
        (
            {"AIP_CHECKPOINT_DIR": "ram://b/1/checkpoints/"}, [],
            ("ram://b/1", "ram://b/1/logs", ""),
        ),
    ],
)  # fmt: skip
def test_flags_come_before_the_environment(capsys, monkeypatch, variables, argv, places):
    plan = resolved(capsys, monkeypatch, variables, *argv)
    assert (plan["workdir"], plan["tensorboard_dir"], plan["export_dir"]) == places


def test_outside_of_a_study_nothing_is_reported(monkeypatch):
    for name in ("CLOUD_ML_TRIAL_ID", "CLOUD_ML_HP_METRIC_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert environment.trial_report() is None


def test_a_trial_without_the_package_says_what_to_install(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CLOUD_ML_TRIAL_ID", "1")
    monkeypatch.setitem(sys.modules, "hypertune", None)
    assert main._run([*TINY, *EVALUATING, f"--workdir={tmp_path}/run"]) == 2
    assert "pip install 'tfgan[vertex]'" in capsys.readouterr().err


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_not_reported(monkeypatch, tmp_path, value):
    pytest.importorskip("hypertune", reason="needs the extra vertex")
    monkeypatch.setenv("CLOUD_ML_HP_METRIC_FILE", f"{tmp_path}/metrics")
    report = environment.trial_report()
    report("fd", value, 1)
    assert not (tmp_path / "metrics").exists()
    report("fd", 2.0, 2)
    assert json.loads((tmp_path / "metrics").read_text())["fd"] == "2.0"
