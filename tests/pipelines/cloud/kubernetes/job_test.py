"""The Kubernetes job: what its parts must agree on, and the cluster that its script writes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tfgan.pipelines.cloud.vertex import train_arguments

from tfgan.training import distribution

yaml = pytest.importorskip("yaml", reason="needs the extra vertex")
FILE = Path(__file__).parents[4] / "pipelines" / "cloud" / "kubernetes" / "job.yaml"
SERVICE, JOB = yaml.safe_load_all(FILE.read_text(encoding="utf-8"))
POD = JOB["spec"]["template"]["spec"]
[CONTAINER] = POD["containers"]
WORKERS = JOB["spec"]["completions"]


def test_there_are_as_many_pods_at_a_time_as_workers():
    [count] = [each["value"] for each in CONTAINER["env"] if each["name"] == "WORKERS"]
    assert WORKERS == JOB["spec"]["parallelism"] == int(count)
    assert JOB["spec"]["completionMode"] == "Indexed"


def test_the_service_gives_each_pod_of_the_job_a_name():
    assert (SERVICE["kind"], JOB["kind"]) == ("Service", "Job")
    assert SERVICE["spec"]["clusterIP"] == "None"
    assert SERVICE["spec"]["selector"] == {"job-name": JOB["metadata"]["name"]}
    assert POD["subdomain"] == SERVICE["metadata"]["name"]
    [port] = SERVICE["spec"]["ports"]
    assert port["port"] == CONTAINER["ports"][0]["containerPort"]


def test_only_refusals_fail_the_job_at_once():
    refused, disrupted = JOB["spec"]["podFailurePolicy"]["rules"]
    assert (refused["action"], refused["onExitCodes"]["values"]) == ("FailJob", [2])
    assert refused["onExitCodes"]["containerName"] == CONTAINER["name"]
    assert disrupted["action"] == "Ignore"
    assert POD["restartPolicy"] == "Never"  # the only one that goes with such a policy


@pytest.fixture
def start(tmp_path):
    """Runs the container's command as a worker; returns (TF_CONFIG, arguments of python)."""
    stand_in = tmp_path / "python"
    stand_in.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        "print(json.dumps([os.environ['TF_CONFIG'], sys.argv[1:]]))\n"
    )
    stand_in.chmod(0o755)

    def run(index):
        environment = {
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "JOB_COMPLETION_INDEX": str(index),
            **{each["name"]: each["value"] for each in CONTAINER["env"]},
        }
        command = [*CONTAINER["command"], *CONTAINER["args"]]
        process = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        )
        return json.loads(process.stdout)

    return run


def test_the_script_writes_a_cluster_in_which_worker_0_is_chief(start):
    roles = [distribution.read_role({"TF_CONFIG": start(index)[0]}) for index in range(WORKERS)]
    name, service = JOB["metadata"]["name"], SERVICE["metadata"]["name"]
    hosts = [f"{name}-{index}.{service}:2222" for index in range(WORKERS)]
    assert all(role.addresses == {"worker": hosts} for role in roles)
    assert [role.index for role in roles] == list(range(WORKERS))
    assert [role.is_chief for role in roles] == [True] + [False] * (WORKERS - 1)


def test_the_script_starts_a_training_with_the_arguments(start):
    module, arguments = start(1)[1][:2], start(1)[1][2:]
    assert module == ["-m", "tfgan.pipelines"]
    assert arguments == CONTAINER["args"] and arguments[0] == "train"
    values, _ = train_arguments.read(arguments[1:])
    assert values.workdir.startswith(CONTAINER["volumeMounts"][0]["mountPath"])
