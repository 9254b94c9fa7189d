"""Parses the arguments of a command, with one-line error messages."""

import difflib
import math
import re

from absl import flags

from tfgan.parameters import Interval

from . import flag_synonyms


def read(verb, values, arguments):
    """Sets the flags of a command, `values`, to its arguments.

    Returns: list of str, the arguments that are not flags.
    Raises: absl `flags.Error` for an unknown flag, and for a value that a flag does not accept.
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
            raise flags.Error(f"--{name} must be {_accepted(values[name])}; received {value}.")
    return positionals


def no_positionals(positionals):
    """Raises absl `flags.Error` for arguments that are not flags."""
    if positionals:
        raise flags.Error(f"Unexpected argument {positionals[0]!r}: flags start with --.")


def _unknown(verb, values, error):
    name, value = error.flagname, error.flagvalue.partition("=")[2]
    hint = flag_synonyms.advice(name, value, values)
    if hint:
        return f"There is no flag --{name}: {hint}."
    near = difflib.get_close_matches(name, list(values), n=2)
    if near:
        return f"There is no flag --{name}. Did you mean --{' or --'.join(near)}?"
    return f"There is no flag --{name}; `tfgan {verb} --help` lists the flags."


def _illegal(values, error):
    """absl's message is "flag --NAME=VALUE: REASON", where REASON is that of the parser."""
    name, rest = re.match(r"flag --(\w+)=(.*)", str(error), re.DOTALL).groups()
    flag = values[name]
    if not flag.allow_overwrite and flag.present:
        value = rest.removesuffix(f": already defined as {flag.value}")
        return f"--{name} must be given once; received {flag.value!r} and {value!r}."
    value = rest.removesuffix(f": {error.__context__}")
    return f"--{name} must be {_accepted(values[name])}; received {value!r}."


def _accepted(flag):
    parser = flag.parser
    if isinstance(parser, flags.EnumParser):
        *others, last = filter(None, parser.enum_values)
        return f"{', '.join(others)} or {last}" if others else last
    if isinstance(parser, flags.IntegerParser | flags.FloatParser):
        kind = int if isinstance(parser, flags.IntegerParser) else float
        return str(Interval(kind, parser.lower_bound, parser.upper_bound))
    return "true or false" if flag.boolean else parser.syntactic_help
