"""What the README shows works word for word, but for the number of steps."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from absl import flags
from tfgan.pipelines import main

from tfgan import recipes

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
# Each on one line.
COMMANDS = re.findall(r"tfgan (\w+)((?: (?:--)?[\w/:=.,-]+)*)", re.sub(r"\\\n +", "", README))


@pytest.mark.second_stage("commands")
def test_the_example_of_a_run_runs(tmp_path):
    code, _ = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    for long, short in (("steps=1000", "steps=100"), ("count=10_000", "count=200")):
        assert long in code
        code = code.replace(long, short)
    code = f"{code}print(images.shape, edited.shape, losses.step)\n"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("(16, 28, 28, 1) (16, 28, 28, 1) [100]\n")
    assert (tmp_path / "exported/1/saved_model.pb").exists()


def test_the_library_example_runs_where_every_warning_is_an_error():
    _, code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in code.splitlines() if line]) <= 12
    assert "steps_per_epoch=1000" in code
    code = code.replace("steps_per_epoch=1000", "steps_per_epoch=1")
    command = [sys.executable, "-W", "error", "-c", f"{code}print(images.shape, images.dtype)\n"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert done.stdout.endswith("(16, 28, 28, 1) uint8\n")


@pytest.mark.parametrize(
    ("verb", "arguments"), sorted({c for c in COMMANDS if c[0] in main.VERBS}), ids=str
)
def test_every_command_has_the_flags_that_it_is_shown_with(verb, arguments):
    ours, _, of_training = arguments.partition(" -- ")
    for each, words in ((verb, ours.split()), ("train", of_training.split())):
        values = flags.FlagValues()
        program = importlib.import_module(f"tfgan.pipelines.{each}")
        program.define_flags(values)
        if hasattr(program, "define_more_flags"):
            program.define_more_flags(values, words)
        names = re.findall(r"--(\w+)", " ".join(words))
        assert all(name in values or name == "help" for name in names), arguments


@pytest.mark.parametrize("verb", ["launch", "tune"])
def test_a_request_to_the_cloud_can_be_looked_at(verb):
    pytest.importorskip("google.cloud.aiplatform_v1", reason="needs the extra vertex")
    [arguments] = [arguments for each, arguments in COMMANDS if each == verb and arguments]
    assert "--dry_run" in arguments and " -- --recipe" in arguments
    assert main._run([verb, *arguments.split()]) == 0


def test_the_table_lists_every_recipe():
    rows = re.findall(r"^\| `(\w+)` \|", README.split("## Recipes")[1], re.MULTILINE)
    assert rows == sorted(recipes.names())


def test_ci_finds_the_test_command():
    [command] = re.findall(r"^    (.* && pytest)$", README, re.MULTILINE)
    assert command == "pip install -e '.[cpu,test]' && pytest"
    assert "&& pytest$" in (ROOT / ".ci" / "run").read_text()
