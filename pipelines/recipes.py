"""lists the recipes; `tfgan recipes NAME` shows one with its parameters."""

import inspect

from absl import flags

from . import start, usage
from .errors import Refusal


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
    name = positionals[0]
    start.tensorflow()
    try:
        module = recipes.find(name)
    except ValueError as error:
        raise Refusal(str(error)) from error
    print(inspect.getdoc(module))
    print(f"\nParameters, which are flags of `tfgan train`:\n{usage.of_recipe(name)}")
    return 0
