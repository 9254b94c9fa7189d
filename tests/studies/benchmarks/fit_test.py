"""`tfgan benchmark --what=fit` for a few steps."""

import json

from tfgan.pipelines import main

from tfgan.studies.benchmarks import fit


def test_the_program_is_measured_against_its_bare_steps(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(fit, "_STEPS", 2)
    path = tmp_path / "figures.json"
    assert main._run(["benchmark", "--what=fit", "--rounds=2", f"--out={path}"]) == 0
    results = json.loads(path.read_text())
    assert results["recipe"] == "dcgan" and results["steps"] == 2
    assert len(results["ratios"]) == 2 and min(results["ratios"]) > 0
    assert "in tfgan train" in capsys.readouterr().out
