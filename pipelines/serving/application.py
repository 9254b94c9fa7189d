"""The routes: TensorFlow Serving's REST form, and the page."""

import asyncio
import concurrent.futures
import contextlib
import dataclasses

import orjson
import tensorflow as tf
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..errors import sentence
from . import answers, page, requests
from .merging import Merger
from .rejecting import Rejection

_POLL_SECONDS = 2.0
_BODY_SECONDS = 60.0
_PREFIX = "/v1/models/{name:model}"
# What is sent as JSON, what `curl -d` calls it, and what says nothing.
_CONTENT_TYPES = ("", "application/json", "application/x-www-form-urlencoded", "text/plain")
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class _ModelName(Convertor):
    """A part of a path, up to the colon of `:predict`."""

    regex = "[^/:]+"

    def convert(self, value):
        return value

    def to_string(self, value):
        return value


register_url_convertor("model", _ModelName())


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one request, and all of them, may ask for.

    Attributes:
      batch: int, rows of a request.
      body: int, bytes of a request.
      queue: int, requests that are read, computed or written at one time.
    """

    batch: int
    body: int
    queue: int


class Application:
    """The ASGI application that serves the model on a shelf.

    Args:
      shelf: `models.Shelf`.
      name: str, of the model in the addresses.
      limits: Limits.
    """

    def __init__(self, shelf, name, limits):
        self._shelf, self._name, self._limits = shelf, name, limits
        self._merger = Merger(limits.batch)
        self._parsers = concurrent.futures.ThreadPoolExecutor(2, "json")
        self._begun = 0
        self._routed = Starlette(
            routes=self._routes(),
            exception_handlers={
                Rejection: lambda _, error: _refusal(error.status, error.sentence),
                HTTPException: _http_refusal,
                ClientDisconnect: lambda *_: _refusal(400, "The client went away."),
                Exception: lambda *_: _refusal(500, "The server failed; its log says how."),
            },
            lifespan=self._polling,
        )

    async def __call__(self, scope, receive, send):
        """Answers one request of ASGI, with the headers that every answer has."""

        async def send_with_headers(message):
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                more = [pair for pair in more if pair[0] not in names]
                message = message | {"headers": [*message["headers"], *more]}
            await send(message)

        await self._routed(scope, receive, send_with_headers)

    def _routes(self):
        routes = [Route("/", self._page)]
        for path in (_PREFIX, _PREFIX + "/versions/{version:model}"):
            routes += [
                Route(path + ":predict", self._predict, methods=["POST"]),
                Route(path + "/metadata", self._metadata),
                Route(path, self._status),
            ]
        return routes

    @contextlib.asynccontextmanager
    async def _polling(self, _):
        """Looks for newer versions as long as the server runs."""

        async def poll():
            while True:
                await asyncio.sleep(_POLL_SECONDS)
                await asyncio.to_thread(self._shelf.refresh)

        polling = asyncio.create_task(poll())
        yield
        polling.cancel()

    def _model(self, request):
        """The model that an address names."""
        name, version = request.path_params["name"], request.path_params.get("version")
        model = self._shelf.current
        if name != self._name:
            raise Rejection(404, f"There is no model {name[:50]!r}; there is {self._name}.")
        if version not in (None, str(model.version)):
            raise Rejection(
                404, f"Version {version[:50]!r} is not served; version {model.version} is."
            )
        return model

    async def _page(self, _):
        text = page.text(self._shelf.current, self._name, self._limits.batch)
        return HTMLResponse(text, headers={"content-security-policy": page.POLICY})

    async def _status(self, request):
        status = {"error_code": "OK", "error_message": ""}
        version = str(self._model(request).version)
        state = {"version": version, "state": "AVAILABLE", "status": status}
        return _json({"model_version_status": [state]})

    async def _metadata(self, request):
        model = self._model(request)
        spec = {"name": self._name, "signature_name": "", "version": str(model.version)}
        metadata = {"signature_def": {"signature_def": model.definitions}}
        if model.facts:
            metadata["tfgan"] = model.facts
        return _json({"model_spec": spec, "metadata": metadata})

    async def _predict(self, request):
        model = self._model(request)
        if self._begun >= self._limits.queue:
            raise Rejection(503, f"{self._begun} requests are waiting already; try again soon.")
        self._begun += 1
        try:
            body = await self._body(request)
            asked = await self._parsing(requests.parse, body, model, self._limits.batch)
            try:
                outputs = await self._merger.call(model, asked.signature, asked.inputs)
            except tf.errors.InvalidArgumentError as error:
                raise Rejection(400, f"The model refuses: {sentence(error.message)}") from error
            wanted = {name: outputs[name] for name in asked.outputs}
            answer = await self._parsing(answers.encode, wanted, asked.in_rows)
        finally:
            self._begun -= 1
        return Response(answer, media_type="application/json")

    async def _body(self, request):
        """The body, unless it is of a wrong kind, too long or too slow."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _CONTENT_TYPES or "content-encoding" in request.headers:
            raise Rejection(415, "The body must be JSON (application/json), and not compressed.")
        most = self._limits.body
        too_long = Rejection(413, f"A body may have {most:,} bytes at most.")
        if int(request.headers.get("content-length", 0)) > most:
            raise too_long
        body = bytearray()
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                async for piece in request.stream():
                    body += piece
                    if len(body) > most:
                        raise too_long
        except TimeoutError as error:
            raise Rejection(408, f"The body took more than {_BODY_SECONDS:.0f} s.") from error
        return bytes(body)

    async def _parsing(self, function, *arguments):
        """Runs what takes long with large bodies beside the loop that all connections share."""
        return await asyncio.get_running_loop().run_in_executor(self._parsers, function, *arguments)


def _json(value):
    return Response(orjson.dumps(value), media_type="application/json")


def _refusal(status, told, headers=None):
    body = orjson.dumps({"error": told})
    headers = dict(headers or {})
    if status == 408:
        headers["connection"] = "close"
    if status == 503:
        headers["retry-after"] = "1"
    return Response(body, status, headers, media_type="application/json")


def _http_refusal(request, error):
    told = {
        404: f"There is nothing at {request.url.path[:100]!r}.",
        405: f"{request.method[:20]} is not possible here, only {_allowed(error)}.",
    }.get(error.status_code, error.detail)
    return _refusal(error.status_code, told, error.headers)


def _allowed(error):
    return (error.headers or {}).get("Allow", "other methods")
