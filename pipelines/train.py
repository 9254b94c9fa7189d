"""trains a recipe on a data source and keeps the run in a directory.

The same command again resumes from the last checkpoint, exactly, and so does --workdir alone; a
larger --steps goes on. Every parameter of the recipe is a flag too, as --learning_rate=1e-3;
`tfgan recipes NAME` lists them.
"""

import json
import os

from . import output, recipe_flags, start, train_flags, usage
from .cloud.vertex import environment
from .errors import UserError, user_errors


def define_flags(values):
    """The flags of `tfgan train`."""
    train_flags.define(values)


def define_more_flags(values, arguments):
    """The parameters of the recipe that the arguments name, or whose run they go on with."""
    held = _recipe_held(arguments)
    if held:
        values.set_default("recipe", held)
    try:
        recipe_flags.define(values, arguments)
    except ValueError as error:
        raise UserError(str(error)) from error


def run(values, positionals):
    """Trains; returns the exit code."""
    usage.no_positionals(positionals)
    start.tensorflow()
    from tfgan import failures
    from tfgan.training import planning, train

    with user_errors():
        asked = train_flags.config(values)
        if values.dry_run:
            print(json.dumps(planning.resolve(asked).to_dict(), indent=2))
            return 0
        try:
            train.train(asked, report=environment.trial_report(), stops=output.stop_signal)
        except failures.Interrupted as interrupted:
            return 128 + interrupted.signal
    return 0


def _recipe_held(arguments):
    """The recipe of the run that arguments name by --workdir, "" for none.

    Args:
      arguments: list of str, the command line of `tfgan train` that is going to be read.
    Raises: UserError for a run directory whose record cannot be read.
    """
    asked = recipe_flags.alone(arguments, recipe="", workdir="")
    workdir = environment.workdir(asked)
    is_missing = "://" not in workdir and not os.path.exists(f"{workdir}/recipe.json")
    if asked.recipe or not workdir or is_missing:
        return ""
    start.tensorflow()
    from tfgan import runs

    with user_errors():
        record = runs.open_record(workdir)
        return record.find_recipe() if record else ""
