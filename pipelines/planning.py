"""What `tfgan train` is going to do: everything that its flags decide."""

import logging
import os

from . import (
    changing,
    data_flags,
    environment,
    evaluation_flags,
    recipe_flags,
    resuming,
    step_flags,
)

_LOG = logging.getLogger("tfgan.train")


def parameters(values):
    """Every parameter of the recipe with its value, before any data, file or device is looked at.

    Args:
      values: the flags of `tfgan train`.
    Returns: dict.
    Raises: ValueError for what the recipe does not take, and flags that make no sense together.
    """
    from tfgan import data, recipes
    from tfgan.evaluation import measures

    asked = changing.changes(values)
    changed = [f"{name}={text}" for name, text in asked.items() if name != "data"]
    found = recipes.resolve(values.recipe, recipe_flags.settings(values) + changed)
    data_flags.reading(values)
    if values.data:
        data.check_name(values.data)
    if values.evaluate_metrics:
        decisive, *_ = measures.find(evaluation_flags.names(values.evaluate_metrics))
        measures.check_decisive(decisive)
    if values.stop_after and not values.evaluate_every:
        raise ValueError("--stop_after counts evaluations: give --evaluate_every as well.")
    return found


def resolve(values):
    """Everything that the flags, the run, the recipe and the environment decide.

    No data are read. Flags that are not given are those of the run in the directory, if there is
    one, and are set.

    Args:
      values: the flags of `tfgan train`.
    Returns: dict that JSON can hold.
    Raises: ValueError, as `parameters`, and for a run directory whose record cannot be read.
    """
    from tfgan import recipes, runs

    workdir = environment.workdir(values) or _default_workdir(values)
    before = runs.open_record(workdir)
    if before:
        resuming.complete(values, before)
    elif values.change:
        raise ValueError(f"--change is for a run that has begun; {workdir} holds none.")
    found = parameters(values)
    recipe = recipes.make(values.recipe, found)
    values.data = changing.changes(values).get("data", values.data)
    steps = found.pop("steps")  # no part of what a run is: it may be made longer
    return {
        "recipe": values.recipe,
        "parameters": found,
        "data": data_flags.resolve(values, recipe.data),
        "labelled": recipe.labelled,
        "seed": values.seed,
        "steps": steps,
        "precision": step_flags.precision(values, workdir),
        "flags": resuming.kept(values) | {"steps": steps},
        "workdir": workdir,
        "tensorboard_dir": environment.tensorboard_dir(values, workdir),
        "export_dir": environment.export_dir(values),
    }


def fit_batch(values, plan, source, model, devices):
    """The plan with a batch that the data can fill.

    The recipe's own batch is made smaller, which is said; one that was asked for is not.

    Args:
      values: the flags of `tfgan train`.
      plan: dict, what `resolve` returned.
      source: `data.Source`.
      model: `GenerativeModel`, which knows how many batches a step takes.
      devices: int, that share a batch.
    Returns: dict.
    Raises: ValueError, if no batch fits, or not the one that was asked for.
    """
    size, turns = plan["parameters"]["batch_size"], model.discriminator_steps
    most = source.count // turns // devices * devices
    if size <= most:
        return plan
    sentence = (
        f"a batch_size of {size} takes {size * turns:,} examples in a step, and {source.name} has "
        f"{source.count:,} to train on"
    )
    is_asked = any(each.startswith("batch_size=") for each in recipe_flags.settings(values))
    if is_asked or not most:
        advice = f"give --batch_size={most} or less" if most else "give more data"
        raise ValueError(f"{sentence[0].upper()}{sentence[1:]}; {advice}.")
    _LOG.warning("batch_size is lowered to %d: %s.", most, sentence)
    return plan | {"parameters": plan["parameters"] | {"batch_size": most}}


def _default_workdir(values):
    """runs/RECIPE-DATA, the same however the path of the data is written."""
    from tfgan import data, recipes

    name = values.data or recipes.make(values.recipe, parameters(values)).data
    kind, colon, location = data.absolute(name).partition(":")
    if location.startswith(os.getcwd() + os.sep):
        location = os.path.relpath(location)
    return f"runs/{values.recipe}-{_slug(kind + colon + location)}"


def _slug(text):
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in text).strip("-")
