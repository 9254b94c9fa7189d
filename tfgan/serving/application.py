"""The routes: TensorFlow Serving's REST form, and the page."""

import asyncio
import concurrent.futures
import contextlib

import orjson
import tensorflow as tf
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tfgan.failures import sentence
from tfgan.serving import http_errors, page, predict_request, responses
from tfgan.serving.http_errors import Rejection
from tfgan.serving.limits import Places
from tfgan.serving.middleware import Gate
from tfgan.serving.request_batcher import RequestBatcher
from tfgan.serving.request_bodies import Bodies
from tfgan.serving.worker_thread import Worker

_PREFIX = "/v1/models/{name:model}"


class _ModelName(Convertor):
    """A part of a path, up to the colon of `:predict`."""

    regex = "[^/:]+"

    def convert(self, value):
        return value

    def to_string(self, value):
        return value


register_url_convertor("model", _ModelName())


class Application:
    """The ASGI application that serves the model on a shelf.

    Attributes:
      name: str, of the model in the addresses.
      places: `limits.Places`, of requests that have arrived and have no answer yet.
    Args:
      shelf: `versioned_model.VersionedModel`.
      name: str, of the model in the addresses.
      limits: `limits.Limits`.
      hosts: `allowed_hosts.Hosts`, whom requests may be addressed to.
      poll: float, seconds from one look at the folder to the next.
    """

    def __init__(self, shelf, name, limits, hosts, poll=2.0):
        self._shelf, self.name, self._limits, self._poll = shelf, name, limits, poll
        self._calling, self._loading = Worker("model"), Worker("versions")
        self._merger = RequestBatcher(limits.batch, self._calling)
        self._parsers = concurrent.futures.ThreadPoolExecutor(2, "json")
        self._bodies = Bodies(limits)
        self.places = Places(limits.queue, "requests are waiting")
        refusal = http_errors.response
        routed = Starlette(
            routes=self._routes(),
            exception_handlers={
                Rejection: lambda _, error: refusal(error.status, error.sentence),
                HTTPException: _http_refusal,
                ClientDisconnect: lambda *_: refusal(400, "The client went away."),
                Exception: lambda *_: refusal(500, "The server failed; its log says how."),
            },
            lifespan=self._polling,
        )
        self._gate = Gate(routed, hosts)

    @property
    def is_busy(self):
        """Whether the model computes or a version is loaded, maybe for nobody any more."""
        return self._calling.is_busy or self._loading.is_busy

    async def __call__(self, scope, receive, send):
        """Answers one request of ASGI."""
        await self._gate(scope, receive, send)

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
                await asyncio.sleep(self._poll)
                await self._loading.run(self._shelf.refresh)

        polling = asyncio.create_task(poll())
        yield
        polling.cancel()

    def _model(self, request):
        """The model that an address names."""
        name, version = request.path_params["name"], request.path_params.get("version")
        model = self._shelf.current
        if name != self.name:
            raise Rejection(404, f"There is no model {name[:50]!r}; there is {self.name}.")
        if version not in (None, str(model.version)):
            raise Rejection(
                404, f"Version {version[:50]!r} is not served; version {model.version} is."
            )
        return model

    async def _page(self, _):
        text = page.text(self._shelf.current, self.name, self._limits.batch)
        return HTMLResponse(text, headers={"content-security-policy": page.POLICY})

    async def _status(self, request):
        status = {"error_code": "OK", "error_message": ""}
        version = str(self._model(request).version)
        state = {"version": version, "state": "AVAILABLE", "status": status}
        return _json({"model_version_status": [state]})

    async def _metadata(self, request):
        model = self._model(request)
        spec = {"name": self.name, "signature_name": "", "version": str(model.version)}
        metadata = {"signature_def": {"signature_def": model.definitions}}
        if model.facts:
            metadata["tfgan"] = model.facts
        return _json({"model_spec": spec, "metadata": metadata})

    async def _predict(self, request):
        model = self._model(request)
        self.places.check()  # before a body arrives in vain
        body = await self._bodies.read(request)
        with self.places.one():
            asked = await self._parsing(predict_request.parse, body, model, self._limits.batch)
            try:
                outputs = await self._merger.call(model, asked.signature, asked.inputs)
            except tf.errors.InvalidArgumentError as error:
                raise Rejection(400, f"The model refuses: {sentence(error.message)}") from error
            wanted = {name: outputs[name] for name in asked.outputs}
            answer = await self._parsing(responses.encode, wanted, asked.in_rows)
        return Response(answer, media_type="application/json")

    async def _parsing(self, function, *arguments):
        """Runs what takes long with large bodies beside the loop that all connections share."""
        return await asyncio.get_running_loop().run_in_executor(self._parsers, function, *arguments)


def _json(value):
    return Response(orjson.dumps(value), media_type="application/json")


def _http_refusal(request, error):
    told = {
        404: f"There is nothing at {request.scope['path'][:100]!r}.",
        405: f"{request.method[:20]} is not possible here, only {_allowed(error)}.",
    }.get(error.status_code, error.detail)
    return http_errors.response(error.status_code, told, error.headers or {})


def _allowed(error):
    return (error.headers or {}).get("Allow", "other methods")
