"""Connections that wait for their clients for a limited time, and of limited number.

uvicorn speaks HTTP, but it waits without end for a first request, for a body and for a client that
reads its answer, and it accepts connections until the process has no descriptors left. Here a
client has some seconds for each. When there are too many connections, the one that has waited
longest for its client is closed for the new one: clients that only hold connections displace one
another, and not those that ask.
"""

import collections
import dataclasses
import logging

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from tfgan.serving import http_errors

_LOG = logging.getLogger(__name__)

_HEAD, _BODY, _ANSWER = "head", "body", "answer"
_LAST_SECONDS = 10.0  # for a response that is being read when the server stops


@dataclasses.dataclass(frozen=True)
class Timeouts:
    """Seconds that a client may keep a connection waiting, at whatever rate it sends."""

    head: float = 30.0  # from the connection or the last response to the end of the next headers
    body: float = 60.0  # from there to the end of the body
    answer: float = 60.0  # to read a response that is too long for the buffers of the network


class ConnectionPool:
    """The connections of a server that wait for their clients.

    Args:
      max_connections: int, at the same time.
      max_readers: int, clients that have not read their responses, at the same time.
    """

    def __init__(self, max_connections, max_readers):
        self.max_connections, self._max_readers = max_connections, max_readers
        # What each waits for; the one that has waited longest first.
        self._waiting = collections.OrderedDict()

    def wait(self, connection, state):
        """Notes what a connection waits for: the name of a field of `Timeouts`, or None."""
        self._waiting.pop(connection, None)
        if state:
            self._waiting[connection] = state

    def limit_readers(self):
        """Closes the connection whose response has been read longest, if there are too many."""
        readers = [connection for connection, state in self._waiting.items() if state == _ANSWER]
        if len(readers) > self._max_readers:
            limit = self._max_readers
            _LOG.warning("More than %d responses are not read: the oldest is dropped.", limit)
            readers[0].transport.abort()

    def make_room(self, connections):
        """Closes the connection that has waited longest, if this number of them is too large."""
        if connections > self.max_connections and self._waiting:
            _LOG.warning(
                "There are more than %d connections: those that wait longest for their clients are "
                "closed.",
                self.max_connections,
            )
            next(iter(self._waiting)).end(503, "The server has too many connections.")


class Connection(H11Protocol):
    """A connection of uvicorn, with limits; uvicorn passes the options."""

    def __init__(self, pool, timeouts, **options):
        super().__init__(**options)
        self._pool, self._timeouts = pool, timeouts
        self._state = self._timer = None  # what it waits for, and until when

    # What asyncio and uvicorn call: each may change what the connection waits for.

    def connection_made(self, transport):
        super().connection_made(transport)
        self._update()
        self._pool.make_room(len(self.connections))

    def connection_lost(self, exc):
        super().connection_lost(exc)
        self._wait(None, 0.0)

    def data_received(self, data):
        super().data_received(data)
        self._update()

    def on_response_complete(self):
        super().on_response_complete()
        self._unset_keepalive_if_required()  # uvicorn's timer, which any byte stops
        self._update()

    def pause_writing(self):
        super().pause_writing()
        self._update()
        self._pool.limit_readers()

    def resume_writing(self):
        super().resume_writing()
        self._update()

    def shutdown(self):
        """Finishes what is computed or read, and ends all else, when the server stops."""
        if self._state in (_HEAD, _BODY):
            self.end(503, "The server is stopping.")
        elif self.cycle is None or self.cycle.response_complete:
            self.transport.close()  # once the response has been read
            self._wait(_ANSWER, min(_LAST_SECONDS, self._timeouts.answer))
        else:
            self.cycle.keep_alive = False

    def send_400_response(self, msg):
        self._refuse(400, f"{msg.rstrip('.')}: the connection is closed.")

    def _should_upgrade(self):
        return False  # HTTP lets a server ignore the request to upgrade

    def end(self, status, sentence):
        """Closes the connection; an incomplete request gets an HTTP status and an error message."""
        if self._state == _ANSWER:
            self.transport.abort()
        elif self.conn.their_state is h11.SEND_BODY or self.conn.trailing_data[0]:
            self._refuse(status, sentence)
        else:
            self._close()

    def _refuse(self, status, sentence):
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.write(http_errors.message(status, sentence))
        self._close()

    def _close(self):
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()
        self._update()

    def _update(self):
        """Starts another wait where there is another reason to wait."""
        if self.flow.write_paused or self.transport.is_closing():
            state = _ANSWER
        else:
            state = {h11.IDLE: _HEAD, h11.SEND_BODY: _BODY}.get(self.conn.their_state)
        if state != self._state:
            self._wait(state, getattr(self._timeouts, state) if state else 0.0)

    def _wait(self, state, seconds):
        self._state = state
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if state:
            sentence = f"The request took more than {seconds:g} s to arrive."
            self._timer = self.loop.call_later(seconds, self.end, 408, sentence)
        self._pool.wait(self, state)
