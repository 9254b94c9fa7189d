"""`.ci/extras` knows every extra that setup.py offers."""

import importlib.metadata
import runpy
from pathlib import Path

SCRIPT = runpy.run_path(str(Path(__file__).parents[1] / ".ci" / "extras"))


def test_every_extra_has_a_line_that_tries_it():
    extras = set(importlib.metadata.metadata("tfgan").get_all("Provides-Extra"))
    assert "cpu" in extras
    assert extras <= {*SCRIPT["PURPOSE"], *SCRIPT["ONLY_RESOLVED"]}


def test_a_new_extra_fails_until_it_has_a_line(capsys, tmp_path):
    assert not SCRIPT["tried"]("new", tmp_path / "tfgan.whl")
    assert "new      FAILED: .ci/extras has no line" in capsys.readouterr().out
