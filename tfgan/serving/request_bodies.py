"""Bodies of requests as they arrive: JSON, not too long, and not too many long ones at one time."""

import contextlib

from tfgan.serving.http_errors import Rejection
from tfgan.serving.limits import Places

# What is sent as JSON, what `curl -d` calls it, and what says nothing.
_CONTENT_TYPES = ("", "application/json", "application/x-www-form-urlencoded", "text/plain")
_SMALL = 65_536  # bytes of a body that needs no place: so slow clients keep none from short ones


class Bodies:
    """Reads bodies.

    Args:
      limits: `limits.Limits`; of bodies of more than 64 KiB at most `queue` arrive at one time.
    """

    def __init__(self, limits):
        self._most = limits.body
        self._large = Places(limits.queue, "large requests are arriving")

    async def read(self, request):
        """The whole body of a Starlette request: bytes.

        Raises: Rejection for another kind of content, a body that is too long, and a long one if
          too many arrive.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _CONTENT_TYPES or "content-encoding" in request.headers:
            raise Rejection(415, "The body must be JSON (application/json), and not compressed.")
        self._check_length(int(request.headers.get("content-length", 0)))
        body = bytearray()
        with contextlib.ExitStack() as place:
            async for piece in request.stream():
                if len(body) <= _SMALL < len(body) + len(piece):
                    place.enter_context(self._large.one())
                body += piece
                self._check_length(len(body))
        return bytes(body)

    def _check_length(self, length):
        if length > self._most:
            raise Rejection(413, f"A body may have {self._most:,} bytes at most.")
