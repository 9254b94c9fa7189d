"""The ranges of parameters, and their words."""

import math

import pytest

from tfgan.parameters.ranges import Interval, Schedule


@pytest.mark.parametrize(
    ("interval", "inside", "outside", "words"),
    [
        (Interval(int, 1), [1, 10**12], [0, 1.0, True], "a whole number, at least 1"),
        (Interval(int, 1, 65_536), [1, 65_536], [0, 65_537], "a whole number from 1 to 65,536"),
        (Interval(float, 0, above=True), [1e-9], [0.0, -1.0, math.inf], "a number above 0"),
        (
            Interval(float, 0, 1, below=True),
            [0.0, 0.999],
            [1.0, -0.1, math.nan],
            "a number, at least 0 and below 1",
        ),
        (
            Interval(float, 0.5, 1, above=True),
            [0.51, 1.0],
            [0.5, 1.1],
            "a number above 0.5 and at most 1",
        ),
        (Interval(float), [-1.0], [math.nan, -math.inf, 1], "a number"),
    ],
)
def test_an_interval_holds_its_numbers_and_says_so(interval, inside, outside, words):
    assert all(value in interval for value in inside)
    assert not any(value in interval for value in outside)
    assert str(interval) == words


def test_a_schedule_is_a_string_that_schedules_parse_or_the_word_recipe():
    assert all(text in Schedule() for text in ("recipe", "constant", "linear", "cosine:0.1"))
    assert not any(text in Schedule() for text in ("", "cosine:2", "square"))
    assert str(Schedule()).startswith("recipe, constant, linear or cosine")
