"""Reads the arguments of a command; what is wrong with one is said in our words."""

import difflib
import math
import re

from absl import flags

from tfgan.parameters import Interval

from . import flag_synonyms


def read(verb, values, arguments):
    """Reads the flags of a command.

    Args:
      verb: str, the command.
      values: `flags.FlagValues` with its flags, which are set.
      arguments: list of str.
    Returns: list of str, the arguments that are not flags.
    Raises: absl `flags.Error` with one sentence, for a flag that the command does not have and for
      a value that a flag cannot have.
    """
    try:
        positionals = values([verb, *arguments])[1:]
    except flags.UnrecognizedFlagError as error:
        raise flags.Error(_unknown(verb, values, error)) from error
    except flags.IllegalFlagValueError as error:
        raise flags.Error(_illegal(values, error)) from error
    except ValueError as error:  # --noflip=3
        raise flags.Error(f"{error}.") from error
    for name in values:
        value = values[name].value
        if isinstance(value, float) and not math.isfinite(value):
            raise flags.Error(f"--{name} must be {_takes(values[name])}; received {value}.")
    return positionals


def _unknown(verb, values, error):
    name, value = error.flagname, error.flagvalue.partition("=")[2]
    beginning = f"There is no flag --{name}"
    advice = flag_synonyms.advice(name, value, values)
    if advice:
        return f"{beginning}: {advice}."
    near = difflib.get_close_matches(name, list(values), n=2)
    if near:
        return f"{beginning}; the nearest are {', '.join(f'--{each}' for each in near)}."
    return f"{beginning}; `tfgan {verb} --help` lists the flags."


def _illegal(values, error):
    """absl's message is "flag --NAME=VALUE: REASON", where REASON is that of the parser."""
    name, rest = re.match(r"flag --(\w+)=(.*)", str(error), re.DOTALL).groups()
    value = rest.removesuffix(f": {error.__context__}")
    return f"--{name} must be {_takes(values[name])}; received {value!r}."


def _takes(flag):
    """What a flag takes, in words."""
    parser = flag.parser
    if isinstance(parser, flags.EnumParser):
        *others, last = (each for each in parser.enum_values if each)
        return f"{', '.join(others)} or {last}" if others else last
    if isinstance(parser, flags.IntegerParser):
        return str(Interval(int, parser.lower_bound, parser.upper_bound))
    if isinstance(parser, flags.FloatParser):
        return str(Interval(float, parser.lower_bound, parser.upper_bound))
    return "true or false" if flag.boolean else parser.syntactic_help
