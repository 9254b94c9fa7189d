"""The figures of a run: how they went over its steps, and what one of its states scored."""

import typing

import numpy as np


class Series(typing.NamedTuple):
    """One figure over the steps of a run; `plt.plot(*series)` draws it.

    Attributes:
      step: int64 `[n]`, generator updates, in the order of the records.
      value: float64 `[n]`; NaN, where the figure was not a finite number.
    """

    step: np.ndarray
    value: np.ndarray


def read(metrics_file):
    """All figures by name: dict of `Series`.

    Args:
      metrics_file: `runs.MetricsFile`.
    """
    found = {}
    for record in metrics_file.read():
        for name, value in _figures(record):
            found.setdefault(name, []).append((record["step"], value))
    return {
        name: Series(np.array([s for s, _ in rows]), np.array([v for _, v in rows], float))
        for name, rows in found.items()
    }


def evaluations(metrics_file, step, weights):
    """The evaluations of one state, the last of each metric: list of dict.

    Args:
      metrics_file: `runs.MetricsFile`.
      step: int, of the state.
      weights: "average" or "last", which weights were measured.
    """
    found = [each for each in metrics_file.figures() if each["step"] == step]
    found = [each for each in found if each.get("weights", "average") == weights]
    return list({each["metric"]: each for each in found}.values())


def _figures(record):
    """The (name, value) of a record: one of an evaluation, or all numbers of a line of training."""
    if "metric" in record:
        return [(record["metric"], record["value"])] if "value" in record else []
    numbers = {name: value for name, value in record.items() if name != "step"}
    return [(name, value) for name, value in numbers.items() if _is_number(value)]


def _is_number(value):
    """None stands for a number that was not finite."""
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
