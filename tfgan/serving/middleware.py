"""What holds for every request, whatever it asks for."""

import asyncio

from tfgan.serving import http_errors


class Gate:
    """ASGI middleware: refuses unknown hosts, completes headers, and answers what is cut off.

    Args:
      application: the ASGI application behind it.
      hosts: `allowed_hosts.Hosts`.
    """

    def __init__(self, application, hosts):
        self._application, self._hosts = application, hosts

    async def __call__(self, scope, receive, send):
        """Answers one request of ASGI."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        has_begun = False

        async def send_with_headers(message):
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                message = message | {"headers": _completed(message["headers"])}
            await send(message)

        host = _host(scope)
        answer = self._application if self._hosts.allow(host) else _stranger(host)
        try:
            await answer(scope, receive, send_with_headers)
        except asyncio.CancelledError:  # the server stops, and waits no longer
            if not has_begun:
                stopped = http_errors.response(
                    503, "The server stopped before there was an answer."
                )
                await stopped(scope, receive, send_with_headers)


def _host(scope):
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1") if hosts else None


def _stranger(host):
    return http_errors.response(
        421, f"The host {host[:100]!r} is not one of this server's; --allowed_hosts adds names."
    )


def _completed(headers):
    names = {name for name, _ in headers}
    more = [(name.encode(), value.encode()) for name, value in http_errors.HEADERS.items()]
    return [*headers, *(pair for pair in more if pair[0] not in names)]
