"""A request is printed or sent, and a refusal of Vertex AI is one sentence."""

import sys

from tfgan.pipelines import main

JOB = [
    "--project=p", "--base_output=gs://bucket/run1", "--image=us-docker.pkg.dev/p/r/tfgan:1",
    "--machine=g2-standard-8", "--accelerator=NVIDIA_L4", "--accelerator_count=1", "--spot",
    "--", "--recipe=mixture", "--steps=100",
]  # fmt: skip


def test_a_dry_run_tells_what_the_numbers_in_a_request_mean(endpoint, capsys):
    assert main._run(["launch", "--dry_run", *JOB]) == 0
    address, *meanings = capsys.readouterr().err.splitlines()
    assert address.endswith("/v1/projects/p/locations/us-central1/customJobs")
    assert meanings == ["acceleratorType 11 is NVIDIA_L4", "strategy 4 is SPOT"]


def test_what_vertex_says_no_to_is_one_sentence(endpoint, capsys):
    endpoint.answer = {"error": {"code": 403, "message": "No such project.", "status": "DENIED"}}
    assert main._run(["launch", *JOB]) == 1
    err = capsys.readouterr().err
    assert "Vertex AI did not accept the job" in err and "No such project." in err
    assert len(err.splitlines()) == 1


def test_a_dry_run_asks_for_no_credentials_and_a_real_one_says_how_to_get_them(
    endpoint, capsys, monkeypatch
):
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError

    def fail():
        raise DefaultCredentialsError("none")

    monkeypatch.setattr(google.auth, "default", fail)
    assert main._run(["launch", "--dry_run", *JOB]) == 0
    assert main._run(["launch", *JOB]) == 2
    assert "gcloud auth application-default login" in capsys.readouterr().err


def test_without_its_extra_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "google.cloud", None)
    assert main._run(["launch", "--dry_run", *JOB]) == 2
    assert "pip install 'tfgan[vertex]'" in capsys.readouterr().err
