"""Responses in JSON, and refusals: an HTTP status and an error message."""

import http

import orjson
from starlette.responses import Response

# In every response: it belongs to the page of this server alone, and nothing caches it.
HEADERS = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Rejection(Exception):  # noqa: N818
    """A refused request: a status, 4xx or 503, and an error message for the client."""

    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class JsonResponse(Response):
    """A response in JSON; its content is bytes of JSON already, or anything that orjson writes."""

    media_type = "application/json"

    def render(self, content):
        return content if isinstance(content, bytes) else orjson.dumps(content)


def response(status, sentence, headers=()):
    """A refusal as a Starlette response, with further headers, dict of str."""
    retry = {"retry-after": "1"} if status == 503 else {}
    return JsonResponse({"error": sentence}, status, dict(headers) | retry)


def message(status, sentence):
    """A refusal as bytes of HTTP, after which the connection is closed."""
    answer = response(status, sentence, HEADERS | {"connection": "close"})
    lines = [f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}".encode("ascii")]
    lines += [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join([*lines, b"", answer.body])
