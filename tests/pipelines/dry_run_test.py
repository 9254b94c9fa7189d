"""`tfgan train --dry_run`: the recipe and what a run costs, before it starts."""

import json
import os

import pytest
from tfgan.pipelines import main

SMALL = ["train", "--recipe=mixture", "--width=8", "--depth=1", "--batch_size=16", "--workdir=run"]


def dry_run(capsys, *argv):
    """(exit code, JSON of standard output or None, standard error)."""
    code = main._run([*SMALL, *argv])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_without_a_value_it_measures_the_time_and_writes_nothing(capsys):
    code, plan, err = dry_run(capsys, "--dry_run")
    assert code == 0 and os.listdir() == []
    cost = plan["cost"]
    assert cost["parameters"] == {"generator": 42, "discriminator": 33}
    assert cost["trial_steps"] == 10 and cost["kimg_per_hour"] > 0
    assert "Parameters: generator 42, discriminator 33" in err and "kimg an hour" in err


def test_cost_takes_no_trial_steps(capsys):
    code, plan, err = dry_run(capsys, "--dry_run=cost")
    assert code == 0 and plan["cost"]["seconds_per_step"] is None
    assert "trial steps were not requested" in err and os.listdir() == []


def test_recipe_opens_no_data(capsys):
    code, plan, err = dry_run(capsys, "--dry_run=recipe", "--data=images:missing")
    assert (code, err) == (0, "") and "cost" not in plan


def test_data_that_cannot_be_opened_give_the_error_of_a_run(capsys):
    errors = [dry_run(capsys, "--data=images:missing", *more) for more in (["--dry_run"], [])]
    assert errors[0] == errors[1]
    assert errors[0][0] == 2 and "missing" in errors[0][2]


def test_a_run_is_resumed_as_if_there_had_been_no_dry_run(capsys):
    assert main._run([*SMALL, "--steps=1"]) == 0
    files = {name: os.stat(f"run/{name}").st_mtime_ns for name in os.listdir("run")}
    capsys.readouterr()
    code, plan, _ = dry_run(capsys, "--dry_run=cost", "--steps=3")
    assert code == 0 and plan["steps"] == 3
    assert files == {name: os.stat(f"run/{name}").st_mtime_ns for name in os.listdir("run")}


def test_another_value_is_refused(capsys):
    for value in ("all", ""):  # also that of a shell's variable that is not set
        code, _, err = dry_run(capsys, f"--dry_run={value}")
        assert code == 2
        assert f"--dry_run must be recipe, cost or speed; received {value!r}" in err
