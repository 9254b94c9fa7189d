"""`.ci/extras` knows every extra, and a missing package names the command that installs it."""

import importlib.metadata
import runpy
from pathlib import Path

import pytest

from tfgan import extras

SCRIPT = runpy.run_path(str(Path(__file__).parents[1] / ".ci" / "extras"))


def test_every_extra_has_a_line_that_tries_it():
    offered = set(importlib.metadata.metadata("tfgan").get_all("Provides-Extra"))
    assert {"cpu", *extras.TENSORFLOW} <= offered
    assert offered <= {*SCRIPT["PURPOSE"], *SCRIPT["ONLY_RESOLVED"]}


def test_a_new_extra_fails_until_it_has_a_line(capsys, tmp_path):
    assert not SCRIPT["tried"]("new", tmp_path / "tfgan.whl")
    assert "new      FAILED: .ci/extras has no line" in capsys.readouterr().out


def test_a_missing_package_names_the_command_for_a_wheel_and_for_a_clone():
    with pytest.raises(ValueError) as refused, extras.require("serve", "Serving"):
        import a_package_that_nobody_has  # noqa: F401
    assert str(refused.value) == (
        "Serving needs the extra serve (No module named 'a_package_that_nobody_has'): "
        "pip install 'tfgan[serve]', or in a clone pip install -e '.[serve]'."
    )


def test_tensorflow_has_three_commands():
    assert extras.tensorflow_command() == (
        "pip install 'tfgan[cpu]', pip install 'tfgan[gpu]' or pip install 'tfgan[tpu]'; in a "
        "clone pip install -e with one of '.[cpu]', '.[gpu]', '.[tpu]'"
    )
