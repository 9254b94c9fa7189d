"""Recipes: a paper's networks, losses, optimizers and data as one function a file.

A recipe is a module with a function `recipe(*, name=default, ...) -> Recipe`; its signature is the
schema of its parameters, its docstring says paper, command and figures. The module's name is the
recipe's name, so adding a file adds a recipe.
"""

import ast
import dataclasses
import difflib
import importlib
import pkgutil
from collections.abc import Callable

from tfgan import parameters as schema


@dataclasses.dataclass(frozen=True)
class Recipe:
    """What it takes to train one model.

    Attributes:
      build: function (spec, seed) -> compiled model; spec is a `data.DataSpec`.
      data: str, the source that the recipe was made for, such as "mnist5k".
      batch_size: int, examples in a step, over all devices.
      steps: int, generator updates.
      labelled: int, how many training examples keep their label; the others have -1. None for all.
    """

    build: Callable
    data: str
    batch_size: int
    steps: int
    labelled: int | None = None


def names():
    """The names of all recipes, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def find(name):
    """The module of a recipe.

    Raises: ValueError for a name that is no recipe, with the nearest names.
    """
    _check_name(name)
    return importlib.import_module(f"{__name__}.{name}")


def parameters(name):
    """The parameters of a recipe: dict of `parameters.Parameter` by name. Imports nothing.

    Raises: ValueError for a name that is no recipe, with the nearest names.
    """
    _check_name(name)
    return schema.read(_source(name))


def title(name):
    """The first line of a recipe's docstring: what it is, and the paper. Imports nothing."""
    return ast.get_docstring(ast.parse(_source(name))).splitlines()[0]


def resolve(name, settings=None):
    """Every parameter of a recipe with its value, defaults included.

    Args:
      name: str, the recipe.
      settings: mapping of values by parameter name; a text, as a flag has it, is read as the type
        of the default.
    Returns: dict of values by parameter name.
    Raises: ValueError for an unknown recipe or parameter, or a value that it cannot have.
    """
    known = parameters(name)
    values = {key: parameter.default for key, parameter in known.items()}
    for key, value in (settings or {}).items():
        if key not in known:
            raise ValueError(f"Recipe {name} has no parameter {key!r}{_nearest(key, known)}.")
        read = known[key].read if isinstance(value, str) else known[key].checked
        try:
            values[key] = read(value)
        except ValueError as error:
            raise ValueError(f"Recipe {name}: {error}") from error
    return values


def settings(texts, beginning="--set takes"):
    """Settings of the form name=value: dict of text by name; the last of a name holds.

    Args:
      texts: sequence of str.
      beginning: str, of the sentence that refuses another form.
    Raises: ValueError for another form.
    """
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"{beginning} name=value; received {text!r}.")
        found[name] = value
    return found


def checked(name, values):
    """The parameters of a recipe as a file holds them, if each makes sense.

    Args:
      name: str, the recipe.
      values: dict by parameter name; some may be missing.
    Returns: dict, of the same names.
    Raises: ValueError for an unknown recipe or parameter, or a value that it cannot have.
    """
    known = parameters(name)
    for key in values:
        if key not in known:
            raise ValueError(f"Recipe {name} has no parameter {key!r}{_nearest(key, known)}.")
    return {key: known[key].checked(value) for key, value in values.items()}


def changeable(name):
    """The parameters that a run of a recipe may go on with another value of: list of str."""
    return [key for key, parameter in parameters(name).items() if parameter.may_change]


def _check_name(name):
    if name not in names():
        raise ValueError(f"There is no recipe {name!r}{_nearest(name, names())}.")


def _source(name):
    return pkgutil.get_data(__name__, f"{name}.py").decode()


def _nearest(name, known):
    near = difflib.get_close_matches(name, known, n=3)
    listed = near or sorted(known)
    return f"; {'the nearest are' if near else 'there are'} {', '.join(listed)}"
