"""Removes files and directories, and never what a link leads to."""

import os
import shutil
import time

import tensorflow as tf

from tfgan.files.names import is_part, names_in


def remove(path):
    """Removes a file, or a directory with all that is in it; of a link, the link alone.

    Args:
      path: str, local or remote; it may be missing.
    """
    if "://" in path:
        if tf.io.gfile.isdir(path):
            tf.io.gfile.rmtree(path)
        elif tf.io.gfile.exists(path):
            tf.io.gfile.remove(path)
    elif os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)  # links inside it are removed and not followed
    elif os.path.lexists(path):
        os.remove(path)


def remove_parts(directory, least_age=0.0):
    """Removes what killed processes left half-written in a directory, but not behind a link.

    Only for a process that holds the lock of the directory, or with an age that no file reaches
    while it is written: others may be writing there.

    Args:
      directory: str, local or remote; it may be missing. Where a link leads, others hold the lock.
      least_age: float, seconds since the last change before which nothing is removed.
    """
    if os.path.islink(directory.rstrip("/")):
        return
    for name in names_in(directory):
        path = f"{directory}/{name}"
        if is_part(name) and (not least_age or _age(path) >= least_age):
            remove(path)


def _age(path):
    """Seconds since a file, directory or link of this machine was changed; 0 for a missing one."""
    try:
        return time.time() - os.lstat(path).st_mtime
    except FileNotFoundError:
        return 0.0
