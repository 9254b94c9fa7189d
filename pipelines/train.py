"""trains a recipe on a data source, in a run directory.

The same command again, or --workdir alone, resumes exactly from the last checkpoint; with more
--steps the run continues. Every parameter of the recipe is a flag too, such as
--learning_rate=1e-3; `tfgan recipes NAME` lists them.
"""

import json
import os
import sys

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
            _print_costs(planning.resolve(config), values.dry_run)
            return 0
        try:
            train.train(config, report=environment.trial_report(), poll_signal=output.stop_signal)
        except failures.Interrupted as interrupted:
            return 128 + interrupted.signal
    return 0


def _print_costs(plan, kind):
    """Prints a plan as JSON, and for people its cost on standard error; see --dry_run."""
    content, lines = plan.to_dict(), []
    if kind != "recipe":
        from tfgan.training import costs

        cost = costs.of_run(plan, has_trial=kind == "speed", progress=_progress)
        content, lines = content | {"cost": cost.to_dict()}, costs.lines(cost)
    print(json.dumps(content, indent=2), flush=True)
    for line in lines:
        _progress(line)


def _progress(line):
    print(line, file=sys.stderr, flush=True)


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
