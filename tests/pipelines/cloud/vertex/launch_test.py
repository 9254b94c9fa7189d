"""`tfgan launch`: what is printed is what is sent, and nothing is sent that cannot run."""

import json
import sys

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


def test_a_dry_run_tells_what_the_numbers_in_a_request_mean(endpoint, capsys):
    assert main._run(["launch", "--dry_run", *JOBS["one GPU"]]) == 0
    address, *meanings = capsys.readouterr().err.splitlines()
    assert address.endswith("/v1/projects/p/locations/us-central1/customJobs")
    assert meanings == ["acceleratorType 11 is NVIDIA_L4", "strategy 4 is SPOT"]


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


def without(flag, argv=ON_CPU):
    return [argument for argument in argv if not argument.startswith(f"--{flag}")]


V100 = "--accelerator=NVIDIA_TESLA_V100"
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
    # The flags of the training
    ([*ON_CPU, "--", "--step=3"], "There is no flag --step. Did you mean --steps"),
    (
        [*ON_CPU, "--", "--steps=many"],
        "--steps must be a whole number, at least 0; received 'many'",
    ),
    ([*ON_CPU, "--", "dcgan"], "Unexpected argument 'dcgan'"),
    ([*ON_CPU, "dcgan"], "Unexpected argument 'dcgan'"),
    ([*ON_CPU, "--recipe=dcgan"], "There is no flag --recipe"),
    ([*ON_CPU, "--", "--recipe=dgcan"], "received 'dgcan'. Did you mean 'dcgan'"),
    ([*ON_CPU, "--", "--lerning_rate=1"], "Did you mean --learning_rate"),
    ([*ON_CPU, "--", "--set=wdith=1"], "A parameter of recipe dcgan must be one of"),
    ([*ON_CPU, "--", "--width=wide"], "Recipe dcgan: width must be a whole number"),
    ([*ON_CPU, "--", "--data=mnist"], "received 'mnist'. Did you mean 'mnist5k'?"),
    ([*ON_CPU, "--", "--data=images:photos"], "--data=images:photos lies on this machine"),
    ([*ON_CPU, "--", "--image_size=big"], "--image_size takes 32 or 48x64"),
    (
        [*ON_CPU, "--", "--evaluate_metrics=dfid"],
        "metrics must be one of 22 names; received 'dfid'",
    ),
    ([*ON_CPU, "--", "--stop_after=2"], "give --evaluate_every as well"),
    ([*ON_CPU, "--", "--workdir=runs/a"], "--workdir=runs/a would be lost with the machine"),
    ([*ON_CPU, "--", "--export_dir=model"], "--export_dir=model would be lost"),
    ([*ON_CPU, "--", "--dry_run"], "--dry_run is for a machine of your own"),
    ([*ON_CPU, "--", "--devices=2"], "--devices is for a machine of your own"),
    ([*ON_CPU, "--", "--strategy=mirrored"], "--strategy=mirrored is not for 1 x n1-standard-8"),
    ([*ON_CPU, "--", "--strategy=multi_worker"], "--strategy=multi_worker is not for 1 x"),
    ([*ON_CPU, "--replicas=2", "--", "--strategy=one"], "--strategy=one is not for 2 x"),
    ([*ON_CPU, "--", "--tpu=local"], "--tpu=local is not for 1 x n1-standard-8"),
    ([*PLACE, *H100, "--replicas=4", "--", "--batch_size=48"], "multiple of the 32 devices"),
    ([*PLACE, "--tpu=v3-8", "--", "--batch_size=12"], "multiple of the 8 devices"),
    ([*ON_CPU, "--pipeline_parameter=steps=3"], "--pipeline_parameter is for --pipeline"),
]


@pytest.mark.parametrize(("argv", "sentence"), REFUSALS, ids=[reason for _, reason in REFUSALS])
def test_what_cannot_run_is_refused_before_any_call(endpoint, capsys, argv, sentence):
    assert main._run(["launch", *argv]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert endpoint.requests == []


def test_what_vertex_says_no_to_is_one_sentence(endpoint, capsys):
    endpoint.answer = {"error": {"code": 403, "message": "No such project.", "status": "DENIED"}}
    assert main._run(["launch", *JOBS["one GPU"]]) == 1
    err = capsys.readouterr().err
    assert "Vertex AI did not take the job" in err and "No such project." in err
    assert len(err.splitlines()) == 1


def test_a_dry_run_asks_for_no_credentials_and_a_real_one_says_how_to_get_them(
    endpoint, capsys, monkeypatch
):
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError

    def fail():
        raise DefaultCredentialsError("none")

    monkeypatch.setattr(google.auth, "default", fail)
    assert main._run(["launch", "--dry_run", *JOBS["one GPU"]]) == 0
    assert main._run(["launch", *JOBS["one GPU"]]) == 2
    assert "gcloud auth application-default login" in capsys.readouterr().err


def test_without_its_extra_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "google.cloud", None)
    assert main._run(["launch", "--dry_run", *JOBS["one GPU"]]) == 2
    assert "pip install 'tfgan[vertex]'" in capsys.readouterr().err
