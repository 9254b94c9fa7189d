"""A live server on a free loopback port, in a thread of the tests."""

import contextlib
import http.client
import json
import threading
import time

import pytest

from tfgan.serving import allowed_hosts, application, limits, server, versioned_model

from . import toy_translator
from .browser import chromium, open_page  # noqa: F401


class Client:
    """What a client does with a server; each request has a connection of its own.

    Attributes:
      port: int.
      application: `application.Application`.
      server: `uvicorn.Server`.
      connections: set of `connections.Connection`, those that are open.
    """

    def __init__(self, port, app, running):
        self.port, self.application, self.server = port, app, running
        self.connections = running.server_state.connections

    def request(self, method, path, body=None, **headers):
        """(status, headers, parsed JSON or text) of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            read = answer.read()
        finally:
            connection.close()
        is_json = answer.headers["content-type"] == "application/json"
        return answer.status, answer.headers, json.loads(read) if is_json else read.decode()

    def get(self, path):
        status, _, answer = self.request("GET", path)
        return status, answer

    def predict(self, question, path="/v1/models/toy:predict", **headers):
        """(status, answer) of a question, which is JSON already if it is text or bytes."""
        body = question if isinstance(question, str | bytes) else json.dumps(question)
        status, _, answer = self.request("POST", path, body, **headers)
        return status, answer


@contextlib.contextmanager
def serving(folder, *, version=None, batch=8, body=50_000, queue=16, most=100, **settings):
    """A Client of a server that runs inside the block.

    Args:
      folder: path.
      version, batch, body, queue, most: as of the program.
      **settings: `timeouts` of connections, `poll` of the folder, seconds; `pixels` of a request.
    """
    app = application.Application(
        versioned_model.VersionedModel(str(folder), version),
        "toy",
        limits.Limits(batch, body, queue, settings.get("pixels", 2_000_000)),
        allowed_hosts.Hosts("127.0.0.1"),
        settings.get("poll", 2.0),
    )
    with server.listen("127.0.0.1", 0) as listening:
        running = server.make(app, most, queue, settings.get("timeouts"))
        thread = threading.Thread(target=running.run, args=([listening],), daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        try:
            yield Client(listening.getsockname()[1], app, running)
        finally:
            running.should_exit = True
            thread.join(30)
            running.force_exit = True  # a connection that nobody closes must not hold up the tests
            thread.join(10)


@pytest.fixture(name="serving", scope="session")
def _serving():
    return serving


# Not longer than for these tests: others set the clock, which a running server reads.
@pytest.fixture(scope="package")
def toy(toy_model):
    """A Client of the unconditional model."""
    with serving(toy_model) as client:
        yield client


@pytest.fixture(scope="package")
def conditional(conditional_model):
    """A Client of the model with three classes."""
    with serving(conditional_model) as client:
        yield client


@pytest.fixture(scope="package")
def translator(tmp_path_factory):
    """A Client of a model that translates masks to gray images, and back."""
    folder = tmp_path_factory.mktemp("translator")
    toy_translator.export(folder)
    with serving(folder, pixels=2_000) as client:
        yield client
