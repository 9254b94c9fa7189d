"""The latency and the rate of `tfgan serve`, for one client alone and for several.

Each client sends its next request when it has the response to the last one, over one connection.
All share the machine with the server, so the rates are below those of clients elsewhere.
"""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import numpy as np
import psutil

from tfgan import failures
from tfgan.studies.benchmarks import timing

_START_SECONDS = 300
_STOP_SECONDS = 60
_WARM_UP = 10  # requests that are not counted
_PICTURE = "png_bytes"
_PERCENTILES = {"p50": 50, "p90": 90, "p99": 99}


def run(model, clients, rows, seconds, progress=timing.silent):
    """Loads a server with one client, and with several.

    Args:
      model: str, the folder of an exported model.
      clients: int.
      rows: int, of a request.
      seconds: int, of each load.
      progress: see `timing.race`.
    Returns: dict that JSON can hold; `loads` is a list of the dict of `_load`, with
      `server_cpu_seconds` of a request.
    """
    progress("starting the server")
    with _server(model, clients) as (url, process):
        outputs = _outputs(url)
        filters = [[_PICTURE], None] if _PICTURE in outputs else [None]
        loads = []
        for names, count in [(filters[0], 1), *((names, clients) for names in filters)]:
            progress(f"{count} client(s), {', '.join(names or outputs)}, {seconds} s")
            for number in range(_WARM_UP):
                _predict(_connect(url), -number * rows, rows, names)
            before = _cpu_seconds(process)
            load = _load(url, count, rows, names, seconds)
            cpu = (_cpu_seconds(process) - before) / load["requests"]
            row = {"clients": count, "answer": names or outputs}
            loads.append(row | load | {"server_cpu_seconds": cpu})
    return {"model": model, "rows": rows, "cores": os.cpu_count(), "loads": loads}


def lines(results):
    """Rates and latencies as lines of text."""
    yield f"{results['model']}: requests of {results['rows']} row(s), {results['cores']} cores"
    for row in results["loads"]:
        times = ", ".join(f"{name} {row[name] * 1e3:.1f} ms" for name in (*_PERCENTILES, "longest"))
        yield (
            f"{row['clients']:>3} client(s), {', '.join(row['answer'])}: "
            f"{row['requests_per_second']:,.1f} requests/s, {row['images_per_second']:,.1f} "
            f"images/s; {times}; {row['requests']:,} requests, "
            f"{row['server_cpu_seconds'] * 1e3:.1f} ms of the server's CPU time each, "
            f"{row['failed']:,} failed"
        )


@contextlib.contextmanager
def _server(model, clients):
    flags = [f"--model={model}", "--name=model", "--port=0", f"--queue={2 * clients}"]
    command = [sys.executable, "-m", "tfgan", "serve", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    timeout = threading.Timer(_START_SECONDS, process.kill)
    timeout.start()
    try:
        url = next((line.split()[1] for line in process.stdout if line.startswith("Page:")), None)
        timeout.cancel()
        if url is None:
            raise failures.Failure("The server did not start; the reason is above.")
        yield url, process
    finally:
        timeout.cancel()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stdout.close()


def _cpu_seconds(process):
    """CPU time of a process so far, which other load on the machine changes least."""
    times = psutil.Process(process.pid).cpu_times()
    return times.user + times.system


def _outputs(url):
    connection = _connect(url)
    connection.request("GET", "/v1/models/model/metadata")
    metadata = json.loads(connection.getresponse().read())["metadata"]
    connection.close()
    return sorted(metadata["signature_def"]["signature_def"]["serving_default"]["outputs"])


def _load(url, clients, rows, outputs, seconds):
    """Requests per second, and seconds per request: dict. `outputs` None requests all."""
    latencies, failed = [], []
    start = time.perf_counter()

    def client(number):
        connection, seed = _connect(url), number * 10**9
        while (sent := time.perf_counter()) < start + seconds:
            try:
                is_answered = _predict(connection, seed, rows, outputs)
            except (OSError, http.client.HTTPException):
                is_answered, connection = False, _connect(url)
            if is_answered:
                latencies.append(time.perf_counter() - sent)
            else:
                failed.append(seed)
            seed += rows
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    duration = time.perf_counter() - start
    if not latencies:
        raise failures.Failure(f"The server responded to none of {len(failed):,} requests.")
    times = np.percentile(latencies, [*_PERCENTILES.values()]).tolist()
    return {
        "requests": len(latencies) + len(failed),
        "failed": len(failed),
        "requests_per_second": len(latencies) / duration,
        "images_per_second": len(latencies) * rows / duration,
        **dict(zip(_PERCENTILES, times, strict=True)),
        "longest": max(latencies),
    }


def _predict(connection, seed, rows, outputs):
    request = {"instances": [{"seed": seed + row} for row in range(rows)]}
    if outputs:
        request["output_filter"] = outputs
    connection.request("POST", "/v1/models/model:predict", json.dumps(request))
    response = connection.getresponse()
    body = response.read()
    return response.status == 200 and len(json.loads(body)["predictions"]) == rows


def _connect(url):
    return http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
