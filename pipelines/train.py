"""trains a recipe on a data source, in a run directory.

The same command again, or --workdir alone, resumes exactly from the last checkpoint; with more
--steps the run continues. Every parameter of the recipe is a flag too, such as
--learning_rate=1e-3; `tfgan recipes NAME` lists them.
"""

import json
import os

from . import output, parsing, recipe_flags, start, train_flags
from .cloud.vertex import environment
from .errors import UserError, user_errors


def define_flags(values):
    """The flags of `tfgan train`."""
    train_flags.define(values)


def define_more_flags(values, arguments):
    """The parameters of the recipe that the arguments name, or of the run that they resume."""
    if recipe := _recipe_of_run(arguments):
        values.set_default("recipe", recipe)
    try:
        recipe_flags.define(values, arguments)
    except ValueError as error:
        raise UserError(str(error)) from error


def run(values, positionals):
    """Trains; returns the exit code."""
    parsing.no_positionals(positionals)
    start.tensorflow()
    from tfgan import failures
    from tfgan.training import planning, train

    with user_errors():
        config = train_flags.config(values)
        if values.dry_run:
            print(json.dumps(planning.resolve(config).to_dict(), indent=2))
            return 0
        try:
            train.train(config, report=environment.trial_report(), poll_signal=output.stop_signal)
        except failures.Interrupted as interrupted:
            return 128 + interrupted.signal
    return 0


def _recipe_of_run(arguments):
    """The recipe of the run in --workdir; "" without a run, and with --recipe."""
    values = recipe_flags.parse_some(arguments, recipe="", workdir="")
    workdir = environment.directory(values, "workdir")
    is_missing = "://" not in workdir and not os.path.exists(f"{workdir}/recipe.json")
    if values.recipe or not workdir or is_missing:
        return ""
    start.tensorflow()
    from tfgan import runs

    with user_errors():
        record = runs.open_record(workdir)
        return record.find_recipe() if record else ""
