"""`tfgan serve` as a process: what it says, what it refuses, and how it ends."""

import builtins
import contextlib
import http.client
import json
import signal
import socket
import sys
import threading
import time

import pytest
import tensorflow as tf
from tfgan.pipelines import main

from .. import programs


@pytest.fixture
def start(programs, toy_model):
    """Function: (a process that is ready to answer, its port, what it has said)."""
    started = []

    def start_(*flags, model=toy_model, **how):
        running = programs.start("serve", "--port=0", f"--model={model}", *flags, **how)
        started.append(running)
        while (output := running.out.read_text()).count("\n") < 2:
            assert running.poll() is None, running.end()
            time.sleep(0.01)
        return running, int(output.rstrip("/\n").rpartition(":")[2]), output

    yield start_
    for running in started:
        running.kill()
        running.wait()


def status(port, host="localhost"):
    """(status, JSON) of a question for the model's status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/v1/models/toy", headers={"Host": host})
    answer = connection.getresponse()
    content = json.loads(answer.read())
    connection.close()
    return answer.status, content


def rest(connection):
    """What the server sends until it closes the connection."""
    received = b""
    while piece := connection.recv(1000):
        received += piece
    return received


def test_a_signal_ends_it_after_the_running_requests(start):
    running, port, output = start("--max_batch=500")
    assert output == (
        f"toy, version 1: http://127.0.0.1:{port}/v1/models/toy:predict\n"
        f"Page: http://127.0.0.1:{port}/\n"
    )
    count, answers = 500, []

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
        idle.sendall(b"GET /v1/models/toy HTTP/1.1\r\nHost: localhost\r\n\r\n")
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
    assert (code, out, err) == (0, f"{output}Stopped.\n", "")


def test_a_signal_ends_what_has_not_arrived_with_a_sentence(start):
    """Half a body; without the sentence the process would wait for its end."""
    running, port, output = start()
    head = "POST /v1/models/toy:predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as half:
        half.sendall(head.encode())
        assert status(port)[0] == 200  # so the half has been read as well
        running.send_signal(signal.SIGTERM)
        answer = rest(half)
    assert answer.startswith(b"HTTP/1.1 503") and b'"The server is stopping."' in answer
    assert running.end() == (0, f"{output}Stopped.\n", "")


def test_two_signals_end_it_though_the_model_computes_for_hours(start, tmp_path):
    @tf.function(input_signature=[tf.TensorSpec((None,), tf.float32, "x")])
    def endless(x):
        return {"y": tf.while_loop(lambda y: tf.reduce_all(y < 2.0), lambda y: [tf.sin(y)], [x])[0]}

    tf.saved_model.save(tf.Module(), str(tmp_path / "1"), {"serving_default": endless})
    running, port, output = start(model=tmp_path)
    question = b'{"inputs": [1.0]}'
    head = (
        b"POST /v1/models/model:predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 17\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=60) as waiting:
        waiting.sendall(head + question)
        assert status(port)[0] == 404  # another name; the question has been read as well
        running.send_signal(signal.SIGINT)
        with contextlib.suppress(ConnectionError):
            while True:  # until it has heard the first
                socket.create_connection(("127.0.0.1", port), timeout=60).close()
        running.send_signal(signal.SIGINT)
        answer = rest(waiting)
    assert answer.startswith(b"HTTP/1.1 503") and b"stopped before it responded" in answer
    assert running.end() == (0, f"{output}Stopped.\n", "")


FEW_FILES = f"""
import psutil, resource
resource.setrlimit(resource.RLIMIT_NOFILE, (psutil.Process().num_fds() + 60,) * 2)
{programs.TFGAN}"""


def test_with_few_open_files_idle_clients_neither_silence_it_nor_fill_its_log(start):
    running, port, _ = start(code=FEW_FILES)
    with contextlib.ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        for _ in range(5):
            assert status(port)[0] == 200
    running.send_signal(signal.SIGTERM)
    code, _, err = running.end()
    assert code == 0 and "Traceback" not in err
    first, *others = err.splitlines()  # the limit, and that it is reached, now and then
    assert "`ulimit -n` allows more" in first and 0 < len(others) < 20
    assert all("those that wait longest" in line for line in others)


def test_other_hosts_are_refused_unless_they_are_allowed(start):
    _, port, _ = start("--allowed_hosts=gan.example.org,other.example.org")
    for host in ("localhost", "127.0.0.1:80", "[::1]", "gan.example.org", "other.example.org:443"):
        assert status(port, host)[0] == 200
    code, answer = status(port, "evil.example.org")
    assert code == 421
    assert answer["error"].startswith("The host 'evil.example.org' is not one of this server's;")


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
    assert code == 2 and "has no version 7; it has 1" in err


def test_a_port_in_use_is_told(capsys, toy_model):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        code, err = run(capsys, f"--model={toy_model}", f"--port={port}")
    assert code == 1 and f"Cannot listen on 127.0.0.1:{port}" in err


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([], "--model must name"),
        (["--model=x", "--name=a/b"], "--name takes letters"),
        (["--model=x", "--port=70000"], "--port"),
        (["--model=x", "--max_batch=0"], "--max_batch"),
        (["--model=x", "--allowed_hosts=http://a.org"], "--allowed_hosts takes host names"),
        (["--model=x", "--allowed_hosts=a.org:80"], "received 'a.org:80'"),
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

    monkeypatch.delitem(sys.modules, "tfgan.serving.server", raising=False)
    monkeypatch.delattr("tfgan.serving.server", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    code, err = run(capsys, f"--model={toy_model}")
    assert code == 2 and "pip install 'tfgan[serve]'" in err
