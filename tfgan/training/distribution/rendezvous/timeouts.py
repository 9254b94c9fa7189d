"""The time limit of a meeting, and the reports until then."""

import logging
import time

from tfgan import failures

_LOG = logging.getLogger(__name__)

_QUIET = 3.0  # seconds before the first report
_REPORT = 30.0  # seconds between two reports


class MeetingError(failures.Failure):
    """A worker of the job is missing, or has left."""


class Timeout:
    """Reports from time to time who is missing, and raises in the end."""

    def __init__(self, seconds):
        self._seconds = seconds
        self._start = time.monotonic()
        self._next = self._start + _QUIET

    def check(self, missing, grace=0.0):
        """Logs who is missing, if due; raises MeetingError once the time and `grace` are over."""
        now = time.monotonic()
        left = self._start + self._seconds - now
        if left + grace <= 0:
            raise MeetingError(
                f"Waited {self._seconds:.0f} s (--join_timeout) in vain for {missing}. Start all "
                "workers, and see that each can be reached at its address in TF_CONFIG."
            )
        if now >= self._next:
            self._next = now + _REPORT
            _LOG.info(
                "Waiting for %s, for %.0f s at most (--join_timeout).", missing, max(left, 0.0)
            )
