"""A progress bar in the last line of a terminal, and lines above it.

In files, pipes and terminals that cannot overwrite a line there are only lines.
"""

import itertools
import os
import shutil
import sys
import threading
import time

from tqdm import tqdm

_SECONDS_BETWEEN_DRAWINGS = 0.2
_LEAST_BAR = 3  # columns
_FORMAT = "{n_fmt}/{total_fmt} |{bar}| {remaining} left{postfix}"


class _Tqdm(tqdm):
    """Without a monitor thread; as wide as the terminal, with as many facts as fit.

    Attributes:
      facts: function (rate) -> sequence of str, in the order of importance; the rate is in steps
        per second, or None.
    """

    monitor_interval = 0
    facts = staticmethod(lambda rate: [])

    @property
    def format_dict(self):
        values = super().format_dict | {"ncols": shutil.get_terminal_size().columns}
        done, seconds = values["n"] - values["initial"], values["elapsed"]
        if values["rate"] is None and done and seconds:  # at the end: the mean rate
            values["rate"] = done / seconds
        bare = values | {"bar_format": _FORMAT.replace("{bar}", " " * _LEAST_BAR), "ncols": None}
        room = values["ncols"] - len(self.format_meter(**bare))
        return values | {"postfix": _fitting(self.facts(values["rate"]), room)}


_Tqdm.set_lock(threading.RLock())


def can_redraw():
    """Whether standard output is a terminal whose lines can be overwritten."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def print_line(line, file=None):
    """Prints a line to a stream, standard output for None, above a bar if there is one."""
    file = file or sys.stdout
    with above_bar(file):
        print(line, file=file, flush=True)


def above_bar(file):
    """Context manager: hides a bar while lines are written to a stream."""
    return _Tqdm.external_write_mode(file=file)


class Bar:
    """A bar in one line, as wide as the terminal: steps done, time left, and facts.

    Args:
      total: int, all steps.
      first: int, steps done before.
    """

    def __init__(self, total, first=0):
        self._bar = _Tqdm(
            total=total,
            initial=first,
            file=sys.stdout,
            bar_format=_FORMAT,
            mininterval=0,
            miniters=1,
            smoothing=0.1,
        )
        self._drawn = None

    def is_due(self, done):
        """Whether to redraw the bar: a few times per second, and at the end."""
        if self._drawn is None or done >= self._bar.total:
            return True
        return time.monotonic() - self._drawn > _SECONDS_BETWEEN_DRAWINGS

    def update(self, done, facts):
        """Draws the bar.

        Args:
          done: int.
          facts: function (rate) -> sequence of str, the most important first: as many are shown as
            fit. The rate is a moving average in steps per second; None at the first `update`.
        """
        self._bar.facts = facts
        if self._drawn is None:  # the first step may compile: it is not timed
            self._bar.unpause()
            self._bar.initial = self._bar.n = self._bar.last_print_n = done
        self._drawn = time.monotonic()
        if done > self._bar.n:
            self._bar.update(done - self._bar.n)
        else:
            self._bar.refresh()

    def close(self):
        """Ends the line of the bar, which stays visible."""
        self._bar.close()


def _fitting(facts, room):
    lengths = itertools.accumulate(len(f", {fact}") for fact in facts)
    return ", ".join(fact for fact, length in zip(facts, lengths, strict=True) if length <= room)
