"""What a client waits for `tfgan serve`, alone and among others.

The server runs in a process of its own on the loopback address. Each client sends its next request
when it has the answer to the last one, over one connection. All of them share the machine with the
server, so the figures are below those of clients elsewhere.
"""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import numpy as np

from tfgan.studies.benchmarks import timing

_START_SECONDS = 300
_STOP_SECONDS = 60
_WARM_UP = 10  # requests that are not counted
_PICTURE = "png_bytes"
_PERCENTILES = {"p50": 50, "p90": 90, "p99": 99}


def run(model, clients, rows, seconds, tell):
    """Loads a server with one client, and with several.

    Args:
      model: str, the folder of an exported model.
      clients: int.
      rows: int, of a request.
      seconds: int, of each load.
      tell: function (str), told what runs next.
    Returns: dict; `loads` is a list of dict as of `_load`, with
      `server_cpu_seconds` of a request, or None where the system does not tell.
    Raises: `timing.Lost`, if the server ends or answers nothing.
    """
    tell("starting the server")
    with _server(model, clients) as (url, process):
        outputs = _outputs(url)
        filters = [[_PICTURE], None] if _PICTURE in outputs else [None]
        loads = []
        for wanted, count in [(filters[0], 1), *((wanted, clients) for wanted in filters)]:
            tell(f"{count} client(s), {', '.join(wanted or outputs)}, {seconds} s")
            told = {"clients": count, "answer": wanted or outputs}
            for number in range(_WARM_UP):
                _ask(_connect(url), -number * rows, rows, wanted)
            before = _cpu_seconds(process)
            load = _load(url, count, rows, wanted, seconds)
            after = _cpu_seconds(process)
            used = None if after is None else (after - before) / load["requests"]
            loads.append(told | load | {"server_cpu_seconds": used})
    return {"model": model, "rows": rows, "cores": os.cpu_count(), "loads": loads}


def lines(found):
    """The figures as lines of text."""
    yield f"{found['model']}: requests of {found['rows']} row(s), {found['cores']} cores"
    for row in found["loads"]:
        times = ", ".join(f"{name} {row[name] * 1e3:.1f} ms" for name in (*_PERCENTILES, "longest"))
        cpu = row["server_cpu_seconds"]
        told = "" if cpu is None else f" {cpu * 1e3:.1f} ms of the server's CPU time each,"
        yield (
            f"{row['clients']:>3} client(s), {', '.join(row['answer'])}: "
            f"{row['requests_per_second']:,.1f} requests/s, {row['images_per_second']:,.1f} "
            f"images/s; {times}; {row['requests']:,} requests,{told} {row['failed']:,} failed"
        )


@contextlib.contextmanager
def _server(model, clients):
    """The address and the process of a server that runs inside the block."""
    command = [sys.executable, "-m", f"{__package__.rpartition('.')[0]}.main", "serve"]
    flags = [f"--model={model}", "--name=model", "--port=0", f"--queue={2 * clients}"]
    process = subprocess.Popen([*command, *flags], stdout=subprocess.PIPE, text=True)
    too_late = threading.Timer(_START_SECONDS, process.kill)
    too_late.start()
    try:
        url = next((line.split()[1] for line in process.stdout if line.startswith("Page:")), None)
        too_late.cancel()
        if url is None:
            raise timing.Lost("The server did not start; it says why above.")
        yield url, process
    finally:
        too_late.cancel()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stdout.close()


def _cpu_seconds(process):
    """What a process has used so far, where Linux tells it; a busy machine changes it least."""
    path = pathlib.Path(f"/proc/{process.pid}/stat")
    if not path.exists():
        return None
    user, system = path.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _outputs(url):
    connection = _connect(url)
    connection.request("GET", "/v1/models/model/metadata")
    metadata = json.loads(connection.getresponse().read())["metadata"]
    connection.close()
    return sorted(metadata["signature_def"]["signature_def"]["serving_default"]["outputs"])


def _load(url, clients, rows, wanted, seconds):
    """Requests a second, and seconds that a request takes: dict.

    Args:
      url: str, of the server.
      clients: int.
      rows: int, of a request.
      wanted: list of str, the outputs that are asked for; None for all.
      seconds: int.
    """
    latencies, failures = [], []
    until = time.perf_counter() + seconds

    def client(number):
        connection, seed = _connect(url), number * 10**9
        while (began := time.perf_counter()) < until:
            try:
                right = _ask(connection, seed, rows, wanted)
            except (OSError, http.client.HTTPException):
                right, connection = False, _connect(url)
            if right:
                latencies.append(time.perf_counter() - began)
            else:
                failures.append(seed)
            seed += rows
        connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if not latencies:
        raise timing.Lost(f"The server answered none of {len(failures):,} requests.")
    times = np.percentile(latencies, [*_PERCENTILES.values()]).tolist()
    return {
        "requests": len(latencies) + len(failures),
        "failed": len(failures),
        "requests_per_second": len(latencies) / took,
        "images_per_second": len(latencies) * rows / took,
        **dict(zip(_PERCENTILES, times, strict=True)),
        "longest": max(latencies),
    }


def _ask(connection, seed, rows, wanted):
    """Whether a request is answered, with as many rows."""
    question = {"instances": [{"seed": seed + row} for row in range(rows)]}
    if wanted:
        question["output_filter"] = wanted
    connection.request("POST", "/v1/models/model:predict", json.dumps(question))
    answer = connection.getresponse()
    body = answer.read()
    return answer.status == 200 and len(json.loads(body)["predictions"]) == rows


def _connect(url):
    return http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
