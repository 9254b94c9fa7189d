"""What applies to every request, whatever its path."""

import asyncio

from starlette.datastructures import Headers, MutableHeaders

from tfgan.serving import http_errors


class SecurityMiddleware:
    """ASGI middleware: refuses unknown `Hosts`, adds headers, responds to canceled requests."""

    def __init__(self, application, hosts):
        self._application, self._hosts = application, hosts

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        has_begun = False

        async def send_with_headers(message):
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in http_errors.HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        host = Headers(scope=scope).get("host")
        answer = self._application if self._hosts.allow(host) else _misdirected(host)
        try:
            await answer(scope, receive, send_with_headers)
        except asyncio.CancelledError:  # the server stops, and waits no longer
            if not has_begun:
                answer = http_errors.response(503, "The server stopped before it responded.")
                await answer(scope, receive, send_with_headers)


def _misdirected(host):
    return http_errors.response(
        421, f"The host {host[:100]!r} is not one of this server's; --allowed_hosts adds names."
    )
