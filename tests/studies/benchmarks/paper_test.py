"""The time of a step on paper, by hand."""

import json

import numpy as np
import pytest
from tfgan.pipelines import main

from tfgan.studies.benchmarks import paper

DEVICE = paper.Device("made up", 1e12, 1e11, ((4, 1e9, 1e-3), (16, 1e8, 2e-3)), (1, 4, 16))
STEP = paper.Counts(flops=1e9, fixed_bytes=1e8, example_bytes=1e6, gradient_bytes=10**7)


def test_arithmetic_and_traffic_are_those_of_the_examples_on_a_device():
    times = paper.seconds(STEP, DEVICE, batch=50, devices=1)
    assert times == {"compute": 0.05, "memory": pytest.approx(1.5e-3), "network": 0.0}


def test_gradients_are_summed_by_a_ring_in_each_machine_and_then_between_machines():
    inside = 2 * 3 / 4 * 1e7 / 1e9 + 1e-3
    between = 2 * 3 / 4 * 1e7 / 4 / 1e8 + 2e-3
    for devices, expected in ((4, inside), (16, inside + between)):
        times = paper.seconds(STEP, DEVICE, batch=50, devices=devices)
        np.testing.assert_allclose(times["network"], expected)


def test_counts_of_two_batches_give_what_is_fixed_and_what_an_example_adds():
    entry = {"flops": [260.0, 740.0], "bytes_accessed": [1016.0, 1064.0], "gradient_bytes": 5}
    assert paper._fitted(entry) == paper.Counts(10.0, 1000.0, 1.0, 5)


def test_the_program_prints_every_recipe_and_writes_all_times(tmp_path, capsys):
    path = tmp_path / "paper.json"
    flags = ["--what=paper", "--variant=dcgan", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    rows = json.loads(path.read_text())["rows"]
    assert len(rows) == 2 * 5 * len(paper.BATCHES)
    for row in rows:
        examples = row["devices"] * row["batch"]
        assert row["examples_per_second"] == pytest.approx(examples / max(row["seconds"].values()))
    assert "dcgan      TPU v5e" in capsys.readouterr().out


def test_a_recipe_without_counts_is_refused(capsys):
    assert main._run(["benchmark", "--what=paper", "--variant=vae"]) == 2
    assert "--variant must be one of dcgan, sngan" in capsys.readouterr().err
