"""lists the recipes; `tfgan recipes NAME|FILE.py` shows one with its parameters."""

from absl import flags

from tfgan import recipes

from . import path_flags, usage
from .errors import UserError


def define_flags(values):
    """`tfgan recipes` has no flags."""


def run(values, positionals):
    """Prints; returns the exit code."""
    if len(positionals) > 1:
        raise flags.Error("tfgan recipes takes at most one name.")
    if not positionals:
        width = max(map(len, recipes.names()))
        for name in recipes.names():
            print(f"{name:<{width}}  {recipes.title(name)}")
        return 0
    name = path_flags.expand(positionals[0])
    try:
        description, parameters = recipes.docstring(name), usage.of_recipe(name)
    except (SyntaxError, ValueError) as error:
        raise UserError(str(error)) from error
    print(f"{description}\n\nParameters, which are flags of `tfgan train`:\n{parameters}")
    return 0
