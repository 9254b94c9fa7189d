"""`tfgan benchmark --what=serve` at a size that shows the form of its figures."""

import http.server
import json
import shutil
import sys
import threading

import pytest
from tfgan.pipelines import main

from tfgan import failures
from tfgan.studies.benchmarks import serving


def test_a_server_is_loaded_by_one_client_and_by_several(toy_model, tmp_path, capfd):
    path = tmp_path / "figures.json"
    flags = [f"--model={toy_model}", "--clients=3", "--rows=2", "--seconds=1", f"--out={path}"]
    assert main._run(["benchmark", "--what=serve", *flags]) == 0
    captured = capfd.readouterr()
    results = json.loads(path.read_text())
    loads = results["loads"]
    assert [(row["clients"], row["answer"]) for row in loads] == [
        (1, ["png_bytes"]),
        (3, ["png_bytes"]),
        (3, ["image", "png_bytes"]),
    ]
    for row in loads:
        assert row["requests"] > row["failed"] == 0
        assert row["images_per_second"] == pytest.approx(2 * row["requests_per_second"])
        assert 0.0 < row["p50"] <= row["p90"] <= row["p99"] <= row["longest"]
        assert 0.0 < row["server_cpu_seconds"] < 0.5
    assert f"p50 {loads[0]['p50'] * 1e3:.1f} ms" in captured.out and "0 failed" in captured.out
    assert "3 client(s), png_bytes, 1 s" in captured.err


@pytest.fixture
def half_broken():
    """The address of a server that answers every other request, and what it was asked."""
    requests = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):  # noqa: N802
            requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps({"predictions": [0] * len(requests[-1]["instances"])}).encode()
            self.send_response(200 if len(requests) % 2 else 503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", requests
    server.shutdown()
    server.server_close()
    thread.join()


def test_failures_are_counted_and_no_seed_is_asked_for_twice(half_broken):
    url, requests = half_broken
    results = serving._load(url, 1, 2, ["png_bytes"], 0.2)
    assert results["requests"] == len(requests)
    assert results["failed"] == len(requests) // 2 > 0
    seeds = [row["seed"] for question in requests for row in question["instances"]]
    assert len(set(seeds)) == len(seeds) == 2 * len(requests)
    assert all(question["output_filter"] == ["png_bytes"] for question in requests)


def test_a_server_that_answers_nothing_is_a_failure(half_broken, monkeypatch):
    monkeypatch.setattr(serving, "_predict", lambda *_: False)
    with pytest.raises(failures.Failure, match="responded to none"):
        serving._load(half_broken[0], 2, 1, None, 0.05)


def test_a_server_that_does_not_start_is_a_failure(capsys, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert main._run(["benchmark", "--what=serve", "--model=x"]) == 1
    assert "The server did not start" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flags", "expected"),
    [([], "--model must name"), (["--model=x", "--seconds=1,2"], "must be one number")],
)
def test_bad_flags_are_refused(capsys, flags, expected):
    assert main._run(["benchmark", "--what=serve", *flags]) == 2
    assert expected in capsys.readouterr().err
