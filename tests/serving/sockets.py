"""Connections of clients that do what no good client does."""

import contextlib
import json
import socket

from tfgan.serving.connections import Timeouts

GOOD = json.dumps({"inputs": {"seed": [1]}})
PATH = "/v1/models/toy:predict"
LONG = 120.0


def timeouts(**seconds):
    return Timeouts(**{"head": LONG, "body": LONG, "answer": LONG} | seconds)


def head(length, method="POST", path=PATH):
    return (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()
    )


@contextlib.contextmanager
def connections(client, count, sent=b""):
    """Sockets of clients that have sent something."""
    with contextlib.ExitStack() as stack:
        opened = []
        for _ in range(count):
            opened.append(stack.enter_context(socket.create_connection(("127.0.0.1", client.port))))
            opened[-1].settimeout(60)
            opened[-1].sendall(sent)
        yield opened


def rest(connection):
    """What the server sends until it closes the connection."""
    pieces = []
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces)


def is_open(connection):
    """Whether the server has not closed the connection."""
    connection.setblocking(False)
    try:
        while connection.recv(65_536):
            pass
    except BlockingIOError:
        return True
    return False


def answer(connection):
    """(status, JSON) of the one answer that comes before the server closes the connection."""
    head, _, body = rest(connection).partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def drip(connection, byte):
    """Sends a byte a time until the server has had enough; what it answers."""
    with contextlib.suppress(ConnectionError):
        for _ in range(2000):
            connection.sendall(byte)
            connection.settimeout(0.02)
            try:
                piece = connection.recv(65_536)
            except TimeoutError:
                continue
            connection.settimeout(60)
            return piece + rest(connection)
    return rest(connection)
