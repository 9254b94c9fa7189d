"""How much one request, and all requests together, may demand of the server."""

import asyncio
import contextlib
import dataclasses

from tfgan.serving.http_errors import Rejection

# JSON's own type, that of `curl -d`, and those that say nothing.
_CONTENT_TYPES = ("", "application/json", "application/x-www-form-urlencoded", "text/plain")
_SMALL_BODY = 65_536  # bytes; shorter bodies need no slot, so slow clients cannot block them


@dataclasses.dataclass(frozen=True)
class Limits:
    """Numbers that clients cannot exceed."""

    batch: int  # rows of a request
    body: int  # bytes of a request
    queue: int  # requests that are read, computed or written at the same time
    pixels: int = 2_000_000  # of the images of a request


class Slots(asyncio.Semaphore):
    """A number of requests at the same time; `async with` takes a slot, or raises Rejection."""

    def __init__(self, count, subject):
        super().__init__(count)
        self._full = f"{count} {subject} already; try again soon."

    def check(self):
        if self.locked():
            raise Rejection(503, self._full)

    async def __aenter__(self):
        self.check()
        await super().__aenter__()


class BodyReader:
    """Reads bodies: JSON, of limited length, and at most `queue` of over 64 KiB at one time."""

    def __init__(self, limits):
        self._max_bytes = limits.body
        self._large = Slots(limits.queue, "large requests are arriving")

    async def read(self, request):
        """The whole body of a Starlette request: bytes.

        Raises: Rejection for another content type, a body too long, or too many long ones.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _CONTENT_TYPES or "content-encoding" in request.headers:
            raise Rejection(415, "The body must be JSON (application/json), and not compressed.")
        self._check_length(int(request.headers.get("content-length", 0)))
        body = bytearray()
        async with contextlib.AsyncExitStack() as slot:
            async for piece in request.stream():
                if len(body) <= _SMALL_BODY < len(body) + len(piece):
                    await slot.enter_async_context(self._large)
                body += piece
                self._check_length(len(body))
        return bytes(body)

    def _check_length(self, length):
        if length > self._max_bytes:
            raise Rejection(413, f"A body may have {self._max_bytes:,} bytes at most.")
