"""How long a process waits for the others of its job, and what it says meanwhile."""

import logging
import time

_LOG = logging.getLogger(__name__)

_QUIET = 3.0  # seconds of waiting before the first report
_REPORT = 30.0  # seconds between two reports


class MeetingError(Exception):
    """The workers of a job have not come together, or one of them has left."""


class Waiting:
    """Says every so often who is waited for, and when it has been long enough."""

    def __init__(self, patience):
        self._patience = patience
        self._start = time.monotonic()
        self._next = self._start + _QUIET

    def report(self, missing, grace=0.0):
        """Logs a sentence, if it is time for one.

        Args:
          missing: str, who is waited for.
          grace: float, seconds beyond patience, for a chief that is going to decide.
        Raises: MeetingError, when patience has ended.
        """
        now = time.monotonic()
        left = self._start + self._patience - now
        if left + grace <= 0:
            raise MeetingError(
                f"Waited {self._patience:.0f} s (--join_timeout) in vain for {missing}. Start all "
                "workers, and see that each can be reached at its address in TF_CONFIG."
            )
        if now >= self._next:
            self._next = now + _REPORT
            _LOG.info(
                "Waiting for %s, for %.0f s at most (--join_timeout).", missing, max(left, 0.0)
            )
