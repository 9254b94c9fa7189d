"""Directories that a program fills once, while no other program does."""

import contextlib
import os

import tensorflow as tf

from tfgan.files import locks
from tfgan.files.atomic import atomic_directory
from tfgan.files.names import is_part, names_in
from tfgan.files.removal import remove


@contextlib.contextmanager
def new_directory(directory, program):
    """Fills a directory as `atomic_directory`; removes first what a killed process left of it.

    Args:
      directory: str, local or remote; missing or empty.
      program: str, the program that writes, such as "tfgan sample".
    Raises: ValueError, if the directory holds files, before the block or after it.
    """
    directory = directory.rstrip("/") if "://" in directory else os.path.realpath(directory)
    if "://" not in directory:
        is_new = not os.path.exists(directory)
        _remove_abandoned(*(os.path.split(directory) if is_new else (directory, "files")), program)
    _check_empty(directory)
    with atomic_directory(directory) as part:
        with locks.locked(part, program):
            yield part
        _check_empty(directory, part)


def _check_empty(directory, part=""):
    names = tf.io.gfile.listdir(directory) if tf.io.gfile.exists(directory) else []
    if any(f"{directory}/{name.rstrip('/')}" != part for name in names):
        raise ValueError(f"{directory} holds files already; choose an empty or new folder.")


def _remove_abandoned(folder, stem, program):
    for name in names_in(folder):
        path = f"{folder}/{name}"
        is_ours = name.startswith(f".{stem}.") and is_part(name) and not os.path.islink(path)
        if is_ours and os.path.exists(f"{path}/{locks.NAME}"):
            with contextlib.suppress(locks.Locked):
                locks.Lock(path, program).acquire()
                remove(path)
