"""`tfgan launch`: what is printed is what is sent, and nothing is sent that cannot run."""

import json

import pytest
from tfgan.pipelines import main

PLACE = ["--project=p", "--base_output=gs://bucket/run1", "--image=us-docker.pkg.dev/p/r/tfgan:1"]


L4 = ["--machine=g2-standard-8", "--accelerator=NVIDIA_L4", "--accelerator_count=1"]


H100 = ["--machine=a3-highgpu-8g", "--accelerator=NVIDIA_H100_80GB", "--accelerator_count=8"]


ON_CPU = [*PLACE, "--machine=n1-standard-8"]


TRAIN = ["--", "--recipe=mixture", "--steps=100"]


JOBS = {
    "one GPU": [*PLACE, *L4, "--spot", "--timeout=3600", *TRAIN],
    "4 x 8 GPUs": [*PLACE, *H100, "--replicas=4", *TRAIN],
    "TPU": [*PLACE, "--tpu=v5e-4", "--location=us-west4", *TRAIN],
    "watched": [
        *ON_CPU, "--service_account=a@p.iam.gserviceaccount.com", "--name=first",
        "--tensorboard=projects/p/locations/us-central1/tensorboards/7", *TRAIN,
    ],
}  # fmt: skip


def printed(capsys, *argv):
    """What `tfgan launch --dry_run` prints: JSON."""
    assert main._run(["launch", "--dry_run", *argv]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("argv", JOBS.values(), ids=JOBS)
def test_what_dry_run_prints_is_sent_byte_for_byte(endpoint, capsys, argv):
    text = printed(capsys, *argv)
    assert endpoint.requests == []
    assert main._run(["launch", *argv]) == 0
    location = "us-west4" if "--location=us-west4" in argv else "us-central1"
    path = f"/v1/projects/p/locations/{location}/customJobs"
    assert endpoint.requests == [(path, text.removesuffix("\n").encode())]
    out = capsys.readouterr().out
    assert f"projects/p/locations/{location}/customJobs/123" in out
    assert f"locations/{location}/training/123?project=p" in out


@pytest.fixture
def request_of(endpoint, capsys):
    """A function: argv -> the request, read from JSON."""
    return lambda name: json.loads(printed(capsys, *JOBS[name]))


CONTAINER = {
    "imageUri": "us-docker.pkg.dev/p/r/tfgan:1",
    "args": ["train", "--recipe=mixture", "--steps=100"],
}


def test_a_job_of_one_gpu_is_one_machine_in_its_output_directory(request_of):
    assert request_of("one GPU") == {
        "displayName": "tfgan-mixture",
        "labels": {"app": "tfgan"},
        "jobSpec": {
            "workerPoolSpecs": [
                {
                    "machineSpec": {
                        "machineType": "g2-standard-8",
                        "acceleratorType": 11,
                        "acceleratorCount": 1,
                    },
                    "replicaCount": "1",
                    "containerSpec": CONTAINER,
                }
            ],
            "scheduling": {"timeout": "3600s", "strategy": 4},
            "baseOutputDirectory": {"outputUriPrefix": "gs://bucket/run1"},
        },
    }


def test_replicas_are_one_chief_and_workers_that_restart_together(request_of):
    spec = request_of("4 x 8 GPUs")["jobSpec"]
    chief, workers = spec["workerPoolSpecs"]
    assert (chief["replicaCount"], workers["replicaCount"]) == ("1", "3")
    assert chief["machineSpec"] == workers["machineSpec"]
    assert chief["containerSpec"] == workers["containerSpec"] == CONTAINER
    assert spec["scheduling"] == {"restartJobOnWorkerRestart": True}


def test_a_tpu_is_a_machine_and_is_asked_for_in_the_arguments(request_of):
    [pool] = request_of("TPU")["jobSpec"]["workerPoolSpecs"]
    assert pool["machineSpec"] == {"machineType": "ct5lp-hightpu-4t", "tpuTopology": "2x2"}
    assert pool["replicaCount"] == "1"
    assert pool["containerSpec"]["args"] == [
        "train", "--strategy=tpu", "--tpu=local", "--recipe=mixture", "--steps=100"
    ]  # fmt: skip


def test_a_watched_job_names_its_tensorboard_and_who_writes_to_it(request_of):
    request = request_of("watched")
    assert request["displayName"] == "first"
    assert request["jobSpec"]["tensorboard"] == "projects/p/locations/us-central1/tensorboards/7"
    assert request["jobSpec"]["serviceAccount"] == "a@p.iam.gserviceaccount.com"


def test_a_flag_file_is_spelled_out_for_the_container(endpoint, capsys, tmp_path):
    (tmp_path / "flags").write_text("--recipe=mixture\n--learning_rate=1e-3\n")
    request = json.loads(printed(capsys, *ON_CPU, "--", f"--flagfile={tmp_path}/flags"))
    [pool] = request["jobSpec"]["workerPoolSpecs"]
    assert pool["containerSpec"]["args"] == ["train", "--recipe=mixture", "--learning_rate=1e-3"]


REFUSALS = [
    ([*ON_CPU, "--", "dcgan"], "Unexpected argument 'dcgan'"),
    ([*ON_CPU, "dcgan"], "Unexpected argument 'dcgan'"),
    ([*ON_CPU, "--recipe=dcgan"], "There is no flag --recipe"),
    ([*ON_CPU, "--pipeline_parameter=steps=3"], "--pipeline_parameter is for --pipeline"),
]


@pytest.mark.parametrize(("argv", "sentence"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_what_cannot_run_is_refused_before_any_call(endpoint, capsys, argv, sentence):
    assert main._run(["launch", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []
