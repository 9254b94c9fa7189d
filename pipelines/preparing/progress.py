"""Shows how far long work is: a bar on a terminal, a line every ten seconds anywhere else."""

import sys
import time

import keras

_SECONDS = 10.0


class Progress:
    """Called with (done, total), as often as one likes.

    Args:
      unit: str, what is counted, in the plural.
      on_terminal: bool; by default whether standard output is one.
    """

    def __init__(self, unit, on_terminal=None):
        self._unit = unit
        self._on_terminal = sys.stdout.isatty() if on_terminal is None else on_terminal
        self._bar = None
        self._began = self._told = time.monotonic()
        self._first = None

    def __call__(self, done, total):
        if self._first is None:
            self._first = done
        if self._on_terminal:
            self._bar = self._bar or keras.utils.Progbar(total, unit_name=self._unit)
            self._bar.update(done)
        elif time.monotonic() - self._told >= _SECONDS:
            self._told = time.monotonic()
            rate = (done - self._first) / (self._told - self._began)
            print(f"{done:,} of {total:,} {self._unit}, {rate:,.0f} a second", flush=True)
