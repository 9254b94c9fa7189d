"""The scores of a run over its steps."""

import math

import numpy as np

from tfgan import runs
from tfgan.runs import history


def test_scores_are_series_by_name_and_the_last_evaluation_of_a_state_counts(tmp_path):
    metrics = runs.MetricsFile(str(tmp_path))
    for record in (
        {"step": 1, "d_loss": 0.5, "note": "text"},
        {"step": 2, "d_loss": math.inf},
        {"step": 2, "metric": "fd", "value": 9.0, "better": "lower"},
        {"step": 2, "metric": "fd", "value": 8.0, "better": "lower"},
        {"step": 2, "metric": "fd", "value": 7.0, "better": "lower", "weights": "last"},
    ):
        metrics.append(record)
    series = history.read(metrics)
    assert sorted(series) == ["d_loss", "fd"]
    np.testing.assert_array_equal(series["d_loss"].step, [1, 2])
    np.testing.assert_array_equal(series["d_loss"].value, [0.5, np.nan])
    np.testing.assert_array_equal(series["fd"].value, [9.0, 8.0, 7.0])
    for weights, value in (("average", 8.0), ("last", 7.0)):
        [evaluation] = history.evaluations(metrics, 2, weights)
        assert evaluation["value"] == value
    assert history.evaluations(metrics, 1, "average") == []
