"""A log that clients cannot fill."""

import logging
import time

_MOST = 100  # messages that are told apart
_SHOWN = 80  # characters that tell them apart


class RateLimitFilter(logging.Filter):
    """Passes a message once per period, then with the number of those that were omitted."""

    def __init__(self, seconds=10.0, clock=time.monotonic):
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._last, self._omitted = {}, {}

    def filter(self, record):
        """Whether a record passes; equal are those of one logger with the same start of text."""
        key, now = (record.name, str(record.msg)[:_SHOWN]), self._clock()
        if now - self._last.get(key, -self._seconds) < self._seconds:
            self._omitted[key] = self._omitted.get(key, 0) + 1
            return False
        if len(self._last) >= _MOST:
            self._last.clear()
            self._omitted.clear()
        self._last[key] = now
        if count := self._omitted.pop(key, 0):
            record.msg = f"{record.getMessage().rstrip()} ({count:,} more before this one.)"
            record.args = ()
        return True
