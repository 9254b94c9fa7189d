"""Names of files: the names in a directory, names read from files, and names of unfinished files.

>>> [is_plain_name(name) for name in ("digits.npz", "../digits.npz", "")]
[True, False, False]
>>> is_part(part_of("runs/a/losses.txt").rpartition("/")[2])
True
"""

import os
import re
import secrets

import tensorflow as tf

_PART = re.compile(r"\..+\.[0-9a-f]{12}\.part")


def names_in(directory):
    """The names in a directory.

    Args:
      directory: str, local or remote; it may be missing.
    Returns: list of str, sorted, without slashes.
    Raises: OSError or `tf.errors.OpError`, if the directory cannot be read: `tf.io.gfile` treats
      an unreadable directory as a missing one.
    """
    if "://" not in directory:
        try:
            return sorted(os.listdir(directory))
        except (FileNotFoundError, NotADirectoryError):
            return []
    if not tf.io.gfile.exists(directory):
        return []
    return sorted(name.rstrip("/") for name in tf.io.gfile.listdir(directory))


def is_plain_name(name):
    """Whether a name that was read from a file stays inside the directory that it is joined to.

    Args:
      name: anything; only a str without separators, and neither "", "." nor "..", is plain.
    """
    return (
        isinstance(name, str)
        and name not in ("", ".", "..")
        and not any(character in name for character in "/\\\0")
    )


def part_of(path):
    """The path that a file or directory has until it is complete: str, unique, hidden.

    Args:
      path: str, local or remote; the part lies in the same directory.
    """
    directory, slash, name = path.rstrip("/").rpartition("/")
    return f"{directory}{slash}.{name}.{secrets.token_hex(6)}.part"


def is_part(name):
    """Whether a file name is of the form that `part_of` returns."""
    return _PART.fullmatch(name) is not None
