"""The pipeline on this machine: with stand-ins for the costly steps."""

import json
import pathlib
from typing import NamedTuple

import pytest
from kfp import dsl
from tfgan.pipelines import errors
from tfgan.pipelines.cloud.kubeflow import components, local
from tfgan.pipelines.cloud.kubeflow.settings import Settings


def prepare(data: str, flags: list, prepared: dsl.Output[dsl.Dataset]):
    with open(prepared.path, "w") as file:
        file.write(data)


def train(
    prepared: dsl.Input[dsl.Dataset], recipe: str, steps: int, seed: int, flags: list,
    trained: dsl.Output[dsl.Model],
):  # fmt: skip
    import json
    import pathlib

    if recipe == "broken":
        from tfgan.pipelines.cloud.kubeflow import steps as calls

        calls.train("dcgan", "toy:ring", trained.path, steps, seed, ["--step=3"])
    arguments = [pathlib.Path(prepared.path).read_text(), recipe, steps, seed, flags]
    pathlib.Path(trained.path).write_text(json.dumps(arguments))


def evaluate(
    prepared: dsl.Input[dsl.Dataset], trained: dsl.Input[dsl.Model], data: str, metric: str,
    checkpoint: str, count: int, seed: int, flags: list, figures: dsl.Output[dsl.Metrics],
) -> NamedTuple("Measured", [("metric", str), ("value", float), ("better", str)]):  # fmt: skip
    with open(figures.path, "w") as file:
        file.write("figures")
    return metric, 3.0, "lower"


def export(
    trained: dsl.Input[dsl.Model], figures: dsl.Input[dsl.Metrics], checkpoint: str,
    exported: dsl.Output[dsl.Model],
):  # fmt: skip
    import shutil

    shutil.copyfile(trained.path, exported.path)


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch):
    for function in (prepare, train, evaluate, export):
        monkeypatch.setattr(components, function.__name__, function)


def test_a_figure_that_equals_the_threshold_is_exported(tmp_path):
    settings = Settings(threshold=3.0, data="d", recipe="r", steps=7, seed=2, train_flags=["--x"])
    sentence, exported = local.run(settings, str(tmp_path))
    assert sentence == "Good enough: fd is 3 and must be at most 3."
    assert json.loads(pathlib.Path(exported).read_text()) == ["d", "r", 7, 2, ["--x"]]


def test_a_gate_that_stops_ends_well_and_says_why(tmp_path):
    sentence, exported = local.run(Settings(threshold=2.9), str(tmp_path))
    assert (sentence, exported) == ("Not exported: fd is 3 and must be at most 2.9.", None)
    assert not list(tmp_path.glob("*/export"))
    [verdict] = tmp_path.glob("*/gate/verdict")
    assert verdict.read_text() == f"{sentence}\n"


def test_a_step_that_fails_shows_its_programs_sentence(tmp_path):
    with pytest.raises(errors.UserError) as refusal:
        local.run(Settings(threshold=3.0, recipe="broken"), str(tmp_path))
    assert refusal.value.code == 1
    assert str(refusal.value).startswith(
        "The pipeline failed. tfgan train: There is no flag --step"
    )
