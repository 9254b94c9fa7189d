"""Functions are timed in turn, and memory is measured in a process of its own."""

import functools
import os

import numpy as np
import pytest

from tfgan import failures
from tfgan.studies.benchmarks import timing


def test_two_ways_are_run_in_turn_and_a_shared_baseline_once_per_round():
    calls = []

    def baseline():
        calls.append("baseline")

    contests = [
        timing.Contest(name, lambda name=name: calls.append(name), baseline, "b")
        for name in ("one", "two")
    ]
    rows = timing.race(contests, rounds=2)
    assert calls == ["baseline", "one", "two"] * 3
    assert [row["name"] for row in rows] == ["one", "two"]


@pytest.mark.skipif(not timing.has_peak_memory(), reason="not recorded by this system")
def test_the_peak_is_what_the_work_holds():
    count = functools.partial(int, 40 * 2**17)
    assert timing.peak_memory(count, np.ones) == pytest.approx(40 * 2**20, rel=0.2)


def test_short_functions_are_timed_in_turn_after_they_are_warmed_up():
    calls, lines = [], []
    functions = {name: functools.partial(calls.append, name) for name in "ab"}
    seconds = timing.interleave(functions, 2, 2, lines.append)
    assert "".join(calls) == "aaabbb" + "aabb" * 2
    assert lines[-2:] == ["round 2 of 2: a", "round 2 of 2: b"]
    assert all(len(rounds) == 2 and min(rounds) >= 0.0 for rounds in seconds.values())


def test_ratios_are_those_of_each_round_and_their_median():
    assert timing.ratios([1.0, 6.0, 8.0], [2.0, 2.0, 2.0]) == {
        "ratio": 3.0, "ratios": [0.5, 3.0, 4.0],
    }  # fmt: skip


def test_a_process_that_dies_is_a_failure():
    with pytest.raises(failures.Failure, match="A process died"):
        timing.in_process(os._exit, 9)


def test_memory_is_compared_with_the_size_of_something():
    row = timing.memory_row("work", 3 * 2**20, "the pixels", 2 * 2**20)
    [line] = timing.memory_lines([row])
    assert line.split() == ["work", "3", "MiB", "1.50", "times", "the", "pixels", "(2", "MiB)"]
    assert list(timing.memory_lines([])) == ["This system does not record peak memory."]
