"""What a terminal shows while work goes on: a bar that is drawn again and again, and lines above.

Elsewhere, in files, pipes and on terminals that cannot go back in a line, there are only lines.
"""

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
    """Without a thread that watches; as wide as the terminal, with as many facts as there is room.

    Attributes:
      facts: function (rate) -> sequence of str, the important ones first; the rate is what is done
        in a second, or None.
    """

    monitor_interval = 0
    facts = staticmethod(lambda rate: [])

    @property
    def format_dict(self):
        values = super().format_dict | {"ncols": shutil.get_terminal_size().columns}
        done, seconds = values["n"] - values["initial"], values["elapsed"]
        if values["rate"] is None and done and seconds:  # at the end: that of the whole
            values["rate"] = done / seconds
        bare = values | {"bar_format": _FORMAT.replace("{bar}", " " * _LEAST_BAR), "ncols": None}
        room = values["ncols"] - len(self.format_meter(**bare))
        return values | {"postfix": _fitting(self.facts(values["rate"]), room)}


_Tqdm.set_lock(threading.RLock())


def can_redraw():
    """Whether standard output is a terminal whose lines can be written over."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def print_line(line, file=None):
    """Prints a line at once, above a bar if there is one.

    Args:
      line: str.
      file: a stream; None for standard output.
    """
    file = file or sys.stdout
    with above_bar(file):
        print(line, file=file, flush=True)


def above_bar(file):
    """Inside the block a bar is gone, so that lines can be written to a stream."""
    return _Tqdm.external_write_mode(file=file)


class Bar:
    """A bar in one line, as wide as the terminal: what is done, what is left, and facts.

    Args:
      total: int, when all is done.
      first: int, what is done already.
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
        """Whether the bar should be drawn again: a few times a second, and at the end."""
        if self._drawn is None or done >= self._bar.total:
            return True
        return time.monotonic() - self._drawn > _SECONDS_BETWEEN_DRAWINGS

    def update(self, done, facts):
        """Draws the bar.

        Args:
          done: int.
          facts: function (rate) -> sequence of str, the important ones first: as many are shown as
            there is room for. The rate is what was done in a second lately, without what came
            before the first `update`; None as long as nothing was.
        """
        self._bar.facts = facts
        if self._drawn is None:  # what begins work, such as compiling, says nothing of its speed
            self._bar.unpause()
            self._bar.initial = self._bar.n = self._bar.last_print_n = done
        self._drawn = time.monotonic()
        if done > self._bar.n:
            self._bar.update(done - self._bar.n)
        else:
            self._bar.refresh()

    def close(self):
        """Ends the line of the bar, which stays."""
        self._bar.close()


def _fitting(facts, room):
    """The first facts, as many as fit into so many columns: str."""
    chosen = []
    for fact in facts:
        room -= len(f", {fact}")
        if room < 0:
            break
        chosen.append(fact)
    return ", ".join(chosen)
