"""The parameters of recipes: descriptions, ranges, and how strings are parsed.

The signature of a recipe is the schema of its parameters: names, defaults and types. A name means
the same in every recipe, so that its description and range are defined once, here. Signatures are
read from the source without an import, so that help does not need TensorFlow.

>>> from tfgan import parameters
>>> width = parameters.from_source("def recipe(*, width=64): ...")["width"]
>>> width.parse("128"), width.accepts
(128, 'a whole number from 1 to 65,536')
"""

import ast
import dataclasses

from tfgan.parameters.ranges import Augmentation, Interval, Schedule
from tfgan.parameters.vocabulary import MAY_CHANGE, VOCABULARY


@dataclasses.dataclass(frozen=True)
class Parameter:
    """One parameter of a recipe.

    Attributes:
      name: str.
      default: bool, int, float or str.
      description: str; "" for a name that is not in the vocabulary.
      values: `Interval`, `Schedule`, `Augmentation`, or tuple of choices; None for any string.
      may_change: bool, whether a run may be resumed with another value, which must not affect the
        shape or the meaning of a variable.
    """

    name: str
    default: bool | int | float | str
    description: str
    values: Interval | Schedule | Augmentation | tuple | None
    may_change: bool = False

    @property
    def accepts(self):
        """The values in words: "a whole number, at least 1", "true or false", "a or b"."""
        if isinstance(self.values, tuple):
            *others, last = (str(each).lower() for each in self.values)
            return f"{', '.join(others)} or {last}"
        return "a string" if self.values is None else str(self.values)

    def parse(self, text):
        """The value that a string stands for.

        Args:
          text: str, such as "1e-3", "true" or "hinge"; "16.0" is a whole number, for tuners.
        Raises: see `validate`.
        """
        return self.validate(text if isinstance(self.default, str) else _literal(text), text)

    def validate(self, value, received=None):
        """A value, converted to the parameter's type: 1 is 1.0 where numbers are expected.

        Args:
          value: anything, such as an entry of a file.
          received: what the message quotes instead.
        Raises: ValueError for another type, a value out of range, or none of the choices.
        """
        kind = type(self.default)
        if kind is float and type(value) is int and abs(value) < 2**53:
            value = float(value)
        if kind is int and type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not kind or not (self.values is None or value in self.values):
            raise ValueError(
                f"{self.name} must be {self.accepts}, such as {self.default}; received "
                f"{value if received is None else received!r}."
            )
        return value


def from_source(source):
    """The parameters of a recipe, in their order.

    Args:
      source: str, of a module with `recipe(*, name=default, ...)`; a default is a literal, and
        choices are annotated as `Literal["a", "b"]`.
    Returns: dict of `Parameter` by name.
    Raises: SyntaxError or ValueError for another source.
    """
    nodes = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    functions = [node.args for node in nodes if node.name == "recipe"]
    if len(functions) != 1:
        raise ValueError(f"it defines {len(functions)} functions of that name")
    pairs = zip(functions[0].kwonlyargs, functions[0].kw_defaults, strict=True)
    return {each.arg: _parameter(each, ast.literal_eval(default)) for each, default in pairs}


def presets_from_source(source):
    """The values that each preset of a recipe sets, as they are written: dict of dict by name.

    Args:
      source: str, of a module that may assign `PRESETS = {"cpu": {}, "name": {"width": 64}}`, a
        literal; the first preset is the default and sets nothing.
    Returns: {} for a recipe without presets.
    Raises: ValueError, if it is not such a literal; SyntaxError for another source.
    """
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PRESETS":
            return _presets(node.value)
    return {}


def _presets(node):
    form = 'PRESETS must be a literal such as {"cpu": {}, "large": {"width": 64}}'
    try:
        presets = ast.literal_eval(node)
    except ValueError as error:
        raise ValueError(form) from error
    values = list(presets.values()) if isinstance(presets, dict) else [None]
    if not all(isinstance(each, dict) for each in values) or values[0]:
        raise ValueError(f"{form}, whose first entry is empty")
    return presets


def preset(names):
    """The parameter that chooses one of several presets, by default the first.

    Args:
      names: sequence of str.
    """
    about = "Named values of other parameters, which may still be set one by one."
    return Parameter("preset", names[0], about, tuple(names))


def _parameter(argument, default):
    description, values = VOCABULARY.get(argument.arg, ("", None))
    if isinstance(default, bool):
        values = (True, False)
    elif isinstance(argument.annotation, ast.Subscript):  # Literal["a", "b"]
        values = ast.literal_eval(argument.annotation.slice)
    elif values is None and not isinstance(default, str):
        values = Interval(type(default))
    return Parameter(argument.arg, default, description, values, argument.arg in MAY_CHANGE)


def _literal(text):
    """A Python number or boolean; the string itself if it is neither."""
    try:
        return ast.literal_eval({"true": "True", "false": "False"}.get(text.lower(), text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


# The parameters that every recipe takes, see `recipes.make`.
COMMON = {
    "learning_rate_schedule": Parameter(
        name="learning_rate_schedule",
        default="recipe",
        description="Schedule of all learning rates: constant, linear or cosine, optionally with "
        "the final fraction, such as cosine:0.1; recipe: the recipe's own.",
        values=Schedule(),
        may_change=True,
    ),
    "augment": Parameter(
        name="augment",
        default="none",
        description="Random changes of all that the discriminator of a GAN receives, for little "
        "data: none, diffaugment, ada or apa; with groups of transforms, such as "
        "diffaugment:translation,cutout or ada:bgc; and how often each, such as ada:p=0.2.",
        values=Augmentation(),
    ),
    "average_snapshots": Parameter(
        name="average_snapshots",
        default=0,
        description="Steps between snapshots of two more averages of the weights, of which one "
        "of another width is made after the training (--average_width); 0: none.",
        values=Interval(int, 0),
    ),
}
