"""Work beside the loop that all connections share."""

import asyncio
import concurrent.futures


class Worker:
    """A thread that does one piece of work after another.

    Attributes:
      is_busy: bool, whether work runs; a server that has waited long enough leaves it behind,
        because nothing can interrupt TensorFlow.
    Args:
      name: str.
    """

    def __init__(self, name):
        self._thread = concurrent.futures.ThreadPoolExecutor(1, name)
        self._running = None

    @property
    def is_busy(self):
        return self._running is not None and not self._running.done()

    async def run(self, function, *arguments):
        """What a function returns, or raises, for these arguments."""
        self._running = self._thread.submit(function, *arguments)
        return await asyncio.wrap_future(self._running)
