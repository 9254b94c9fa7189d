"""A job without a place, or on machines that do not exist, is refused before any call."""

import pytest
from tfgan.pipelines import main

PLACE = ["--project=p", "--base_output=gs://bucket/run1", "--image=us-docker.pkg.dev/p/r/tfgan:1"]
L4 = ["--machine=g2-standard-8", "--accelerator=NVIDIA_L4", "--accelerator_count=1"]
H100 = ["--machine=a3-highgpu-8g", "--accelerator=NVIDIA_H100_80GB", "--accelerator_count=8"]
ON_CPU = [*PLACE, "--machine=n1-standard-8"]
V100 = "--accelerator=NVIDIA_TESLA_V100"


def without(flag):
    return [argument for argument in ON_CPU if not argument.startswith(f"--{flag}")]


REFUSALS = [
    # Where
    (without("project"), "--project is missing"),
    (without("base_output"), "--base_output takes gs://BUCKET/FOLDER"),
    ([*ON_CPU, "--base_output=/tmp/run"], "received '/tmp/run'"),
    (without("image"), "--image is missing"),
    # Which machines
    (PLACE, "--machine is missing"),
    ([*PLACE, "--machine=big"], "--machine takes a machine type"),
    ([*ON_CPU, "--replicas=0"], "--replicas must be 1 or more; received 0"),
    ([*ON_CPU, "--replicas=-1"], "--replicas must be 1 or more; received -1"),
    ([*ON_CPU, V100], "--accelerator=NVIDIA_TESLA_V100 needs --accelerator_count"),
    ([*ON_CPU, "--accelerator_count=1"], "--accelerator_count=1 needs --accelerator"),
    ([*ON_CPU, V100, "--accelerator_count=3"], "is one of 1, 2, 4, 8; received 3"),
    ([*PLACE, L4[0], *H100[1:]], "g2-standard-8 has 1 NVIDIA_L4"),
    # TPUs
    ([*ON_CPU, "--tpu=v5e-4"], "--tpu is a machine: leave out --machine"),
    ([*PLACE, "--tpu=v5e-4", *L4[1:]], "leave out --machine and --accelerator"),
    ([*PLACE, "--tpu=v5e-4", "--replicas=2"], "--tpu takes 1 replica; received --replicas=2"),
    ([*PLACE, "--tpu=v6e-4"], "Vertex AI runs no TensorFlow on TPUs from v6e on"),
    # TensorBoard
    ([*ON_CPU, "--tensorboard=mine"], "--tensorboard takes projects/P/locations/us-central1"),
    (
        [*ON_CPU, "--tensorboard=projects/p/locations/us-east1/tensorboards/7"],
        "--tensorboard takes projects/P/locations/us-central1",
    ),
    (
        [*ON_CPU, "--tensorboard=projects/p/locations/us-central1/tensorboards/7"],
        "--tensorboard needs --service_account",
    ),
]


@pytest.mark.parametrize(("argv", "sentence"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_a_job_that_cannot_exist_is_refused_before_any_call(endpoint, capsys, argv, sentence):
    assert main._run(["launch", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []
