"""Flags that take a path: `~` and `$NAME` are replaced, as a shell would where it sees them.

A shell leaves `--workdir=~/run` and `--data=images:~/photos` alone, and so do files of flags and
the lists in which schedulers keep arguments.
"""

import os
import re

from absl import flags


def define(name, default, about, values):
    """A flag for the path of a file or a folder.

    Args:
      name, default, about: str.
      values: `flags.FlagValues`.
    """
    flags.DEFINE(_Path(), name, default, about, values, flags.ArgumentSerializer())


def define_source(name, default, about, values):
    """A flag for a path that may follow a word and a colon, as in images:~/photos.

    Args:
      name, default, about: str.
      values: `flags.FlagValues`.
    """
    flags.DEFINE(_Source(), name, default, about, values, flags.ArgumentSerializer())


def expand(path):
    """A path as a shell would read it: `~` and `$NAME` replaced; remote paths stay as they are.

    Args:
      path: str, such as "~/photos" or "$HOME/photos".
    Returns: str.
    """
    return path if "://" in path else os.path.expanduser(os.path.expandvars(path))


def is_path(flag):
    """Whether a flag takes a path, or a path after a word and a colon.

    Args:
      flag: `flags.Flag`.
    """
    return isinstance(flag.parser, _Path)


def absolute(flag):
    """The value of a flag; a path in it as it is named in every directory.

    Args:
      flag: `flags.Flag`.
    """
    value = flag.value
    is_place = is_path(flag) and value and "://" not in value
    if is_place and (flag.parser.flag_type() == "path" or os.path.exists(value)):
        return os.path.abspath(value)
    return value


def take(flag, value):
    """Gives a flag a value that a file holds; a path is taken as it stands, nothing is replaced.

    Args:
      flag: `flags.Flag`.
      value: what the flag holds, or the text of it.
    Raises: ValueError for a path that is not text, and what the flag does not take.
    """
    if not is_path(flag):
        flag.parse(value)
    elif isinstance(value, str):
        flag.value, flag.present = value, flag.present + 1
    else:
        raise ValueError(f"--{flag.name} must be a path; received {value!r}.")


class _Path(flags.ArgumentParser):
    """Reads a path."""

    syntactic_help = "a path"

    def parse(self, argument):
        return expand(argument)

    def flag_type(self):
        return "path"


class _Source(_Path):
    """Reads a path, with a word and a colon before it or without."""

    syntactic_help = "a path, or a word and a path as in images:photos"

    def flag_type(self):
        return "source"

    def parse(self, argument):
        word, path = re.fullmatch(r"(\w+:(?!//))?(.*)", argument, re.DOTALL).groups()
        return (word or "") + expand(path)
