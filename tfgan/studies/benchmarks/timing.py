"""Time and memory of functions, measured so that a noisy machine distorts the ratios least."""

import concurrent.futures
import concurrent.futures.process
import dataclasses
import multiprocessing
import pathlib
import statistics
import time

from tfgan import failures

_STATUS = pathlib.Path("/proc/self/status")


@dataclasses.dataclass(frozen=True)
class Contest:
    """One piece of work done in two ways: `baseline` is what people would use instead."""

    name: str
    ours: object
    baseline: object
    baseline_name: str


def silent(line):
    """Reports no progress."""


def seconds(function):
    """The duration of one call of a function: float."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def ratios(numerators, denominators):
    """The ratios over the rounds: dict of `ratio`, their median, and `ratios`."""
    quotients = [one / other for one, other in zip(numerators, denominators, strict=True)]
    return {"ratio": statistics.median(quotients), "ratios": quotients}


def rows(seconds, against):
    """Rows of what `interleave` measured: list of dict that JSON can hold.

    Args:
      seconds: dict of lists by name, as `interleave` returns.
      against: dict, name -> name of the row that it is compared with.
    Returns: `name`, `seconds` (median of the rounds) and, where there is a row to compare with,
      `against` and `ratios` of the seconds to those of it.
    """
    compared = []
    for name, values in seconds.items():
        row = {"name": name, "seconds": statistics.median(values)}
        if name in against:
            row |= {"against": against[name], **ratios(values, seconds[against[name]])}
        compared.append(row)
    return compared


def step_lines(steps):
    """Rows of training steps, with their `images_per_second`, as lines of text."""
    for row in steps:
        ratio = f"   {row['ratio']:.2f} times {row['against']}" if "ratio" in row else ""
        yield (
            f"{row['name']:<42}{row['seconds'] * 1e3:>8.1f} ms"
            f"{row['images_per_second']:>9,.0f} images/s{ratio}"
        )


def race(contests, rounds, progress=silent):
    """Runs both ways of every contest in turn, so that a slow minute affects both.

    Args:
      contests: list of Contest; those with the same baseline function share its runs.
      rounds: int, counted ones, after one that is not counted.
      progress: function (str), called with what runs next.
    Returns: list of dict, one per contest: `name`, `baseline`, `seconds` and `baseline_seconds`
      (the medians), and `ratios` of baseline to ours (2 is twice as fast).
    """
    ours, baselines = [[] for _ in contests], [[] for _ in contests]
    for number in range(rounds + 1):
        shared = {}
        for place, contest in enumerate(contests):
            label = f"round {number} of {rounds}: {contest.name}"
            if contest.baseline not in shared:
                progress(f"{label}, baseline")
                shared[contest.baseline] = seconds(contest.baseline)
            progress(label)
            ours[place].append(seconds(contest.ours))
            baselines[place].append(shared[contest.baseline])
    return [
        {
            "name": contest.name,
            "baseline": contest.baseline_name,
            "seconds": statistics.median(own[1:]),
            "baseline_seconds": statistics.median(others[1:]),
            **ratios(others[1:], own[1:]),
        }
        for contest, own, others in zip(contests, ours, baselines, strict=True)
    ]


def interleave(functions, rounds, calls, progress=silent):
    """Times short functions in turn: dict of lists, the median seconds of a call in each round.

    Args:
      functions: dict of function () -> anything by name; each is warmed up first.
      rounds: int.
      calls: int, in a round.
      progress: see `race`.
    """
    for name, function in functions.items():
        for _ in range(3):
            progress(f"warming up: {name}")
            function()
    medians = {name: [] for name in functions}
    for number in range(rounds):
        for name, function in functions.items():
            progress(f"round {number + 1} of {rounds}: {name}")
            medians[name].append(statistics.median(seconds(function) for _ in range(calls)))
    return medians


def in_process(function, *arguments, initializer=None):
    """What a function returns in a new process; failures.Failure, if the process is killed.

    Args:
      function: of a module's top level.
      *arguments: what can be pickled.
      initializer: function () -> anything, of a module's top level, called first in the process.
    """
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, context, initializer) as pool:
        try:
            return pool.submit(function, *arguments).result()
        except concurrent.futures.process.BrokenProcessPool as error:
            raise failures.Failure("A process died, probably because memory ran out.") from error


def has_peak_memory():
    """Whether this system records the most memory that a process held."""
    return _STATUS.exists()


def peak_memory(prepare, work, *, initializer=None):
    """The most bytes that a piece of work holds on top of its input, in a new process: int.

    Args:
      prepare: function () -> input, of a module's top level.
      work: function, input -> anything, of a module's top level.
      initializer: see `in_process`.
    """
    return in_process(_peak_of, prepare, work, initializer=initializer)


def _peak_of(prepare, work):
    argument = prepare()
    return peak_on_top(lambda: work(argument))[1]


def peak_on_top(work):
    """(what a function returns, the most bytes on top of what this process held before).

    The bytes are None where `has_peak_memory` is false, and about 0 for less than the process held
    before at most.
    """
    if not has_peak_memory():
        return work(), None
    before = _status("VmRSS")
    return work(), _status("VmHWM") - before


def _status(name):
    """A number about this process that Linux records: bytes."""
    lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
    return int(lines[name].split()[0]) * 1024


def memory_row(name, peak, of, size):
    """A peak of bytes compared with the size of something: dict that JSON can hold."""
    return {"name": name, "bytes": peak, "of": of, "of_bytes": size, "ratio": peak / size}


def memory_lines(rows):
    """Rows of `memory_row` as lines of text."""
    for row in rows:
        yield (
            f"{row['name']:<38}{row['bytes'] / 2**20:>6.0f} MiB   {row['ratio']:>6.2f} times "
            f"{row['of']} ({row['of_bytes'] / 2**20:.0f} MiB)"
        )
    if not rows:
        yield "This system does not record peak memory."
