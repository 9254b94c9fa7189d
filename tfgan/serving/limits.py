"""What one request, and all of them together, may ask for."""

import contextlib
import dataclasses

from tfgan.serving.http_errors import Rejection


@dataclasses.dataclass(frozen=True)
class Limits:
    """Numbers that clients cannot exceed.

    Attributes:
      batch: int, rows of a request.
      body: int, bytes of a request.
      queue: int, requests that have arrived and are read, computed or written at one time.
    """

    batch: int
    body: int
    queue: int


class Places:
    """So many requests at one time, and no more.

    Attributes:
      taken: int, places.
    Args:
      most: int.
      subject: str, what takes the places and does what, for the sentence.
    """

    def __init__(self, most, subject):
        self._most, self._subject, self.taken = most, subject, 0

    def check(self):
        """Raises Rejection if no place is free."""
        if self.taken >= self._most:
            raise Rejection(503, f"{self.taken} {self._subject} already; try again soon.")

    @contextlib.contextmanager
    def one(self):
        """A place inside the block; raises as `check`."""
        self.check()
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
