"""Ends a program cleanly while batches are read ahead.

A thread of TensorFlow that calls Python, or returns to it from reading a file, after Python has
begun to shut down blocks for ever, and TensorFlow waits for it. So reads under way are awaited
first, new ones are refused, and the end waits until none has come for a while.
"""

import atexit
import threading
import time

_LONGEST = 30.0  # seconds to wait for reads at the end of the program
_QUIET = 0.3  # seconds without an entry or an exit


class Gate:
    """A context that is open until `close`."""

    def __init__(self):
        self._changed = threading.Condition()
        self._inside = 0
        self._is_closed = False
        self._last = 0.0  # time of the last entry or exit

    def __enter__(self):
        with self._changed:
            self._last = time.monotonic()
            if self._is_closed:
                raise StopIteration  # for TensorFlow the end of the data, not an error to log
            self._inside += 1

    def __exit__(self, *error):
        with self._changed:
            self._inside -= 1
            self._last = time.monotonic()
            self._changed.notify_all()

    def close(self):
        """Refuses new entries, and waits until none is inside or has come for a while.

        A gate that was never entered closes at once.
        """
        with self._changed:
            self._is_closed = True
            end = time.monotonic() + _LONGEST
            while self._last and time.monotonic() < end and not self._is_quiet():
                self._changed.wait(_QUIET / 10)

    def _is_quiet(self):
        return self._inside == 0 and time.monotonic() - self._last > _QUIET


READING = Gate()
atexit.register(READING.close)
