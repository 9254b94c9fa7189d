"""`tfgan benchmark` from flags to its subject; `tests/studies/benchmarks` measures."""

import json
import sys

import pytest
from tfgan.pipelines import main

from tfgan.studies.benchmarks import fit, scaling


def test_without_a_subject_it_is_refused(capsys):
    assert main._run(["benchmark"]) == 2
    assert "--what must be one of metrics, step" in capsys.readouterr().err


@pytest.mark.parametrize("flag", ["--count=1", "--what=speed", "--rounds=0"])
def test_values_out_of_range_are_refused(capsys, flag):
    assert main._run(["benchmark", "--what=fit", flag]) == 2
    assert flag.partition("=")[0].removeprefix("--") in capsys.readouterr().err


def test_the_results_are_printed_and_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(fit, "run", lambda rounds, progress: progress("begins") or {"a": rounds})
    monkeypatch.setattr(fit, "lines", lambda results: [f"a is {results['a']}", "end"])
    path = tmp_path / "results.json"
    assert main._run(["benchmark", "--what=fit", "--rounds=2", f"--out={path}"]) == 0
    out, err = capsys.readouterr()
    assert out == f"a is 2\nend\nFigures: {path}\n" and err == "begins\n"
    assert json.loads(path.read_text()) == {"a": 2}


def test_a_picture_without_matplotlib_is_refused_before_anything_is_measured(
    capsys, monkeypatch, tmp_path
):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(scaling, "run", lambda **_: pytest.fail("measured"))
    assert main._run(["benchmark", "--what=scaling", f"--out={tmp_path}/a.json"]) == 2
    assert "The picture of --what=scaling needs the extra studies" in capsys.readouterr().err
