"""The process: a socket, the HTTP server on it, and a clean end."""

import functools
import logging
import signal
import socket

import psutil
import uvicorn

from tfgan.serving.connections import Connection, ConnectionPool, Timeouts
from tfgan.serving.rate_limited_log import RateLimitFilter

_LOG = logging.getLogger(__name__)

_MOST_CONNECTIONS = 1000
_FEWEST_CONNECTIONS = 4
_SPARE_FILES = 32  # for connections that are being closed, and for the files of a new version
_SHUTDOWN_SECONDS = 30
_LOGS = ("asyncio", "uvicorn.error", __package__ + ".connections")


def listen(host, port):
    """A socket that listens already, so that a port in use is reported before a model is loaded."""
    # asyncio turns Nagle's delay off only for sockets that name their protocol.
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(socket.SOMAXCONN)
    except OSError:
        listening.close()
        raise
    return listening


def url(listening):
    """Where a browser finds the server of a socket: str."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def max_connections():
    """How many connections this process may have: int, as its limit of open files permits."""
    process = psutil.Process()
    limit, _ = process.rlimit(psutil.RLIMIT_NOFILE)
    if limit == psutil.RLIM_INFINITY:
        return _MOST_CONNECTIONS
    possible = max(limit - process.num_fds() - _SPARE_FILES, _FEWEST_CONNECTIONS)
    if possible < _MOST_CONNECTIONS:
        _LOG.warning(
            "There may be %d connections at one time, because this process may open %d files; "
            "`ulimit -n` allows more.",
            possible,
            limit,
        )
    return min(possible, _MOST_CONNECTIONS)


class _Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        for each in sockets:  # asyncio has shortened the system's queue of new connections
            each.listen(socket.SOMAXCONN)

    async def shutdown(self, sockets=None):
        await super().shutdown(sockets)
        if self.force_exit:  # uvicorn cancels the lifespan then, which ends in a traceback
            await self.lifespan.shutdown()


def make(application, max_connections, max_readers, timeouts=None):
    """The HTTP server, a `uvicorn.Server`; for the arguments see `connections`."""
    pool = ConnectionPool(max_connections, max_readers)
    config = uvicorn.Config(
        application,
        http=functools.partial(Connection, pool, timeouts or Timeouts()),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=4,  # connections that asyncio accepts before it looks at those that it has
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    return _Server(config)


def run(application, listening, max_connections, max_readers):
    """Serves at a socket until SIGTERM or SIGINT; then finishes requests for 30 s at most."""
    for name in _LOGS:
        logging.getLogger(name).addFilter(RateLimitFilter())
    server = make(application, max_connections, max_readers)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.handle_exit)
    server.run([listening])
