"""`tfgan serve` as a process: what it says, what it refuses, and how it ends."""

import builtins
import http.client
import json
import signal
import socket
import sys
import threading
import time

import pytest
from tfgan.pipelines import main


@pytest.fixture
def process(programs, toy_model):
    """(the process, its port, what it has said), ready to answer."""
    running = programs.start("serve", "--port=0", f"--model={toy_model}", "--max_batch=2000")
    while (said := running.out.read_text()).count("\n") < 2:
        assert running.poll() is None, running.end()
        time.sleep(0.01)
    port = int(said.rstrip("/\n").rpartition(":")[2])
    assert said == (
        f"toy, version 1: http://127.0.0.1:{port}/v1/models/toy:predict\n"
        f"Page: http://127.0.0.1:{port}/\n"
    )
    yield running, port, said
    running.kill()
    running.wait()


def test_a_signal_ends_it_after_the_running_requests(process):
    running, port, said = process
    count, answers = 2000, []

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        seeds = list(range(count))
        connection.request(
            "POST", "/v1/models/toy:predict", json.dumps({"inputs": {"seed": seeds}})
        )
        answer = connection.getresponse()
        answers.append((answer.status, len(json.loads(answer.read())["outputs"]["image"])))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    with socket.create_connection(("127.0.0.1", port)) as idle:
        idle.sendall(b"GET /v1/models/toy HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        for thread in asking:
            thread.start()
        while not answers:  # the others run or wait
            asking[0].join(0.01)
        running.send_signal(signal.SIGTERM)
        for thread in asking:
            thread.join()
        code, out, err = running.end()
    assert answers == [(200, count)] * 4
    assert (code, out, err) == (0, f"{said}Stopped.\n", "")


def run(capsys, *argv):
    code = main._run(["serve", *argv])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    return code, captured.err


def test_a_folder_without_a_model_is_refused(capsys, tmp_path):
    code, err = run(capsys, f"--model={tmp_path}", "--port=0")
    assert code == 2 and "holds no SavedModel" in err


def test_a_broken_model_is_refused(capsys, tmp_path):
    (tmp_path / "saved_model.pb").write_bytes(b"broken")
    code, err = run(capsys, f"--model={tmp_path}", "--port=0")
    assert code == 2 and "tfgan serve: " in err


def test_a_version_that_is_not_there_is_refused(capsys, toy_model):
    code, err = run(capsys, f"--model={toy_model}", "--version=7", "--port=0")
    assert code == 2 and "has no version 7; there is 1" in err


def test_a_port_in_use_is_told(capsys, toy_model):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, err = run(capsys, f"--model={toy_model}", f"--port={port}")
    assert code == 1 and f"Nothing can listen at 127.0.0.1:{port}" in err


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([], "--model must name"),
        (["--model=x", "--name=a/b"], "--name takes letters"),
        (["--model=x", "--port=70000"], "--port"),
        (["--model=x", "--max_batch=0"], "--max_batch"),
    ],
)
def test_bad_flags_get_one_sentence(capsys, flags, expected):
    code, err = run(capsys, *flags)
    assert code == 2 and expected in err


def test_a_missing_extra_is_told_with_its_command(capsys, toy_model, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **keywords):
        if name == "uvicorn":
            raise ImportError("No module named 'uvicorn'")
        return real(name, *arguments, **keywords)

    monkeypatch.delitem(sys.modules, "tfgan.pipelines.serving.server", raising=False)
    monkeypatch.delattr("tfgan.pipelines.serving.server", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    code, err = run(capsys, f"--model={toy_model}")
    assert code == 2 and "pip install 'tfgan[serve]'" in err
