"""Every parameter of the recipe as a flag of its own: --learning_rate=1e-3.

Tuners pass nothing else. `--set=learning_rate=1e-3` means the same.
"""

import re

from absl import flags

from . import path_flags

_OF_DATA = ("labels",)  # flags that say how data are read: such a parameter is given by --set alone
_OF_TRAINING = ("steps", "batch_size", "learning_rate_schedule")  # which every recipe has


class _WholeNumber(flags.IntegerParser):
    """Reads 16.0 as well, which is what Vertex AI makes of 16 in a list of values."""

    def convert(self, argument):
        if isinstance(argument, str):
            argument = re.sub(r"\.0+$", "", argument)
        return super().convert(argument)


def define_number(name, default, about, lower_bound, values):
    """A flag for a whole number that a tuner may vary."""
    flags.DEFINE(
        _WholeNumber(lower_bound), name, default, about, values, flags.ArgumentSerializer()
    )


def define(values, arguments):
    """Adds a flag for every parameter of the recipe that the arguments name, but those it has.

    Imports neither TensorFlow nor the recipe.

    Args:
      values: `flags.FlagValues` with --recipe.
      arguments: list of str, the command line that is going to be read.
    Raises: ValueError for a recipe that does not exist.
    """
    from tfgan import recipes

    for name, parameter in recipes.parameters(recipe(values["recipe"].default, arguments)).items():
        if name not in values:
            flags.DEFINE_string(name, None, parameter.description, values)


def recipe(default, arguments):
    """What --recipe is among arguments whose flags may not be defined yet: str.

    Args:
      default: str, without --recipe.
      arguments: list of str.
    """
    return alone(arguments, recipe=default).recipe


def alone(arguments, **defaults):
    """A few flags among arguments whose other flags may not be defined yet.

    Args:
      arguments: list of str.
      **defaults: the flags, with what they are without being given.
    Returns: `flags.FlagValues`.
    """
    values = flags.FlagValues()
    for name, default in defaults.items():
        path_flags.define(name, default, "", values)
    values.set_gnu_getopt()  # --width 8 is a flag and its value, here an argument to go past
    values(["", *arguments], known_only=True)
    return values


def settings(values):
    """All parameters that the flags give: dict of text by name; a flag goes before --set."""
    from tfgan import recipes

    given = {
        name: getattr(values, name)
        for name in recipes.parameters(values.recipe)
        if name in values and name not in (*_OF_DATA, *_OF_TRAINING)
    }
    flags_given = {name: value for name, value in given.items() if value is not None}
    return recipes.read_settings(values["set"].value) | flags_given
