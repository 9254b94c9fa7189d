"""The process: a socket, the HTTP server on it, and a clean end."""

import signal
import socket

import uvicorn

_IDLE_SECONDS = 30
_SHUTDOWN_SECONDS = 30


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


def make(application):
    """The HTTP server: a `uvicorn.Server`."""
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    return uvicorn.Server(config)


def run(application, listening):
    """Serves until SIGTERM or SIGINT; requests that have begun are finished, for 30 s at most."""
    server = make(application)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.handle_exit)
    server.run([listening])
