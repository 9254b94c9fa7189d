"""The flags that name a trained model."""

from absl import flags

from tfgan import choices

from . import path_flags


def define(values):
    """--workdir, --checkpoint, --recipe, --raw_weights and --average_width."""
    path_flags.define("workdir", "", "Directory of the run.", values)
    flags.DEFINE_string(
        "checkpoint", "last", "last, best, or the step of a saved checkpoint.", values
    )
    about = "FILE.py of the recipe, if the run uses your own recipe."
    path_flags.define("recipe", "", about, values)
    flags.DEFINE_boolean(
        "raw_weights", False, "Use the last weights, not their running average.", values
    )
    about = (
        "Width of an average of the weights, relative to the steps so far, up to 0.25; of a run "
        "with --average_snapshots."
    )
    flags.DEFINE_float("average_width", None, about, flag_values=values)


def define_seed(about, values):
    """--seed, of up to 64 bits."""
    flags.DEFINE_integer("seed", 0, about, -(2**63), 2**63 - 1, flag_values=values)


def define_truncation(values):
    """--truncation and --standing_statistics, of samples."""
    about = "Threshold at which the prior is truncated; smaller: less variety, fewer outliers."
    flags.DEFINE_float("truncation", None, about, 0.0, None, values)
    define_standing_statistics(values, such_as="16 with --truncation")


def define_standing_statistics(values, such_as="16"):
    """--standing_statistics alone, of commands that do not truncate."""
    about = (
        f"Batches of samples that give batch normalization its moments, such as {such_as}; 0: the "
        "moments of training."
    )
    flags.DEFINE_integer("standing_statistics", 0, about, 0, flag_values=values)


def use_standing_statistics(run, values):
    """Replaces the moments of a run's model, if --standing_statistics says so."""
    if values.standing_statistics:
        from tfgan.models import standing_statistics

        truncation = values.truncation if "truncation" in values else None
        passes = values.standing_statistics
        standing_statistics.recompute(run.model, truncation=truncation, passes=passes)


def open_run(values):
    """The `runs.Run` that the flags name; raises as `runs.open_run`."""
    from tfgan import runs

    if values.raw_weights and values.average_width is not None:
        raise flags.Error("--raw_weights and --average_width exclude each other.")
    weights = "last" if values.raw_weights else "average"
    if values.average_width is not None:
        weights = values.average_width
    recipe = values.recipe or None
    return runs.open_run(workdir(values), weights, state(values.checkpoint), recipe=recipe)


def workdir(values):
    """--workdir without a trailing slash."""
    if not values.workdir:
        raise flags.Error("--workdir must name the directory of a run.")
    return values.workdir.rstrip("/")


def state(text):
    """--checkpoint as `runs.open_run` takes it: "last", "best" or an int."""
    if text in choices.STATES or text.isdigit():
        return int(text) if text.isdigit() else text
    raise ValueError(f"--checkpoint must be last, best or a step; received {text!r}.")
