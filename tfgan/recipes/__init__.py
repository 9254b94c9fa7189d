"""Recipes: a paper's networks, losses, optimizers and data as one function a file.

A recipe is a module with a function `recipe(*, name=default, ...) -> Recipe`; its signature is the
schema of its parameters, its docstring says paper, command and figures. The module's name is the
recipe's name, so adding a file adds a recipe.
"""

import ast
import dataclasses
import difflib
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable


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
    """The parameters of a recipe: dict of `inspect.Parameter` by name."""
    return dict(inspect.signature(find(name).recipe).parameters)


def parameter_names(name):
    """The names of a recipe's parameters: list of str. Imports nothing.

    Raises: ValueError for a name that is no recipe, with the nearest names.
    """
    _check_name(name)
    [function] = (
        node
        for node in _source(name).body
        if isinstance(node, ast.FunctionDef) and node.name == "recipe"
    )
    return [argument.arg for argument in function.args.kwonlyargs]


def title(name):
    """The first line of a recipe's docstring: what it is, and the paper. Imports nothing."""
    return ast.get_docstring(_source(name)).splitlines()[0]


def resolve(name, settings=()):
    """Every parameter of a recipe with its value, defaults included.

    Args:
      name: str, the recipe.
      settings: sequence of str "name=value"; a value is read as the type of the default.
    Returns: dict of values by parameter name.
    Raises: ValueError for an unknown recipe or parameter, or a value of another type.
    """
    known = parameters(name)
    values = {key: parameter.default for key, parameter in known.items()}
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals:
            raise ValueError(f"--set takes name=value; received {setting!r}.")
        if key not in known:
            raise ValueError(f"Recipe {name} has no parameter {key!r}{_nearest(key, known)}.")
        values[key] = _typed(name, known[key], text)
    return values


def type_name(parameter):
    """How a parameter's type is told to a person: "int", or the values of a choice."""
    choices = typing.get_args(parameter.annotation)
    if choices:
        return " | ".join(map(str, choices))
    return type(parameter.default).__name__


def _check_name(name):
    if name not in names():
        raise ValueError(f"There is no recipe {name!r}{_nearest(name, names())}.")


def _source(name):
    return ast.parse(pkgutil.get_data(__name__, f"{name}.py").decode())


def _typed(name, parameter, text):
    """The value that a text stands for: the default's type, or one of the annotated choices."""
    choices = typing.get_args(parameter.annotation)
    kind = type(parameter.default)
    value = text if kind is str else _literal(text)
    if kind is float and type(value) is int:
        value = float(value)
    if kind is int and type(value) is float and value.is_integer():  # as tuners write 16: 16.0
        value = int(value)
    if type(value) is not kind or (choices and value not in choices):
        raise ValueError(
            f"Parameter {parameter.name} of recipe {name} takes {type_name(parameter)}, such as "
            f"{parameter.default}; received {text!r}."
        )
    return value


def _literal(text):
    """A Python number, boolean or tuple; the text itself if it is none of them."""
    try:
        return ast.literal_eval({"true": "True", "false": "False"}.get(text.lower(), text))
    except (ValueError, SyntaxError):
        return text


def _nearest(name, known):
    near = difflib.get_close_matches(name, known, n=3)
    listed = near or sorted(known)
    return f"; {'the nearest are' if near else 'there are'} {', '.join(listed)}"
