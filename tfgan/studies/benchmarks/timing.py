"""Time and memory of functions, measured so that a noisy machine spoils the ratios least."""

import concurrent.futures
import concurrent.futures.process
import dataclasses
import multiprocessing
import pathlib
import statistics
import time

from tfgan.pipelines import start

_STATUS = pathlib.Path("/proc/self/status")


@dataclasses.dataclass(frozen=True)
class Contest:
    """One piece of work done in two ways.

    Attributes:
      name: str, what is done.
      ours: function () -> anything.
      baseline: function () -> anything, what people would use instead.
      baseline_name: str.
    """

    name: str
    ours: object
    baseline: object
    baseline_name: str


def race(contests, rounds, on_run=None):
    """Runs both ways of every contest in turn, so that a slow minute hits both.

    Args:
      contests: list of Contest; those with the same baseline function share its runs.
      rounds: int, counted ones, after one that is not counted.
      on_run: function (str), told what runs next; None for nobody.
    Returns: list of dict, one a contest: `name`, `baseline`, `seconds` and `baseline_seconds` (the
      medians), `ratio` (the median over the rounds of baseline to ours: 2 is twice as fast) and
      `ratios`.
    """
    taken = [[] for _ in contests]
    for number in range(rounds + 1):
        baselines = {}
        for contest, times in zip(contests, taken, strict=True):
            label = f"round {number} of {rounds}: {contest.name}"
            if contest.baseline not in baselines:
                baselines[contest.baseline] = _timed(contest.baseline, on_run, f"{label}, baseline")
            times.append((_timed(contest.ours, on_run, label), baselines[contest.baseline]))
    return [_summary(c, times[1:]) for c, times in zip(contests, taken, strict=True)]


def interleave(functions, rounds, calls, on_run=None):
    """Times short functions in turn, round after round.

    Args:
      functions: dict of function () -> anything by name; each is warmed up first.
      rounds: int.
      calls: int, in a round.
      on_run: function (str), told what runs next; None for nobody.
    Returns: dict of lists: the median seconds of a call in each round.
    """
    for name, function in functions.items():
        for _ in range(3):
            _timed(function, on_run, f"warming up: {name}")
    medians = {name: [] for name in functions}
    for number in range(rounds):
        for name, function in functions.items():
            label = f"round {number + 1} of {rounds}: {name}"
            times = [
                _timed(function, on_run if call == 0 else None, label) for call in range(calls)
            ]
            medians[name].append(statistics.median(times))
    return medians


def seconds(function):
    """How long one call of a function takes."""
    return _timed(function, None, "")


class Lost(Exception):  # noqa: N818
    """A process died before it had an answer, as one does that the system ends for its memory."""


def alone(function, *arguments, begin=start.tensorflow):
    """What a function returns in a fresh process of its own.

    Args:
      function: of a module's top level.
      arguments: what can be pickled.
      begin: function () -> anything, of a module's top level, what the process does first; None
        for nothing.
    Raises: Lost, if the process dies; and what the function raises.
    """
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, context, begin) as pool:
        try:
            return pool.submit(function, *arguments).result()
        except concurrent.futures.process.BrokenProcessPool as error:
            raise Lost("A process died, as it does for want of memory.") from error


def has_peak_memory():
    """Whether this system tells a process the most memory that it has held."""
    return _STATUS.exists()


def peak_memory(prepare, work, *, begin=start.tensorflow):
    """The most memory that a piece of work holds on top of its input, in a process of its own.

    Args:
      prepare: function () -> input, of a module's top level.
      work: function, input -> anything, of a module's top level.
      begin: as of `alone`.
    Returns: int, bytes.
    """
    return alone(_peak_of, prepare, work, begin=begin)


def _peak_of(prepare, work):
    given = prepare()
    return peak_on_top(lambda: work(given))[1]


def peak_on_top(work):
    """The most memory that this process holds during some work, on top of what it held before.

    Work that holds less than the process once did cannot be told from none.

    Args:
      work: function () -> anything.
    Returns: (what the work returns, int: bytes, or None where `has_peak_memory` is false).
    """
    if not has_peak_memory():
        return work(), None
    before = _status("VmRSS")
    return work(), _status("VmHWM") - before


def _status(name):
    """A figure of this process that Linux keeps: bytes."""
    lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
    return int(lines[name].split()[0]) * 1024


def _timed(function, on_run, label):
    if on_run:
        on_run(label)
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def _summary(contest, times):
    ratios = [theirs / ours for ours, theirs in times]
    return {
        "name": contest.name,
        "baseline": contest.baseline_name,
        "seconds": statistics.median(ours for ours, _ in times),
        "baseline_seconds": statistics.median(theirs for _, theirs in times),
        "ratio": statistics.median(ratios),
        "ratios": ratios,
    }
