"""Directories that get their files all at once.

The files are written into a hidden directory under a name that no other process uses, and moved
when all are there. It lies beside a new directory, which is then renamed in one step; an existing
directory stays the one it is, and object stores have none: there the files move one by one.
"""

import contextlib
import os

import tensorflow as tf

from tfgan.files.atomic import is_part, part_of
from tfgan.files.locks import NAME, Lock, Locked
from tfgan.files.removal import remove

_FULL = "{} holds files already; choose an empty or new folder."


@contextlib.contextmanager
def filling(directory, doing):
    """A place for files that move into a directory once the block has ended well.

    What a killed process left of the same directory is removed first; a block that raises leaves
    nothing.

    Args:
      directory: str, local or remote; missing or empty.
      doing: str, what writes, such as "tfgan sample".
    Yields: str, an empty directory to fill.
    Raises: ValueError, if the directory holds files, before the block or after it;
      `tf.errors.OpError` or OSError, if it cannot be written.
    """
    directory = directory.rstrip("/") if "://" in directory else os.path.realpath(directory)
    is_new = "://" in directory or not os.path.exists(directory)
    part = part_of(directory if is_new else f"{directory}/files")
    _remove_abandoned(part, doing)
    _check_empty(directory)
    lock = Lock(part, doing)
    lock.acquire()
    try:
        yield part
        lock.release()
        _check_empty(directory, part)
        _move(part, directory)
    except BaseException:
        lock.release()
        remove(part)
        raise


def _check_empty(directory, part=""):
    """Raises ValueError, if a directory holds anything but the part."""
    names = tf.io.gfile.listdir(directory) if tf.io.gfile.exists(directory) else []
    if any(f"{directory}/{name.rstrip('/')}" != part for name in names):
        raise ValueError(_FULL.format(directory))


def _remove_abandoned(part, doing):
    """Removes the parts of other processes that have ended, which their locks tell."""
    folder, _, name = part.rpartition("/")
    if "://" in part or not os.path.isdir(folder):
        return
    stem = name.rsplit(".", 2)[0]
    for other in os.listdir(folder):
        path = f"{folder}/{other}"
        is_ours = other.startswith(f"{stem}.") and is_part(other) and not os.path.islink(path)
        if is_ours and os.path.exists(f"{path}/{NAME}"):
            with contextlib.suppress(Locked):
                Lock(path, doing).acquire()
                remove(path)


def _move(part, directory):
    if "://" not in directory and not part.startswith(f"{directory}/"):
        _rename(part, directory)
        return
    for folder, _, names in tf.io.gfile.walk(part):
        place = directory + folder.rstrip("/").removeprefix(part)
        tf.io.gfile.makedirs(place)
        for name in names:
            tf.io.gfile.rename(f"{folder.rstrip('/')}/{name}", f"{place}/{name}")
    remove(part)


def _rename(part, directory):
    """Gives a new directory its name, unless another process has filled one of that name."""
    try:
        os.rename(part, directory)
    except OSError as error:
        if os.path.lexists(directory):
            raise ValueError(_FULL.format(directory)) from error
        raise
