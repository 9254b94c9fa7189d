"""`tfgan launch --pipeline`: a compiled pipeline and its parameters, as they are sent."""

import json

import pytest
from tfgan.pipelines import main

# What Kubeflow's compiler writes, cut down to one step and its parameters.
PIPELINE = """
# PIPELINE DEFINITION
components:
  comp-train:
    executorLabel: exec-train
    inputDefinitions:
      parameters:
        steps:
          parameterType: NUMBER_INTEGER
deploymentSpec:
  executors:
    exec-train:
      container:
        image: us-docker.pkg.dev/p/r/tfgan:1
        args: [train, '--steps={{$.inputs.parameters["steps"]}}']
pipelineInfo:
  name: tfgan
root:
  dag:
    tasks:
      train:
        componentRef: {name: comp-train}
        inputs:
          parameters:
            steps: {componentInputParameter: steps}
        taskInfo: {name: train}
  inputDefinitions:
    parameters:
      steps: {parameterType: NUMBER_INTEGER}
      rate: {parameterType: NUMBER_DOUBLE, defaultValue: 0.001}
      recipe: {parameterType: STRING, defaultValue: mixture}
      flags: {parameterType: LIST, isOptional: true}
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.0
"""


@pytest.fixture
def pipeline(tmp_path):
    path = tmp_path / "pipeline.yaml"
    path.write_text(PIPELINE)
    return path


def flags(path, *more):
    return [
        "launch", f"--pipeline={path}", "--project=p", "--base_output=gs://bucket/pipelines", *more
    ]  # fmt: skip


PARAMETERS = [
    "--pipeline_parameter=steps=200", "--pipeline_parameter=rate=1",
    "--pipeline_parameter=recipe=12", '--pipeline_parameter=flags=["--flip"]',
]  # fmt: skip


def test_what_dry_run_prints_is_sent(endpoint, capsys, pipeline):
    argv = flags(pipeline, *PARAMETERS, "--service_account=a@p.iam.gserviceaccount.com")
    assert main._run([*argv, "--dry_run"]) == 0
    text = capsys.readouterr().out
    assert endpoint.requests == []
    assert main._run(argv) == 0
    [(path, body)] = endpoint.requests
    assert path == "/v1/projects/p/locations/us-central1/pipelineJobs"
    assert json.loads(body) == json.loads(text)  # the keys of a map come in any order
    assert "pipelines/runs/123" in capsys.readouterr().out


def test_a_request_holds_the_pipeline_and_its_parameters_by_their_types(endpoint, capsys, pipeline):
    assert main._run([*flags(pipeline, *PARAMETERS), "--dry_run"]) == 0
    request = json.loads(capsys.readouterr().out)
    assert request["displayName"] == "tfgan"
    assert request["pipelineSpec"]["deploymentSpec"]["executors"]["exec-train"]["container"][
        "image"
    ].endswith("tfgan:1")
    assert request["runtimeConfig"] == {
        "gcsOutputDirectory": "gs://bucket/pipelines",
        "parameterValues": {"steps": 200, "rate": 1.0, "recipe": "12", "flags": ["--flip"]},
    }


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        ([], "The pipeline needs --pipeline_parameter=steps=VALUE"),
        (["--pipeline_parameter=steps=many"], "parameter steps takes NUMBER_INTEGER; received"),
        (["--pipeline_parameter=steps=1.5"], "parameter steps takes NUMBER_INTEGER; received"),
        (["--pipeline_parameter=steps"], "--pipeline_parameter takes name=value"),
        (["--pipeline_parameter=stepz=1"], "received 'stepz'. Did you mean 'steps'"),
        (["--machine=n1-standard-8"], "leave out --machine, or --pipeline"),
        (["--replicas=4"], "leave out --replicas, or --pipeline"),
        (["--", "--recipe=mixture"], "leave out --recipe=mixture, or --pipeline"),
        (["--base_output=here"], "--base_output takes gs://BUCKET/FOLDER"),
        (["--pipeline=/nowhere.yaml"], "/nowhere.yaml"),
    ],
)
def test_what_is_not_for_the_pipeline_is_refused_before_any_call(
    endpoint, capsys, pipeline, argv, sentence
):
    assert main._run(flags(pipeline, *argv)) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "is not YAML"),
        ("", "is not a compiled pipeline"),
        ("kind: Workflow", "is not a compiled pipeline"),
        (PIPELINE.replace("2.1.0", "2.0.0"), "was compiled to schema '2.0.0'"),
    ],
)
def test_a_file_that_is_no_pipeline_is_refused(endpoint, capsys, tmp_path, text, sentence):
    (tmp_path / "other.yaml").write_text(text)
    assert main._run(flags(tmp_path / "other.yaml")) == 2
    assert sentence in capsys.readouterr().err
