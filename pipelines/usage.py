"""The help texts, as wide as the terminal."""

import shutil
import textwrap

from absl import flags

from tfgan import recipes

_WIDEST = 100
_REPEATED = "May be given several times."


def of_program(verbs):
    """What `tfgan --help` prints: the verbs (dict of name -> what it does) and where to go on."""
    column = max(map(len, verbs)) + 2
    return "\n".join(
        [
            _wrapped("tfgan trains and samples generative adversarial networks."),
            "",
            "Usage: tfgan COMMAND --flags",
            "",
            "Commands:",
            *(_entry(f"  {verb:<{column}}", does) for verb, does in verbs.items()),
            "",
            _wrapped(
                "`tfgan COMMAND --help` lists a command's flags; `tfgan train` alone trains the "
                "default recipe on real digits."
            ),
        ]
    )


def of_verb(verb, about, values, recipe=""):
    """What `tfgan VERB --help` prints: what the verb does, and its flags in their order.

    Args:
      verb: str.
      about: str, the docstring of its module.
      values: `flags.FlagValues`.
      recipe: str, the recipe whose parameters are flags as well; "" for none.
    Raises: ValueError for a recipe that does not exist.
    """
    title, _, rest = about.strip().partition("\n\n")
    paragraphs = [f"tfgan {verb}: {title}", *filter(None, rest.split("\n\n"))]
    lines = [_wrapped(" ".join(each.split())) + "\n" for each in paragraphs]
    lines.append(_wrapped("Flags (--flagfile=FILE reads them from a file):"))
    for name in values:
        lines += _flag(values[name])
    if recipe:
        lines += ["", _wrapped(f"Parameters of the recipe {recipe}, which are flags as well:")]
        lines.append(of_recipe(recipe))
    return "\n".join(lines)


def of_recipe(name):
    """The parameters of a recipe, one a line: flag, default and meaning.

    Raises: ValueError for a recipe that does not exist.
    """
    known = recipes.parameters(name).values()
    beginnings = [f"  --{each.name} [{each.default}]" for each in known]
    column = max(map(len, beginnings)) + 2
    return "\n".join(
        _entry(f"{beginning:<{column}}", _meaning(each))
        for beginning, each in zip(beginnings, known, strict=True)
    )


def _meaning(parameter):
    is_choice = isinstance(parameter.values, tuple) and not isinstance(parameter.default, bool)
    return (
        f"{parameter.description} One of {parameter.accepts}."
        if is_choice
        else parameter.description
    )


def no_positionals(positionals):
    """Refuses arguments that are not flags.

    Raises: absl `flags.Error`.
    """
    if positionals:
        raise flags.Error(f"Unexpected argument {positionals[0]!r}: flags start with --.")


def _flag(flag):
    """The lines of a flag: its name with the default, what it may be, and what it means."""
    sign = "--[no]" if flag.boolean else "--"
    has_default = flag.default not in (None, [], "") and flag.default is not False
    default = f" [{_written(flag.default)}]" if has_default else ""
    about = flag.help.partition(";\n    repeat this option")[0]
    if isinstance(flag.parser, flags.EnumParser):
        choices = ", ".join(each for each in flag.parser.enum_values if each)
        about = f"{choices}: {about.partition('>: ')[2]}"  # absl begins with <the|choices>:
    if isinstance(flag, flags.MultiFlag):
        about = f"{about} {_REPEATED}"
    return [f"  {sign}{flag.name}{default}", _entry("      ", about)]


def _written(default):
    return ",".join(default) if isinstance(default, list) else default


def _entry(beginning, about):
    """A text after a beginning, in which its further lines are indented as well."""
    room = _width() - len(beginning)
    if room < 30:  # a narrow terminal
        return f"{beginning.rstrip()}\n{textwrap.indent(_wrapped(about, 6), ' ' * 6)}"
    lines = _wrapped(about, len(beginning)).splitlines() or [""]
    return f"{beginning}{lines[0]}".rstrip() + "".join(
        f"\n{' ' * len(beginning)}{line}" for line in lines[1:]
    )


def _wrapped(text, indent=0):
    return textwrap.fill(text, max(20, _width() - indent), break_on_hyphens=False)


def _width():
    return min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)
