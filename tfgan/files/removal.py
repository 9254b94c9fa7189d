"""Removes files and directories, but never the target of a link."""

import os
import shutil
import time

import tensorflow as tf

from tfgan.files.names import is_part, names_in


def remove(path):
    """Removes a file, or a directory with its content, if it exists; of a link, the link alone."""
    if "://" in path:
        if tf.io.gfile.isdir(path):
            tf.io.gfile.rmtree(path)
        elif tf.io.gfile.exists(path):
            tf.io.gfile.remove(path)
    elif os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)  # does not follow links
    elif os.path.lexists(path):
        os.remove(path)


def remove_parts(directory, min_age=0.0):
    """Removes the unfinished files that killed processes left in a directory.

    Only for the holder of the directory's lock, or with an age that no file in writing reaches.

    Args:
      directory: str, local or remote; it may be missing. A link is not followed.
      min_age: float, seconds since the last change.
    """
    if os.path.islink(directory.rstrip("/")):
        return
    for name in names_in(directory):
        path = f"{directory}/{name}"
        if is_part(name) and (not min_age or _age(path) >= min_age):
            remove(path)


def _age(path):
    try:
        return time.time() - os.lstat(path).st_mtime
    except FileNotFoundError:
        return 0.0
