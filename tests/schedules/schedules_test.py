"""Schedules have the rates of their formulas, and their names are read strictly."""

import math

import pytest

from tfgan import schedules


def rates(schedule, *updates):
    return [float(schedule(update)) for update in updates]


def test_a_constant_rate_stays():
    assert rates(schedules.constant(0.5, 10), 0, 5, 10, 99) == [0.5] * 4


def test_a_linear_rate_falls_in_a_line_to_its_fraction_and_stays():
    assert rates(schedules.linear(0.5, 8), 0, 2, 4, 8, 99) == [0.5, 0.375, 0.25, 0.0, 0.0]
    assert rates(schedules.linear(0.5, 8, 0.5), 0, 4, 8, 99) == [0.5, 0.375, 0.25, 0.25]


def test_a_cosine_falls_by_its_formula():
    wanted = [0.5 * (0.25 + 0.75 * (1 + math.cos(math.pi * t / 8)) / 2) for t in (0, 2, 4, 8, 8)]
    assert rates(schedules.cosine(0.5, 8, 0.25), 0, 2, 4, 8, 99) == pytest.approx(wanted, abs=1e-7)


def test_a_run_of_no_steps_has_a_schedule():
    assert rates(schedules.cosine(0.5, 0), 0) == rates(schedules.linear(0.5, 0), 0) == [0.5]


@pytest.mark.parametrize(
    ("text", "end"),
    [("constant", 1.0), ("linear", 0.0), ("cosine", 0.0), ("linear:0.1", 0.1), ("cosine:1", 1.0)],
)
def test_a_name_gives_the_schedule_with_that_end(text, end):
    assert rates(schedules.parse(text)(2.0, 10), 0, 10) == pytest.approx([2.0, 2.0 * end])


@pytest.mark.parametrize(
    "text", ["", "recipe", "step", "constant:0.5", "cosine:", "cosine:1.5", "linear:-1", "cosine:x"]
)
def test_another_name_is_refused_with_what_is_read(text):
    with pytest.raises(ValueError, match=f"must be constant, linear or cosine, .*'{text}'"):
        schedules.parse(text)
