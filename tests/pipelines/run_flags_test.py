"""The flags that name a trained model."""

import pytest
from absl import flags
from tfgan.pipelines import run_flags

from tfgan import runs


def values(*arguments):
    flag_values = flags.FlagValues()
    run_flags.define(flag_values)
    flag_values(["", *arguments])
    return flag_values


@pytest.mark.parametrize(
    ("arguments", "state"),
    [([], "last"), (["--checkpoint=best"], "best"), (["--checkpoint=300"], 300)],
    ids=str,
)
def test_a_state_is_last_or_best_or_a_step(arguments, state):
    assert run_flags.state(values(*arguments).checkpoint) == state


@pytest.mark.parametrize("text", ["first", "-1", "1.5", ""])
def test_another_state_is_refused(text):
    with pytest.raises(ValueError, match="--checkpoint must be last, best or a step; received"):
        run_flags.state(text)


def test_a_run_must_be_named():
    assert run_flags.workdir(values("--workdir=runs/a/")) == "runs/a"
    with pytest.raises(flags.Error, match="--workdir must name the directory of a run"):
        run_flags.workdir(values())


@pytest.mark.parametrize(
    ("arguments", "weights", "recipe"),
    [
        ([], "average", None),
        (["--raw_weights", "--recipe=mine.py"], "last", "mine.py"),
        (["--average_width=0.05"], 0.05, None),
    ],
    ids=str,
)
def test_a_run_is_opened_as_the_flags_say(monkeypatch, arguments, weights, recipe):
    monkeypatch.setattr(runs, "open_run", lambda *args, **options: (args, options))
    opened = run_flags.open_run(values("--workdir=a", "--checkpoint=7", *arguments))
    assert opened == (("a", weights, 7), {"recipe": recipe})


def test_the_last_weights_have_no_width():
    with pytest.raises(flags.Error, match="--raw_weights and --average_width exclude each other"):
        run_flags.open_run(values("--workdir=a", "--raw_weights", "--average_width=0.05"))
