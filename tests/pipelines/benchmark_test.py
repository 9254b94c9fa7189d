"""`tfgan benchmark` at a size that shows the form of its figures and nothing about speed."""

import json

import numpy as np
import pytest
from tfgan.pipelines import main
from tfgan.pipelines.benchmarks import measuring, metrics


def test_the_metrics_are_measured_as_ratios(tmp_path, capsys):
    path = tmp_path / "figures.json"
    flags = ["--what=metrics", "--count=200", "--dimensions=16", "--rounds=2", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    out = capsys.readouterr().out
    found = json.loads(path.read_text())
    assert len(found["speed"]) == 3 and len(found["memory"]) == 3
    for row in [*found["speed"], *found["memory"]]:
        assert row["name"] in out and row["ratio"] > 0.0
    assert all(len(row["ratios"]) == 2 for row in found["speed"])


def test_without_a_subject_it_is_refused(capsys):
    assert main._run(["benchmark"]) == 2
    assert "--what says what to measure" in capsys.readouterr().err


def test_two_ways_are_run_in_turn_and_a_shared_baseline_once_a_round():
    calls = []

    def baseline():
        calls.append("baseline")

    contests = [
        measuring.Contest(name, lambda name=name: calls.append(name), baseline, "b")
        for name in ("one", "two")
    ]
    rows = measuring.race(contests, rounds=2)
    assert calls == ["baseline", "one", "two"] * 3
    assert [row["name"] for row in rows] == ["one", "two"]


def _hold(megabytes):
    return np.ones(megabytes * 2**17)


def _nothing():
    return 40


@pytest.mark.skipif(not measuring.has_peak_memory(), reason="this system tells no peak memory")
def test_the_peak_is_what_the_work_holds():
    assert measuring.peak_memory(_nothing, _hold) == pytest.approx(40 * 2**20, rel=0.2)


def test_both_ways_of_the_benchmark_give_one_distance():
    contest = metrics._contests(300, 12)[0]
    assert contest.ours() == pytest.approx(contest.baseline(), rel=1e-9)


def test_made_up_features_are_a_function_of_the_seed():
    one, again, other = (metrics.features(700, 8, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)
    assert one.min() == 0.0
