"""`tfgan benchmark --what=metrics` at a size that shows the form of its results."""

import json

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan.studies.benchmarks import metrics


def test_the_metrics_are_measured_as_ratios(tmp_path, capsys):
    path = tmp_path / "figures.json"
    flags = ["--what=metrics", "--count=200", "--dimensions=16", "--rounds=2", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    out = capsys.readouterr().out
    results = json.loads(path.read_text())
    assert len(results["speed"]) == 3 and len(results["memory"]) == 3
    for row in [*results["speed"], *results["memory"]]:
        assert row["name"] in out and row["ratio"] > 0.0
    assert all(len(row["ratios"]) == 2 for row in results["speed"])


def test_both_ways_of_the_benchmark_give_one_distance():
    contest = metrics._contests(300, 12)[0]
    assert contest.ours() == pytest.approx(contest.baseline(), rel=1e-9)


def test_synthetic_features_are_a_function_of_the_seed():
    one, again, other = (metrics.features(700, 8, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)
    assert one.min() == 0.0
