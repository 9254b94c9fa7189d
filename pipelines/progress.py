"""Shows the progress of long work: a bar on a terminal, a line every ten seconds elsewhere."""

import time

from tfgan import terminal

_SECONDS = 10.0


class Progress:
    """Called with (done, total), any number of times; as a context it ends the bar's line.

    Args:
      unit: str, what is counted, in the plural.
      on_terminal: bool; by default whether standard output is one.
    """

    def __init__(self, unit, on_terminal=None):
        self._unit = unit
        self._on_terminal = terminal.can_redraw() if on_terminal is None else on_terminal
        self._bar = self._first = self._start = self._last_line = None

    def __call__(self, done, total):
        now = time.monotonic()
        if self._first is None:  # what came before, such as reading, is not timed
            self._first, self._start, self._last_line = done, now, now
        if self._on_terminal:
            self._bar = self._bar or terminal.Bar(total, done)
            if self._bar.is_due(done):
                self._bar.update(done, lambda rate: [f"{rate:,.0f} {self._unit}/s"] if rate else [])
        elif now - self._last_line >= _SECONDS:
            self._last_line = now
            rate = (done - self._first) / (now - self._start)
            print(f"{done:,} of {total:,} {self._unit}, {rate:,.0f} per second", flush=True)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._bar:
            self._bar.close()
