"""lists the recipes; `tfgan recipes NAME|FILE.py` shows one with its parameters."""

from absl import flags

from . import path_flags, usage
from .errors import UserError


def define_flags(values):
    """`tfgan recipes` has no flags."""


def run(values, positionals):
    """Prints; returns the exit code."""
    from tfgan import recipes

    if len(positionals) > 1:
        raise flags.Error("tfgan recipes takes one name at most.")
    if not positionals:
        width = max(map(len, recipes.names()))
        for name in recipes.names():
            print(f"{name:<{width}}  {recipes.title(name)}")
        return 0
    name = path_flags.expand(positionals[0])
    try:
        described, listed = recipes.docstring(name), usage.of_recipe(name)
    except (SyntaxError, ValueError) as error:
        raise UserError(str(error)) from error
    print(described)
    print(f"\nParameters, which are flags of `tfgan train`:\n{listed}")
    return 0
