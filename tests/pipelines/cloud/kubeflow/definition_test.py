"""The compiled pipeline: its parameters, image, machines and conditions."""

import pytest
import yaml
from tfgan.pipelines.cloud.kubeflow import definition
from tfgan.pipelines.cloud.kubeflow.settings import Settings

IMAGE = "registry.example/tfgan:1"


def compiled(path, **options):
    """(the YAML's text, the pipeline that it holds)."""
    definition.write(Settings(**{"threshold": 10.0, "image": IMAGE} | options), str(path))
    text = path.read_text()
    return text, next(yaml.safe_load_all(text))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return compiled(tmp_path_factory.mktemp("compiled") / "pipeline.yaml")


def test_the_same_settings_give_the_same_file(plain, tmp_path):
    assert compiled(tmp_path / "again.yaml")[0] == plain[0]


def test_steps_run_in_the_image_and_install_nothing(plain):
    text, pipeline = plain
    executors = pipeline["deploymentSpec"]["executors"]
    assert {name.removeprefix("exec-") for name in executors} == set(Settings.STEPS)
    assert {executor["container"]["image"] for executor in executors.values()} == {IMAGE}
    assert "pip install" not in text and "ensurepip" not in text


def test_settings_are_the_defaults_of_the_parameters(tmp_path):
    _, pipeline = compiled(
        tmp_path / "p.yaml", threshold=0.5, metric="pr", steps=7, train_flags=["--set=width=4"]
    )
    parameters = pipeline["root"]["inputDefinitions"]["parameters"]
    defaults = {name: parameter["defaultValue"] for name, parameter in parameters.items()}
    assert defaults == {
        "threshold": 0.5, "data": "mnist5k", "recipe": "dcgan", "steps": 7, "metric": "pr",
        "checkpoint": "last", "count": 10_000, "seed": 0, "prepare_flags": [],
        "train_flags": ["--set=width=4"], "evaluate_flags": [],
    }  # fmt: skip
    types = {name: parameter["parameterType"] for name, parameter in parameters.items()}
    assert types["threshold"] == "NUMBER_DOUBLE" and types["steps"] == "NUMBER_INTEGER"
    assert types["train_flags"] == "LIST" and types["data"] == "STRING"


def test_a_machine_is_asked_for_by_the_step_that_needs_it(tmp_path):
    machine = {"accelerator": "NVIDIA_L4", "count": "2", "cpu": "8", "memory": "32G"}
    _, pipeline = compiled(tmp_path / "p.yaml", machines={"train": machine})
    executors = pipeline["deploymentSpec"]["executors"]
    resources = {
        n: e["container"]["resources"]
        for n, e in executors.items()
        if "resources" in e["container"]
    }
    assert set(resources) == {"exec-train"}
    accelerator = resources["exec-train"]["accelerator"]
    assert (accelerator["resourceType"], accelerator["resourceCount"]) == ("NVIDIA_L4", "2")
    assert resources["exec-train"]["resourceCpuLimit"] == "8"
    assert resources["exec-train"]["resourceMemoryLimit"] == "32G"


def test_only_the_export_depends_on_the_gate(plain):
    tasks = plain[1]["root"]["dag"]["tasks"]
    guarded = {name for name, task in tasks.items() if "triggerPolicy" in task}
    assert guarded == {"condition-1"}
    assert "gate" in tasks["condition-1"]["dependentTasks"]
    assert set(plain[1]["components"]["comp-condition-1"]["dag"]["tasks"]) == {"export"}
    assert {"prepare", "train", "evaluate", "gate"} == set(tasks) - guarded
