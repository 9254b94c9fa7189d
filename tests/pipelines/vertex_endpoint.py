"""A stand-in for Vertex AI on this machine: it keeps what it is sent."""

import http.server
import json
import threading

import pytest
from tfgan.pipelines.cloud.vertex import service


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path.partition("?")[0], body))
        name = self.path.partition("?")[0].removeprefix("/v1/") + "/123"
        answer = self.server.answer or json.loads(body) | {"name": name}
        payload = json.dumps(answer).encode()
        self.send_response(answer["error"]["code"] if "error" in answer else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_):
        pass


@pytest.fixture
def endpoint(monkeypatch):
    """The server in Vertex AI's place, with `requests`, [(path, body)], and `answer` to give."""
    pytest.importorskip("google.cloud.aiplatform_v1", reason="needs the extra vertex")
    import google.auth
    from google.auth.credentials import AnonymousCredentials

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.requests, server.answer = [], None
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setattr(service, "ADDRESS", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(google.auth, "default", lambda: (AnonymousCredentials(), None))
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
