"""Recipes: a paper's networks, losses, optimizers and data as one function a file.

A recipe is a module with a function `recipe(*, name=default, ...) -> Recipe`; its signature is the
schema of its parameters, its docstring says paper, command and figures. The module's name is the
recipe's name, so adding a file adds a recipe. The parameter `steps` is the number of steps that the
run takes; what depends on its length depends on that.
"""

import ast
import dataclasses
import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from tfgan import parameters as schema

if TYPE_CHECKING:  # `tfgan recipes` imports no TensorFlow
    from tfgan.data import DataSpec
    from tfgan.models import GenerativeModel


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

    build: Callable[["DataSpec", int], "GenerativeModel"]
    data: str
    batch_size: int
    steps: int
    labelled: int | None = None


def names() -> list[str]:
    """The names of all recipes, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def find(name: str) -> ModuleType:
    """The module of a recipe.

    Raises: ValueError for a name that is no recipe, with the nearest names.
    """
    _check_name(name)
    return importlib.import_module(f"{__name__}.{name}")


def make(name: str, values: Mapping[str, Any]) -> Recipe:
    """A recipe with values for its parameters.

    Args:
      name: str.
      values: dict by parameter name, each as `resolve` returns it; some may be missing.
    Returns: Recipe, whose models follow `learning_rate_schedule` over its steps.
    Raises: ValueError for a name that is no recipe, and for values that do not go together.
    """
    own = {key: value for key, value in values.items() if key not in schema.COMMON}
    recipe = find(name).recipe(**own)
    schedule = values.get("learning_rate_schedule", "recipe")
    if schedule == "recipe":
        return recipe

    def build(spec, seed=0):
        from tfgan.models import rates  # here, where TensorFlow is needed anyway

        model = recipe.build(spec, seed)
        rates.follow(model, schedule, recipe.steps)
        return model

    return dataclasses.replace(recipe, build=build)


def parameters(name: str) -> dict[str, schema.Parameter]:
    """The parameters of a recipe: dict of `parameters.Parameter` by name. Imports nothing.

    Raises: ValueError for a name that is no recipe, with the nearest names.
    """
    _check_name(name)
    return schema.read(_source(name)) | schema.COMMON


def title(name: str) -> str:
    """The first line of a recipe's docstring: what it is, and the paper. Imports nothing."""
    docstring = ast.get_docstring(ast.parse(_source(name)))
    return docstring.splitlines()[0] if docstring else ""


def resolve(name: str, settings: Sequence[str] = ()) -> dict[str, Any]:
    """Every parameter of a recipe with its value, defaults included.

    Args:
      name: str, the recipe.
      settings: sequence of str "name=value"; a value is read as the type of the default.
    Returns: dict of values by parameter name.
    Raises: ValueError for an unknown recipe or parameter, or a value that it cannot have.
    """
    known = parameters(name)
    values = {key: parameter.default for key, parameter in known.items()}
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals:
            raise ValueError(f"--set takes name=value; received {setting!r}.")
        if key not in known:
            raise ValueError(f"Recipe {name} has no parameter {key!r}{_nearest(key, known)}.")
        try:
            values[key] = known[key].read(text)
        except ValueError as error:
            raise ValueError(f"Recipe {name}: {error}") from error
    return values


def checked(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
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


def changeable(name: str) -> list[str]:
    """The parameters that a run of a recipe may go on with another value of: list of str."""
    return [key for key, parameter in parameters(name).items() if parameter.may_change]


def _check_name(name: str) -> None:
    if name not in names():
        raise ValueError(f"There is no recipe {name!r}{_nearest(name, names())}.")


def _source(name: str) -> str:
    return cast(bytes, pkgutil.get_data(__name__, f"{name}.py")).decode()


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3)
    listed = near or sorted(known)
    return f"; {'the nearest are' if near else 'there are'} {', '.join(listed)}"
