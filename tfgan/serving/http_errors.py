"""What a client did wrong, as a status of HTTP and one sentence."""

import http

import orjson
from starlette.responses import Response

# Of every answer: it is for the page of this server alone, and nothing keeps it.
HEADERS = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Rejection(Exception):  # noqa: N818
    """A request that gets no answer but a sentence.

    Args:
      status: int, 4xx or 503.
      sentence: str, for the client.
    """

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def response(status, sentence, headers=()):
    """A refusal as a Starlette response.

    Args:
      status: int, of HTTP.
      sentence: str, for the client.
      headers: dict of str, more of them.
    """
    headers = dict(headers)
    if status == 503:
        headers["retry-after"] = "1"
    return Response(_body(sentence), status, headers, media_type="application/json")


def message(status, sentence):
    """A refusal as bytes of HTTP, after which the connection is closed."""
    body = _body(sentence)
    headers = HEADERS | {
        "content-type": "application/json",
        "content-length": str(len(body)),
        "connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _body(sentence):
    return orjson.dumps({"error": sentence})
