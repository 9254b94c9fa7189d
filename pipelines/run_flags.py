"""The flags that name a trained model, shared by the programs that use one."""

from absl import flags

from . import path_flags


def define(values):
    """--workdir and --checkpoint."""
    path_flags.define("workdir", "", "The directory of the run.", values)
    flags.DEFINE_string(
        "checkpoint", "last", "last, best, or the step of a checkpoint that is kept.", values
    )
    path_flags.define(
        "recipe", "", "The FILE.py of the recipe, if it is not one of tfgan's.", values
    )


def define_weights(values):
    """--raw_weights."""
    flags.DEFINE_boolean(
        "raw_weights", False, "The last weights instead of their running average.", values
    )


def weights(values):
    """The weights that --raw_weights chooses: "last" or "average"."""
    return "last" if values.raw_weights else "average"


def open_run(values):
    """The `runs.Run` that the flags name.

    Raises: ValueError, as `runs.open_run`.
    """
    from tfgan import runs

    return runs.open_run(
        workdir(values), weights(values), state(values.checkpoint), recipe=values.recipe or None
    )


def workdir(values):
    """--workdir without a slash at its end.

    Raises: `flags.Error`, if there is none.
    """
    if not values.workdir:
        raise flags.Error("--workdir must name the directory of a run.")
    return values.workdir.rstrip("/")


def state(text):
    """--checkpoint as `runs.open_run` takes it: "last", "best" or an int.

    Raises: ValueError for anything else.
    """
    if text in ("last", "best"):
        return text
    if not text.isdigit():
        raise ValueError(f"--checkpoint must be last, best or a step; received {text!r}.")
    return int(text)
