"""Recipes: a paper's networks, losses, optimizers and data, one function per file.

A recipe is a module with a function `recipe(*, name=default, ...) -> Recipe`. The signature is the
schema of its parameters; the name is that of the module, or the path of a file ending in .py.
Every schedule depends on the parameter `steps`, the number of steps of the run.

    >>> from tfgan import recipes
    >>> recipes.title("dcgan")
    'DCGAN: Radford et al. 2016, https://arxiv.org/abs/1511.06434.'
    >>> recipes.resolve("dcgan", ["width=8"])["width"]
    8
"""

import ast
import contextlib
import dataclasses
import functools
import hashlib
import importlib
import os
import pkgutil
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from tfgan import parameters as schema
from tfgan import words

if TYPE_CHECKING:  # `tfgan recipes` imports no TensorFlow
    from tfgan.data import DataSpec
    from tfgan.models import GenerativeModel

_FORM = "must define recipe(*, batch_size=..., steps=..., ...) with literals for its defaults"


@dataclasses.dataclass(frozen=True)
class Recipe:
    """The training of one model.

    Attributes:
      build: function (spec, seed) -> compiled model; spec is a `data.DataSpec`.
      data: str, the default source, such as "mnist5k".
      batch_size: int, examples per step, over all devices.
      steps: int, generator updates.
      labelled: int, training examples that keep their label, the others have -1; None for all.
      label_share: float in [0, 1), the least share of labeled examples, which are repeated for it.
      unlabeled: str, a source of more training examples, which get the label -1; "" for none.
    """

    build: Callable[["DataSpec", int], "GenerativeModel"]
    data: str
    batch_size: int
    steps: int
    labelled: int | None = None
    label_share: float = 0.0
    unlabeled: str = ""


def names() -> list[str]:
    """The names of all recipes, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def is_file(name: str) -> bool:
    """Whether the name of a recipe is the path of a file, which ends in .py."""
    return name.endswith(".py")


def display_name(name: str) -> str:
    """The name of a recipe, or of its file, in records and messages."""
    return os.path.basename(name) if is_file(name) else name


def find(name: str) -> ModuleType:
    """The module of a recipe; a file is executed, once per content.

    Raises: ValueError for an unknown name, and for a file that cannot be executed.
    """
    text = source(name)
    return _executed(name, text) if is_file(name) else importlib.import_module(f"{__name__}.{name}")


def make(name: str, values: Mapping[str, Any]) -> Recipe:
    """A recipe with values for its parameters, or their defaults, and those of `parameters.COMMON`.

    Values that are not given are those of the value `preset`, if the recipe has presets.

    Raises: ValueError for an unknown name, inconsistent values, and a file whose code fails.
    """
    values = {**_preset_values(name, values), **values}
    arguments = {
        key: value for key, value in values.items() if key not in (*schema.COMMON, "preset")
    }
    with _errors_with_line(name):
        recipe = find(name).recipe(**arguments)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"recipe of {name} must return a Recipe; received {recipe!r}.")
    schedule = values.get("learning_rate_schedule", "recipe")
    augmentation = values.get("augment", "none")

    def build(spec, seed=0):
        with _errors_with_line(name):
            model = recipe.build(spec, seed)
        if schedule != "recipe":
            from tfgan.models import learning_rates  # imports TensorFlow

            learning_rates.set_schedule(model, schedule, recipe.steps)
        if augmentation != "none":
            model.set_augmentation(augmentation)
        if values.get("average_snapshots"):
            model.keep_power_averages()
        return model

    return dataclasses.replace(recipe, build=build)


def source(name: str) -> str:
    """The source of a recipe. Raises: ValueError for an unknown name or an unreadable file."""
    if not is_file(name):
        if name not in names():
            raise words.unknown("recipe", name, names(), most=len(names()))
        return cast(bytes, pkgutil.get_data(__name__, f"{name}.py")).decode()
    try:
        with open(name, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ValueError(f"The recipe {name} cannot be read: {reason}.") from error


def parameters(name: str, text: str | None = None) -> dict[str, schema.Parameter]:
    """The parameters of a recipe, or of its source `text`, by name. Imports nothing.

    Raises: ValueError for an unknown name, and for a file without a recipe.
    """
    text = source(name) if text is None else text
    try:
        own = schema.from_source(text)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"The recipe {name} {_FORM} ({error}).") from error
    for each in own.values():
        if type(each.default) not in (bool, int, float, str):
            raise ValueError(
                f"The recipe {name} {_FORM}, which are numbers, texts, True or False; received "
                f"{each.default!r} for {each.name}."
            )
    missing = {"batch_size", "steps"} - set(own)
    if missing:
        raise ValueError(f"The recipe {name} {_FORM}; it lacks {min(missing)}.")
    choices = presets(name, text)
    return ({"preset": schema.preset(list(choices))} if choices else {}) | own | schema.COMMON


def presets(name: str, text: str | None = None) -> dict[str, dict[str, Any]]:
    """What each preset of a recipe, or of its source `text`, sets: values by name, by preset.

    Returns: the first is the default and sets nothing; {} for a recipe without presets.
    Raises: ValueError for an unknown recipe, and for a file whose presets cannot be read.
    """
    text = source(name) if text is None else text
    try:
        return schema.presets_from_source(text)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"The recipe {name} cannot be read: {error}.") from error


def docstring(name: str) -> str:
    """The docstring of a recipe: str, "" without one. Imports nothing."""
    return ast.get_docstring(ast.parse(source(name))) or ""


def title(name: str) -> str:
    """The first line of a recipe's docstring: name and paper. Imports nothing."""
    return docstring(name).partition("\n")[0]


