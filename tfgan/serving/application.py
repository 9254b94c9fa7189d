"""The routes: TensorFlow Serving's REST form, and the page."""

import asyncio
import concurrent.futures
import contextlib

import tensorflow as tf
from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tfgan.failures import user_message
from tfgan.serving import http_errors, page, predict_request, responses
from tfgan.serving.http_errors import JsonResponse, Rejection
from tfgan.serving.limits import BodyReader, Slots
from tfgan.serving.middleware import SecurityMiddleware
from tfgan.serving.request_batcher import RequestBatcher, WorkerThread

_PREFIX = "/v1/models/{name:model}"


class _ModelName(StringConvertor):
    regex = "[^/:]+"  # up to the colon of `:predict`


register_url_convertor("model", _ModelName())


class Application:
    """The ASGI application that serves a model.

    Attributes:
      queue: `limits.Slots`, of requests that have arrived and have no response yet.
    Args:
      model: `versioned_model.VersionedModel`.
      name: str, of the model in URLs.
      limits: `limits.Limits`.
      hosts: `allowed_hosts.Hosts`, which requests may be addressed to.
      poll: float, seconds from one look at the folder to the next.
    """

    def __init__(self, model, name, limits, hosts, poll=2.0):
        self.model, self.name, self._limits, self._poll = model, name, limits, poll
        self._calls, self._loads = WorkerThread("model"), WorkerThread("versions")
        self._batcher = RequestBatcher(limits.batch, self._calls)
        self._json_threads = concurrent.futures.ThreadPoolExecutor(2, "json")
        self._bodies = BodyReader(limits)
        self.queue = Slots(limits.queue, "requests are waiting")
        refusal = http_errors.response
        routes = Starlette(
            routes=self._routes(),
            exception_handlers={
                Rejection: lambda _, error: refusal(error.status, error.sentence),
                HTTPException: _refusal_of_starlette,
                ClientDisconnect: lambda *_: refusal(400, "The client went away."),
                Exception: lambda *_: refusal(500, "The server failed; its log says how."),
            },
            lifespan=self._polling,
        )
        self._asgi = SecurityMiddleware(routes, hosts)

    @property
    def is_busy(self):
        """Whether the model computes or a version is loaded, even if no client waits any more."""
        return self._calls.is_busy or self._loads.is_busy

    async def __call__(self, scope, receive, send):
        await self._asgi(scope, receive, send)

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
        async def poll():
            while True:
                await asyncio.sleep(self._poll)
                await self._loads.run(self.model.refresh)

        task = asyncio.create_task(poll())
        yield
        task.cancel()

    def _find_model(self, request):
        name, version = request.path_params["name"], request.path_params.get("version")
        model = self.model.current
        if name != self.name:
            raise Rejection(404, f"There is no model {name[:50]!r}; there is {self.name}.")
        if version not in (None, str(model.version)):
            sentence = f"Version {version[:50]!r} is not served; version {model.version} is."
            raise Rejection(404, sentence)
        return model

    async def _page(self, _):
        text = page.text(self.model.current, self.name, self._limits.batch, self._limits.pixels)
        return HTMLResponse(text, headers={"content-security-policy": page.POLICY})

    async def _status(self, request):
        status = {"error_code": "OK", "error_message": ""}
        version = str(self._find_model(request).version)
        state = {"version": version, "state": "AVAILABLE", "status": status}
        return JsonResponse({"model_version_status": [state]})

    async def _metadata(self, request):
        model = self._find_model(request)
        spec = {"name": self.name, "signature_name": "", "version": str(model.version)}
        metadata = {"signature_def": {"signature_def": model.definitions}}
        if model.metadata:
            metadata["tfgan"] = model.metadata
        return JsonResponse({"model_spec": spec, "metadata": metadata})

    async def _predict(self, request):
        model = self._find_model(request)
        self.queue.check()  # before a body arrives in vain
        body = await self._bodies.read(request)
        async with self.queue:
            most = (self._limits.batch, self._limits.pixels)
            call = await self._in_thread(predict_request.parse, body, model, *most)
            try:
                outputs = await self._batcher.call(model, call.signature, call.inputs)
            except tf.errors.InvalidArgumentError as error:
                raise Rejection(400, f"The model refuses: {user_message(error.message)}") from error
            outputs = {name: outputs[name] for name in call.outputs}
            return JsonResponse(await self._in_thread(responses.encode, outputs, call.in_rows))

    async def _in_thread(self, function, *arguments):
        """Runs what takes long with large bodies outside the loop that all connections share."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._json_threads, function, *arguments)


def _refusal_of_starlette(request, error):
    headers = error.headers or {}
    sentences = {
        404: f"There is nothing at {request.scope['path'][:100]!r}.",
        405: f"{request.method[:20]} is not possible here, only {headers.get('Allow', 'others')}.",
    }
    status = error.status_code
    return http_errors.response(status, sentences.get(status, error.detail), headers)
