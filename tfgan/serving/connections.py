"""Connections that wait for their clients for a limited time, and of which there are only so many.

uvicorn speaks HTTP, but waits without end for a first request, for a body and for a client that
reads its answer, and takes connections until the process has no descriptors left. Here a client has
some seconds for each. When there are more connections than there may be, the one that has kept the
server waiting longest is closed for the new one: clients that only hold connections push out one
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
_LAST_SECONDS = 10.0  # for an answer that is being read when the server stops


@dataclasses.dataclass(frozen=True)
class Patience:
    """Seconds that a client may keep a connection waiting, however it fills them.

    Attributes:
      head: float, from the connection, or from the last answer, to the end of the next request's
        headers.
      body: float, from there to the end of the body.
      answer: float, for reading an answer that is too long for the buffers of the network.
    """

    head: float = 30.0
    body: float = 60.0
    answer: float = 60.0


class Pool:
    """The connections of a server that wait for their clients.

    Args:
      most: int, connections at one time.
      readers: int, clients at one time that have not read their answers.
    """

    def __init__(self, most, readers):
        self.most, self._readers = most, readers
        # What each waits for; by the time since when, the longest first.
        self._waiting = collections.OrderedDict()

    def wait(self, connection, awaited):
        """Notes what a connection waits for: one of the fields of `Patience`, or None."""
        self._waiting.pop(connection, None)
        if awaited:
            self._waiting[connection] = awaited

    def limit_readers(self):
        """Closes the connection whose answer is being read longest, if there are too many."""
        readers = [each for each, awaited in self._waiting.items() if awaited == _ANSWER]
        if len(readers) > self._readers:
            _LOG.warning("More than %d answers are not read: the oldest is dropped.", self._readers)
            readers[0].transport.abort()

    def make_room(self, connections):
        """Closes the connection that waits longest, if there are more than there may be.

        Args:
          connections: int, how many there are.
        """
        if connections > self.most and self._waiting:
            _LOG.warning(
                "There are more than %d connections: those that wait longest for their clients are "
                "closed.",
                self.most,
            )
            next(iter(self._waiting)).end(503, "The server has too many connections.")


class Connection(H11Protocol):
    """A connection of uvicorn, with limits; `functools.partial` gives it the first two.

    Args:
      pool: Pool.
      patience: Patience.
      **uvicorns: what uvicorn gives its protocols.
    """

    def __init__(self, pool, patience, **uvicorns):
        super().__init__(**uvicorns)
        self._pool, self._patience = pool, patience
        self._awaited = self._timer = None

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
        if self._awaited in (_HEAD, _BODY):
            self.end(503, "The server is stopping.")
        elif self.cycle is None or self.cycle.response_complete:
            self.transport.close()  # once the answer has been read
            self._wait(_ANSWER, min(_LAST_SECONDS, self._patience.answer))
        else:
            self.cycle.keep_alive = False

    def send_400_response(self, msg):
        """Refuses what is not HTTP."""
        self._refuse(400, f"{msg.rstrip('.')}: the connection is closed.")

    def _should_upgrade(self):
        return False  # HTTP lets a server ignore the wish, and the request is answered as it is

    def end(self, status, sentence):
        """Closes the connection; what has arrived of a request gets a sentence.

        Args:
          status: int, of HTTP.
          sentence: str.
        """
        if self._awaited == _ANSWER:
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
            awaited = _ANSWER
        else:
            awaited = {h11.IDLE: _HEAD, h11.SEND_BODY: _BODY}.get(self.conn.their_state)
        if awaited != self._awaited:
            self._wait(awaited, getattr(self._patience, awaited) if awaited else 0.0)

    def _wait(self, awaited, seconds):
        self._awaited = awaited
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if awaited:
            sentence = f"The request took more than {seconds:g} s to arrive."
            self._timer = self.loop.call_later(seconds, self.end, 408, sentence)
        self._pool.wait(self, awaited)
