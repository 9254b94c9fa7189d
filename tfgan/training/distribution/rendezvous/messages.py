"""Messages between the processes of a job, before TensorFlow connects them: a line of JSON each."""

import contextlib
import errno
import socket
import time
from typing import Literal

import msgspec

_MOST = 2**20  # bytes of a message; the facts about a training are a few thousand
_PATIENCE = 5.0  # seconds to connect, and to send a message
_FAREWELL = 1.0  # seconds in which the other end may read the last message


class Message(msgspec.Struct, forbid_unknown_fields=True):
    """What one process tells another.

    Attributes:
      kind: what a worker sends: "facts", of what it is about to do; what the chief sends:
        "waiting" and for whom, "differ", and "go"; what both send: "stopped", when they end.
      sender: str, the name of a worker; "" from the chief.
      text: str, for people.
      facts: dict of str by name.
    """

    kind: Literal["facts", "waiting", "differ", "go", "stopped"]
    sender: str = ""
    text: str = ""
    facts: dict[str, str] = {}


class Line:
    """One connection.

    Args:
      connected: `socket.socket`.
    """

    def __init__(self, connected):
        self._socket, self._received = connected, b""
        connected.settimeout(_PATIENCE)

    def fileno(self):
        """For `multiprocessing.connection.wait`."""
        return self._socket.fileno()

    def send(self, message):
        """Sends a Message; nobody may be there to receive it."""
        with contextlib.suppress(OSError):
            self._socket.sendall(msgspec.json.encode(message) + b"\n")

    def receive(self):
        """What has arrived; it waits if nothing has.

        Returns: list of Message, empty if a part of one has arrived.
        Raises: ConnectionError, if the other end has gone or does not speak like one of ours.
        """
        try:
            arrived = self._socket.recv(_MOST)
        except OSError as error:
            raise ConnectionError(str(error)) from error
        *lines, self._received = (self._received + arrived).split(b"\n")
        if not arrived or len(self._received) > _MOST:
            raise ConnectionError("no more messages")
        try:
            return [msgspec.json.decode(line, type=Message) for line in lines]
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ConnectionError(str(error)) from error

    def close(self):
        """Ends the connection, after the other end has received what was sent.

        To close a socket whose received bytes were not read takes back what was sent and has not
        been read at the other end.
        """
        with contextlib.suppress(OSError), self._socket:
            self._socket.shutdown(socket.SHUT_WR)
            end = time.monotonic() + _FAREWELL
            while (left := end - time.monotonic()) > 0:
                self._socket.settimeout(left)
                if not self._socket.recv(_MOST):
                    break


def listen(port):
    """A socket that takes connections at a port, from other machines too, as TensorFlow will.

    Args:
      port: int.
    Raises: OSError, if another process has the port, or this one may not have it.
    """
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    except ValueError:  # one of the two protocols alone
        return socket.create_server(("", port))
    except OSError as error:
        if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise
        return socket.create_server(("", port))


def accept(listener):
    """A Line to a process that has connected to what `listen` gave; None if it has left again."""
    listener.settimeout(_PATIENCE)
    try:
        return Line(listener.accept()[0])
    except OSError:
        return None


def connect(address):
    """A Line to a host:port; None if nobody answers there yet.

    Args:
      address: str.
    """
    host, _, port = address.rpartition(":")
    try:
        connected = socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE)
    except OSError:  # also a name that is not known yet
        return None
    if connected.getsockname() == connected.getpeername():
        connected.close()  # nobody listens, and the system has connected the port with itself
        return None
    return Line(connected)
