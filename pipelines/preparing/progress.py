"""Shows how far long work is: a bar on a terminal, a line every ten seconds anywhere else."""

import time

from tfgan import terminal

_SECONDS = 10.0


class Progress:
    """Called with (done, total), as often as one likes; as a context it ends the bar's line.

    Args:
      unit: str, what is counted, in the plural.
      on_terminal: bool; by default whether standard output is one.
    """

    def __init__(self, unit, on_terminal=None):
        self._unit = unit
        self._on_terminal = terminal.can_redraw() if on_terminal is None else on_terminal
        self._bar = None
        self._began = self._told = time.monotonic()
        self._first = None

    def __call__(self, done, total):
        if self._first is None:
            self._first = done
        if self._on_terminal:
            self._draw(done, total)
        elif time.monotonic() - self._told >= _SECONDS:
            self._told = time.monotonic()
            rate = (done - self._first) / (self._told - self._began)
            print(f"{done:,} of {total:,} {self._unit}, {rate:,.0f} per second", flush=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._bar:
            self._bar.close()

    def _draw(self, done, total):
        self._bar = self._bar or terminal.Bar(total, done)
        if self._bar.is_due(done):
            self._bar.update(done, lambda rate: [f"{rate:,.0f} {self._unit}/s"] if rate else [])
