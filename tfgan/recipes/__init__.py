"""Recipes: a paper's networks, losses, optimizers and data as one function a file.

A recipe is a module with a function `recipe(*, name=default, ...) -> Recipe`; its signature is the
schema of its parameters, its docstring says paper, command and figures. The module's name is the
recipe's name, so adding a file adds a recipe. The parameter `steps` is the number of steps that the
run takes; what depends on its length depends on that.

A file of the same form anywhere else is a recipe as well: its path, which ends in .py, stands
wherever a name does, and its code runs once a recipe is made of it.
"""

import ast
import contextlib
import dataclasses
import difflib
import functools
import hashlib
import importlib
import os
import pkgutil
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from tfgan import parameters as schema

if TYPE_CHECKING:  # `tfgan recipes` imports no TensorFlow
    from tfgan.data import DataSpec
    from tfgan.models import GenerativeModel

_FORM = "must define recipe(*, batch_size=..., steps=..., ...) with literals for its defaults"

_KINDS = (bool, int, float, str)


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


def is_file(name: str) -> bool:
    """Whether a recipe is named by its file, the path of which ends in .py."""
    return name.endswith(".py")


def label(name: str) -> str:
    """What a recipe is called in records and messages: its name, or that of its file."""
    return os.path.basename(name) if is_file(name) else name


def find(name: str) -> ModuleType:
    """The module of a recipe; a file is executed, once for each content.

    Raises: ValueError for a name that is no recipe, with the nearest names, and for a file that
      cannot be executed.
    """
    text = source(name)
    return _executed(name, text) if is_file(name) else importlib.import_module(f"{__name__}.{name}")


def make(name: str, values: Mapping[str, Any]) -> Recipe:
    """A recipe with values for its parameters.

    Args:
      name: str.
      values: dict by parameter name; some may be missing.
    Returns: Recipe, whose models follow `learning_rate_schedule` over its steps.
    Raises: ValueError for a name that is no recipe, values that do not go together, and a file
      whose code fails.
    """
    own = {key: value for key, value in values.items() if key not in schema.COMMON}
    with _naming_the_line(name):
        recipe = find(name).recipe(**own)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"recipe of {name} must return a Recipe; received {recipe!r}.")
    schedule = values.get("learning_rate_schedule", "recipe")

    def build(spec, seed=0):
        with _naming_the_line(name):
            model = recipe.build(spec, seed)
        if schedule != "recipe":
            from tfgan.models import learning_rates  # here, where TensorFlow is needed anyway

            learning_rates.follow(model, schedule, recipe.steps)
        return model

    return dataclasses.replace(recipe, build=build)


def source(name: str) -> str:
    """The text of a recipe: str. Imports nothing.

    Raises: ValueError for a name that is no recipe, with the nearest names, and for a file that
      cannot be read.
    """
    if not is_file(name):
        if name not in names():
            raise ValueError(f"There is no recipe {name!r}{_nearest(name, names())}.")
        return cast(bytes, pkgutil.get_data(__name__, f"{name}.py")).decode()
    try:
        with open(name, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ValueError(f"The recipe {name} cannot be read: {reason}.") from error


def parameters(name: str, text: str | None = None) -> dict[str, schema.Parameter]:
    """The parameters of a recipe: dict of `parameters.Parameter` by name. Imports nothing.

    Args:
      name: str, the recipe.
      text: str, its source, where that is at hand.
    Raises: ValueError for a name that is no recipe, with the nearest names, and for a file that is
      not of the form of a recipe.
    """
    return _read(name, source(name) if text is None else text)


def docstring(name: str) -> str:
    """What a recipe says about itself: str, "" for nothing. Imports nothing."""
    return ast.get_docstring(ast.parse(source(name))) or ""


def title(name: str) -> str:
    """The first line of a recipe's docstring: what it is, and the paper. Imports nothing."""
    return docstring(name).partition("\n")[0]


def resolve(name: str, settings: Mapping[str, Any] | Sequence[str] = ()) -> dict[str, Any]:
    """Every parameter of a recipe with its value, defaults included.

    Args:
      name: str, the recipe.
      settings: values by parameter name, or texts "name=value"; a text is read as the type of the
        default.
    Returns: dict of values by parameter name.
    Raises: ValueError for an unknown recipe or parameter, or a value that it cannot have.
    """
    known = parameters(name)
    given = settings if isinstance(settings, Mapping) else read_settings(settings)
    values = {key: parameter.default for key, parameter in known.items()}
    for key, value in given.items():
        if key not in known:
            raise ValueError(f"Recipe {name} has no parameter {key!r}{_nearest(key, known)}.")
        read = known[key].parse if isinstance(value, str) else known[key].validate
        try:
            values[key] = read(value)
        except ValueError as error:
            raise ValueError(f"Recipe {name}: {error}") from error
    return values


def read_settings(texts: Sequence[str], beginning: str = "--set takes") -> dict[str, str]:
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


def checked(name: str, values: Mapping[str, Any], text: str | None = None) -> dict[str, Any]:
    """The parameters of a recipe as a file holds them, if each makes sense.

    Args:
      name: str, the recipe.
      values: dict by parameter name; some may be missing.
      text: str, the recipe's source, where that is at hand.
    Returns: dict, of the same names.
    Raises: ValueError for an unknown recipe or parameter, or a value that it cannot have.
    """
    known = parameters(name, text)
    for key in values:
        if key not in known:
            raise ValueError(f"Recipe {name} has no parameter {key!r}{_nearest(key, known)}.")
    return {key: known[key].validate(value) for key, value in values.items()}


def changeable(name: str) -> list[str]:
    """The parameters that a run of a recipe may go on with another value of: list of str."""
    return [key for key, parameter in parameters(name).items() if parameter.may_change]


def fingerprint(text: str) -> str:
    """Hex SHA-256 of a recipe's source."""
    return hashlib.sha256(text.encode()).hexdigest()


def do_the_same(one: str, other: str) -> bool:
    """Whether two sources differ in comments and layout at most."""
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))


@functools.cache
def _executed(path: str, text: str) -> ModuleType:
    """The module of a file with this content."""
    module = ModuleType(f"tfgan_recipe_{fingerprint(text)[:12]}")
    module.__file__ = path
    with _naming_the_line(path):
        exec(compile(text, path, "exec"), module.__dict__)
    return module


@contextlib.contextmanager
def _naming_the_line(path: str) -> Iterator[None]:
    """Turns what the code of a file raises into a ValueError that names its line."""
    try:
        yield
    except Exception as error:
        if not is_file(path) or isinstance(error, MemoryError):
            raise
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == path]
        where = f"line {lines[-1]}, " if lines else ""
        reason = " ".join(str(error).split())
        raise ValueError(
            f"The recipe {path} fails ({where}{type(error).__name__}: {reason})."
        ) from error


def _read(name: str, text: str) -> dict[str, schema.Parameter]:
    try:
        found = schema.from_source(text)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"The recipe {name} {_FORM} ({error}).") from error
    strange = [each for each in found.values() if type(each.default) not in _KINDS]
    if strange:
        raise ValueError(
            f"The recipe {name} {_FORM}, which are numbers, texts, True or False; "
            f"{strange[0].name} has {strange[0].default!r}."
        )
    missing = {"batch_size", "steps"} - set(found)
    if missing:
        raise ValueError(f"The recipe {name} {_FORM}; it lacks {min(missing)}.")
    return found | schema.COMMON


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=3)
    listed = near or sorted(known)
    return f"; {'the nearest are' if near else 'there are'} {', '.join(listed)}"
