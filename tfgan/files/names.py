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
    """The names in a directory, which may be missing: list of str, sorted, without slashes.

    Raises: OSError or `tf.errors.OpError`, if the directory cannot be read.
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
    """Whether a value read from a file is the name of something inside a directory."""
    return (
        isinstance(name, str)
        and name not in ("", ".", "..")
        and not any(character in name for character in "/\\\0")
    )


def part_of(path):
    """The path beside `path` until a file or directory is complete: str, unique, hidden."""
    directory, slash, name = path.rstrip("/").rpartition("/")
    return f"{directory}{slash}.{name}.{secrets.token_hex(6)}.part"


def is_part(name):
    """Whether a file name is of the form that `part_of` returns."""
    return _PART.fullmatch(name) is not None
