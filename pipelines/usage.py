"""The help texts, wrapped to the width of the terminal."""

import shutil
import textwrap

from absl import flags

from tfgan import recipes

_MAX_WIDTH = 100
_MIN_COLUMN = 30  # of a description beside its name
_INDENT = " " * 6


def of_program(verbs):
    """The text of `tfgan --help`, for descriptions by verb."""
    column = max(map(len, verbs)) + 2
    return "\n".join(
        [
            _wrapped("tfgan trains, evaluates and exports generative adversarial networks."),
            "",
            "Usage: tfgan COMMAND --flags",
            "",
            "Commands:",
            *(_entry(f"  {verb:<{column}}", about) for verb, about in verbs.items()),
            "",
            _wrapped(
                "`tfgan COMMAND --help` lists the flags of a command. `tfgan train` without flags "
                "trains the default recipe on real digits."
            ),
        ]
    )


def of_verb(verb, about, values, recipe=""):
    """The text of `tfgan VERB --help`: a description, and the flags in the order of definition.

    Args:
      verb, about: str, and the docstring of its module.
      values: `flags.FlagValues`.
      recipe: str, the recipe whose parameters are flags too, or "".
    Raises: ValueError for an unknown recipe.
    """
    paragraphs = f"tfgan {verb}: {about.strip()}".split("\n\n")
    lines = [_wrapped(" ".join(each.split())) + "\n" for each in paragraphs]
    lines.append(_wrapped("Flags (--flagfile=FILE reads them from a file):"))
    for name in values:
        lines += _flag(values[name])
    if recipe:
        lines += ["", _wrapped(f"Parameters of the recipe {recipe}, which are flags too:")]
        lines.append(of_recipe(recipe))
    return "\n".join(lines)


def of_recipe(name):
    """The parameters of a recipe: one per line, with default and meaning; then its presets."""
    parameters = recipes.parameters(name).values()
    column = max(len(f"{each.name}{each.default}") for each in parameters) + len("  -- []  ")
    lines = [
        _entry(f"  --{each.name} [{each.default}]".ljust(column), _meaning(each))
        for each in parameters
    ]
    return "\n".join(lines + _presets(recipes.presets(name)))


def _presets(presets):
    column = max(map(len, presets), default=0) + len("    ")
    entries = [
        _entry(
            f"  {name}".ljust(column), ", ".join(f"{key}={value}" for key, value in each.items())
        )
        for name, each in presets.items()
        if each
    ]
    return ["", "Presets, beside the defaults:", *entries] if entries else []


def _meaning(parameter):
    is_choice = isinstance(parameter.values, tuple) and not isinstance(parameter.default, bool)
    return parameter.description + (f" One of {parameter.accepts}." if is_choice else "")


def _flag(flag):
    name, about = flag.name, flag.help.partition(";\n    repeat this option")[0]  # of absl
    if flag.boolean:
        name = f"[no]{name}"
    if isinstance(flag.parser, flags.EnumParser):
        name += f"={'|'.join(filter(None, flag.parser.enum_values))}"
        about = about.partition(">: ")[2]  # absl begins with <the|values>:
    if isinstance(flag, flags.MultiFlag):
        about += " May be repeated."
    default = ",".join(flag.default) if isinstance(flag.default, list) else flag.default
    if default not in (None, "") and default is not False:
        name += f" [{default}]"
    return [f"  --{name}", _entry(_INDENT, about)]


def _entry(name, about):
    """A name and a description, whose lines are indented to one column."""
    if _width() - len(name) < _MIN_COLUMN:
        return f"{name.rstrip()}\n{textwrap.indent(_wrapped(about, len(_INDENT)), _INDENT)}"
    lines = textwrap.indent(_wrapped(about, len(name)), " " * len(name))
    return (name + lines[len(name) :]).rstrip()


def _wrapped(text, indent=0):
    return textwrap.fill(text, max(20, _width() - indent), break_on_hyphens=False)


def _width():
    return min(_MAX_WIDTH, shutil.get_terminal_size((_MAX_WIDTH, 24)).columns)