def resolve(name: str, settings: Mapping[str, Any] | Sequence[str] = ()) -> dict[str, Any]:
    """The values of all parameters of a recipe by name: set, else of the preset, else default.

    Args:
      name: str, the recipe.
      settings: values by name, or texts "name=value"; texts are parsed by the default's type.
    Raises: ValueError for an unknown recipe or parameter, or a value out of range.
    """
    known = parameters(name)
    values = settings if isinstance(settings, Mapping) else parse_settings(settings)
    resolved = {key: parameter.default for key, parameter in known.items()}
    for key, value in {**_preset_values(name, values), **values}.items():
        parameter = _parameter(name, key, known)
        convert = parameter.parse if isinstance(value, str) else parameter.validate
        try:
            resolved[key] = convert(value)
        except ValueError as error:
            raise ValueError(f"Recipe {name}: {error}") from error
    return resolved


def parse_settings(texts: Sequence[str], beginning: str = "--set takes") -> dict[str, str]:
    """Settings of the form name=value: dict of text by name; the last of a name counts.

    Raises: ValueError for another form, in a message with this beginning.
    """
    settings = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"{beginning} name=value; received {text!r}.")
        settings[name] = value
    return settings


def validate(name: str, values: Mapping[str, Any], text: str | None = None) -> dict[str, Any]:
    """The valid values of some parameters of a recipe, or of its source `text`, by name.

    Raises: ValueError for an unknown recipe or parameter, or a value out of range.
    """
    known = parameters(name, text)
    return {key: _parameter(name, key, known).validate(value) for key, value in values.items()}


def changeable_parameters(name: str) -> list[str]:
    """The parameters of a recipe that a resumed run may change."""
    return [key for key, parameter in parameters(name).items() if parameter.may_change]


def fingerprint(text: str) -> str:
    """Hex SHA-256 of a recipe's source."""
    return hashlib.sha256(text.encode()).hexdigest()


def have_same_code(source: str, other: str) -> bool:
    """Whether two sources differ in comments and layout at most."""
    return ast.dump(ast.parse(source)) == ast.dump(ast.parse(other))


def _preset_values(name: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What the preset among some settings of a recipe sets; {} without one, or of unknown name."""
    return presets(name).get(settings["preset"], {}) if "preset" in settings else {}


def _parameter(name: str, key: str, known: Mapping[str, schema.Parameter]) -> schema.Parameter:
    if key not in known:
        raise words.unknown(f"A parameter of recipe {name}", key, known)
    return known[key]


@functools.cache
def _executed(path: str, text: str) -> ModuleType:
    module = ModuleType(f"tfgan_recipe_{fingerprint(text)[:12]}")
    module.__file__ = path
    with _errors_with_line(path):
        exec(compile(text, path, "exec"), module.__dict__)
    return module


@contextlib.contextmanager
def _errors_with_line(path: str) -> Iterator[None]:
    """Turns an error in the code of a file into a ValueError with the line."""
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
