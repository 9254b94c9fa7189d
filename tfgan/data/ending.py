"""Lets a program end while batches are read ahead.

A thread that comes back from reading a file after Python has begun to shut down is never let on,
and TensorFlow waits for it for ever. So reads under way are awaited first, and no other begins.
"""

import atexit
import threading

_LONGEST = 30.0  # seconds to wait for reads at the end of the program


class Gate:
    """A context that is open until `close`."""

    def __init__(self):
        self._changed = threading.Condition()
        self._inside = 0
        self._is_closed = False

    def __enter__(self):
        with self._changed:
            if self._is_closed:
                raise StopIteration  # for TensorFlow the end of the data, not an error to log
            self._inside += 1

    def __exit__(self, *error):
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def close(self):
        """Lets nobody in any more and waits until nobody is inside."""
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: self._inside == 0, _LONGEST)


READING = Gate()
atexit.register(READING.close)
