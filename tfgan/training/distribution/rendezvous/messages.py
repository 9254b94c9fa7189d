"""Messages between the processes of a job: one line of JSON each."""

import contextlib
import errno
import socket
import time
from typing import Literal

import msgspec

_MAX_BYTES = 2**20  # of a message; the facts about a run take a few thousand
_TIMEOUT = 5.0  # seconds to connect, and to send a message
_LINGER = 1.0  # seconds in which the other end may read the last message


class Message(msgspec.Struct, forbid_unknown_fields=True):
    """One message.

    Attributes:
      kind: from a worker: "facts"; from the chief: "waiting" (for whom), "differ" and "go"; from
        both: "stopped", when they end.
      sender: str, the name of a worker; "" from the chief.
    """

    kind: Literal["facts", "waiting", "differ", "go", "stopped"]
    sender: str = ""
    text: str = ""
    facts: dict[str, str] = {}


class Connection:
    """Sends and receives messages through a connected `socket.socket`."""

    def __init__(self, connected):
        self._socket, self._received = connected, b""
        connected.settimeout(_TIMEOUT)

    def fileno(self):
        """For `multiprocessing.connection.wait`."""
        return self._socket.fileno()

    def send(self, message):
        """Sends a Message; the other end may have disconnected."""
        with contextlib.suppress(OSError):
            self._socket.sendall(msgspec.json.encode(message) + b"\n")

    def receive(self):
        """The messages that have arrived, after a wait: list, empty if a part of one has arrived.

        Raises: ConnectionError, if the other end has disconnected or sends something else.
        """
        try:
            data = self._socket.recv(_MAX_BYTES)
            *lines, self._received = (self._received + data).split(b"\n")
            messages = [msgspec.json.decode(line, type=Message) for line in lines]
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ConnectionError(str(error)) from error
        if not data or len(self._received) > _MAX_BYTES:
            raise ConnectionError("no more messages")
        return messages

    def close(self):
        """Closes the connection, once the other end has received what was sent."""
        with contextlib.suppress(OSError), self._socket:
            self._socket.shutdown(socket.SHUT_WR)
            end = time.monotonic() + _LINGER
            while (left := end - time.monotonic()) > 0:
                self._socket.settimeout(left)
                if not self._socket.recv(_MAX_BYTES):
                    break


def listen(port):
    """A socket that listens at a port (int) on all interfaces; OSError if it is in use."""
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    except ValueError:  # a system without dual-stack sockets
        pass
    except OSError as error:
        if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):  # a system without IPv6
            raise
    return socket.create_server(("", port))


def accept(listener):
    """The Connection of a process that has connected to a listener; None if it has left again."""
    listener.settimeout(_TIMEOUT)
    with contextlib.suppress(OSError):
        return Connection(listener.accept()[0])
    return None


def connect(address):
    """A Connection to a host:port (str); None if nothing is listening there yet."""
    host, _, port = address.rpartition(":")
    try:
        connected = socket.create_connection((host.strip("[]"), int(port)), timeout=_TIMEOUT)
    except OSError:  # also a host name that does not exist yet
        return None
    if connected.getsockname() == connected.getpeername():
        connected.close()  # nothing listens, and the system has connected the port with itself
        return None
    return Connection(connected)
