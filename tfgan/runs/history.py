"""The scores of a run: their course over the steps, and the evaluations of one state."""

import typing

import numpy as np


class Series(typing.NamedTuple):
    """One score over the steps of a run; `plt.plot(*series)` draws it."""

    step: np.ndarray  # int64 `[n]`, generator updates, in the order of the records
    value: np.ndarray  # float64 `[n]`; NaN for values that are not finite


def read(metrics_file):
    """All scores of a `runs.MetricsFile` by name: dict of `Series`."""
    rows = {}
    for record in metrics_file.read():
        for name, value in _named_values(record):
            rows.setdefault(name, []).append((record["step"], value))
    return {
        name: Series(np.array([s for s, _ in pairs]), np.array([v for _, v in pairs], float))
        for name, pairs in rows.items()
    }


def evaluations(metrics_file, step, weights):
    """The last evaluation of each metric, at a step and "average" or "last" weights: list."""
    last = {
        record["metric"]: record
        for record in metrics_file.scores()
        if (record["step"], record.get("weights", "average")) == (step, weights)
    }
    return list(last.values())


def _named_values(record):
    if "metric" in record:
        return [(record["metric"], record["value"])] if "value" in record else []
    return [
        (name, value)
        for name, value in record.items()
        if name != "step" and (value is None or type(value) in (int, float))  # None: not finite
    ]
