"""The process: a socket, the HTTP server on it, and a clean end."""

import functools
import logging
import signal
import socket

import psutil
import uvicorn

from tfgan.serving.connections import Connection, Patience, Pool
from tfgan.serving.rate_limited_log import Repeats

_LOG = logging.getLogger(__name__)

_MOST_CONNECTIONS = 1000
_FEWEST_CONNECTIONS = 4
_SPARE_FILES = 32  # for connections on their way out, and for the files of a new version
_SHUTDOWN_SECONDS = 30
_LOGS = ("asyncio", "uvicorn.error", __package__ + ".connections")


def listen(host, port):
    """A socket that listens already: a port in use is told before a model is loaded.

    Raises: OSError.
    """
    # asyncio turns Nagle's delay off for sockets that name their protocol, and for no others.
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(socket.SOMAXCONN)
    except OSError:
        listening.close()
        raise
    return listening


def address(listening):
    """Where a browser finds the server: str."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def connections():
    """How many connections this process may have: int, as its limit of open files permits."""
    process = psutil.Process()
    limit, _ = process.rlimit(psutil.RLIMIT_NOFILE)
    if limit == psutil.RLIM_INFINITY:
        return _MOST_CONNECTIONS
    possible = limit - process.num_fds() - _SPARE_FILES
    if possible < _MOST_CONNECTIONS:
        _LOG.warning(
            "There may be %d connections at one time, because this process may open %d files; "
            "`ulimit -n` allows more.",
            max(possible, _FEWEST_CONNECTIONS),
            limit,
        )
    return min(max(possible, _FEWEST_CONNECTIONS), _MOST_CONNECTIONS)


class _Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        for each in sockets:  # asyncio has shortened what the system keeps waiting
            each.listen(socket.SOMAXCONN)

    async def shutdown(self, sockets=None):
        await super().shutdown(sockets)
        if self.force_exit:  # uvicorn cancels the lifespan then, which ends in a traceback
            await self.lifespan.shutdown()


def make(application, most, readers, patience=None):
    """The HTTP server: a `uvicorn.Server`.

    Args:
      application: `application.Application`.
      most: int, connections at one time.
      readers: int, clients at one time that are slow to read their answers.
      patience: `connections.Patience`.
    """
    config = uvicorn.Config(
        application,
        http=functools.partial(Connection, Pool(most, readers), patience or Patience()),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        # How many connections asyncio takes before it looks at those that it has.
        backlog=4,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    return _Server(config)


def run(application, listening, most, readers):
    """Serves until SIGTERM or SIGINT; requests that have arrived are finished, for 30 s at most.

    Args:
      application, most, readers: as of `make`.
      listening: socket, as of `listen`.
    """
    for name in _LOGS:
        logging.getLogger(name).addFilter(Repeats())
    server = make(application, most, readers)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.handle_exit)
    server.run([listening])
