"""`tfgan benchmark --what=recipes` at a size that shows the form of its results."""

import importlib.util
import json

import pytest
from tfgan.pipelines import main

from tfgan.studies.benchmarks import recipe_steps, timing

HAS_TORCH = bool(importlib.util.find_spec("torch"))


def test_a_recipe_has_time_and_memory_and_a_twin_where_pytorch_is_installed(tmp_path, capfd):
    path = tmp_path / "figures.json"
    variant = "r3gan width=8 max_width=8 group_width=4 latent_dim=4 batch_size=4"
    flags = ["--what=recipes", "--rounds=2", f"--variant={variant}", f"--out={path}"]
    assert main._run(["benchmark", *flags]) == 0
    captured = capfd.readouterr()
    results = json.loads(path.read_text())
    (row,) = results["recipes"]
    assert (row["name"], row["batch_size"], row["period"]) == (variant, 4, 1)
    assert row["examples_per_second"] == pytest.approx(4 / row["seconds"])
    assert row["memory"] is None or row["memory"] > 0 or not timing.has_peak_memory()
    assert results["has_torch"] is HAS_TORCH and ("ratio" in row) is HAS_TORCH
    assert results["blocks"] == []  # of a run without variants
    assert ("PyTorch is not installed" in captured.out) is not HAS_TORCH
    assert f"recipe 1 of 1: {variant}" in captured.err


def test_an_unknown_recipe_or_parameter_is_refused_before_it_is_measured(capsys, monkeypatch):
    monkeypatch.setattr(timing, "in_process", lambda *_, **__: pytest.fail("measured"))
    for variant in ("dcgn", "dcgan widht=3"):
        assert main._run(["benchmark", "--what=recipes", f"--variant={variant}"]) == 2
        assert "Did you mean" in capsys.readouterr().err


def test_the_text_has_a_line_for_each_recipe_and_each_block():
    row = {"name": "vae", "seconds": 0.01, "examples_per_second": 6400.0, "memory": 3 * 2**20}
    twin = row | {"name": "dcgan", "torch_seconds": 0.02, "torch_memory": 2**20, "ratio": 2.0}
    blocks = [
        {"name": "tfgan, block", "seconds": 0.001},
        {"name": "PyTorch, block", "seconds": 0.003, "ratio": 3.0},
    ]
    results = {"rounds": 1, "cores": 2, "has_torch": True}
    _, *lines = recipe_steps.lines(results | {"recipes": [row, twin], "blocks": blocks})
    assert "10.0 ms" in lines[0] and "6,400 examples/s" in lines[0] and "3 MiB" in lines[0]
    assert "PyTorch 20.0 ms, 2.00 times that" in lines[1]
    assert lines[2].endswith("1.00 ms") and "3.00 times ours" in lines[3]
    assert len(lines) == 4


def test_memory_that_the_system_does_not_record_is_left_out():
    row = {"name": "vae", "seconds": 0.01, "examples_per_second": 6400.0, "memory": None}
    results = {"rounds": 1, "cores": 2, "has_torch": False, "recipes": [row], "blocks": []}
    *_, line, last = recipe_steps.lines(results)
    assert "MiB" not in line and last.startswith("PyTorch is not installed")
