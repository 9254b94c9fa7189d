"""Every parameter of the recipe as a flag: --learning_rate=1e-3 is --set=learning_rate=1e-3.

Services that tune hyperparameters pass flags only.
"""

import re

from absl import flags

from tfgan import recipes

from . import path_flags

# Parameters with the name of another flag; they are set by that flag, or by --set alone.
_TAKEN = ("labels", "steps", "batch_size", "learning_rate_schedule")


class _WholeNumber(flags.IntegerParser):
    """Accepts 16.0 too, as Vertex AI writes 16 in a list of values."""

    def convert(self, argument):
        if isinstance(argument, str):
            argument = re.sub(r"\.0+$", "", argument)
        return super().convert(argument)


def define_number(name, default, about, low, high, values):
    """A flag for a whole number; `default`, `low` and `high` may be None."""
    flags.DEFINE(_WholeNumber(low, high), name, default, about, values, flags.ArgumentSerializer())


def define(values, arguments):
    """A flag for each parameter of the recipe of a command line that is not a flag yet.

    Raises: ValueError for an unknown recipe.
    """
    for name, parameter in recipes.parameters(recipe(values["recipe"].default, arguments)).items():
        if name not in values:
            flags.DEFINE_string(name, None, parameter.description, values)


def recipe(default, arguments):
    """The value of --recipe before all flags are defined: str."""
    return parse_some(arguments, recipe=default).recipe


def parse_some(arguments, **defaults):
    """The `flags.FlagValues` of some path flags of a command line, without the others."""
    values = flags.FlagValues()
    for name, default in defaults.items():
        path_flags.define(name, default, "", values)
    values.set_gnu_getopt()  # `--width 8` does not end the flags
    values(["", *arguments], known_only=True)
    return values


def settings(values):
    """The recipe's parameters that the flags set, text by name; own flags go before --set."""
    names = [name for name in recipes.parameters(values.recipe) if name not in _TAKEN]
    own = {name: values[name].value for name in names if name in values}
    own = {name: value for name, value in own.items() if value is not None}
    return recipes.parse_settings(values["set"].value) | own
