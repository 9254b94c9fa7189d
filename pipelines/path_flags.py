"""Flags that take a path, in which `~` and `$NAME` are replaced.

A shell does so only at the beginning of a word: not in `--workdir=~/run`, and not in files of
flags.
"""

import os
import re

from absl import flags


def define(name, default, about, values, *, once=False):
    """A flag for the path of a file or a folder.

    Args:
      once: bool, whether a second value is refused; else the last one counts.
    """
    serializer = flags.ArgumentSerializer()
    flags.DEFINE(_Path(), name, default, about, values, serializer, allow_overwrite=not once)


def define_source(name, default, about, values):
    """A flag for a path with or without words and colons before it, as in images:~/photos."""
    flags.DEFINE(_Source(), name, default, about, values, flags.ArgumentSerializer())


def expand(path):
    """A path such as "$HOME/photos" with `~` and `$NAME` replaced; a remote path stays as it is."""
    return path if "://" in path else os.path.expanduser(os.path.expandvars(path))


class _Path(flags.ArgumentParser):
    syntactic_help = "a path"

    def parse(self, argument):
        return expand(argument)


class _Source(_Path):
    syntactic_help = "a path, or words and a path as in images:photos"

    def parse(self, argument):
        words, path = re.fullmatch(r"((?:\w+:(?!//))*)(.*)", argument, re.DOTALL).groups()
        return words + expand(path)
