"""A log that clients cannot fill."""

import logging
import time

_SECONDS = 10.0
_MOST = 100  # messages that are told apart
_SHOWN = 80  # characters that tell them apart


class Repeats(logging.Filter):
    """Lets a message pass once in some seconds, and then says how many were left out.

    Args:
      seconds: float.
      clock: function, () -> seconds.
    """

    def __init__(self, seconds=_SECONDS, clock=time.monotonic):
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._last, self._left_out = {}, {}

    def filter(self, record):
        """Whether a record may pass; it is told apart by its logger and the start of its text."""
        key, now = (record.name, str(record.msg)[:_SHOWN]), self._clock()
        if now - self._last.get(key, -self._seconds) < self._seconds:
            self._left_out[key] = self._left_out.get(key, 0) + 1
            return False
        if len(self._last) >= _MOST:
            self._last.clear()
            self._left_out.clear()
        self._last[key] = now
        if count := self._left_out.pop(key, 0):
            record.msg = f"{record.getMessage().rstrip()} ({count:,} more before this one.)"
            record.args = ()
        return True
