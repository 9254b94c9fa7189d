"""Removes files and directories, and never what a link leads to."""

import os
import shutil

import tensorflow as tf

from tfgan.files.listing import names_in
from tfgan.files.writing import is_part


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


def remove_parts(directory):
    """Removes what killed processes left half-written in a directory.

    Only for a process that holds the lock of the directory: others may be writing there.

    Args:
      directory: str, local or remote; it may be missing.
    """
    for name in names_in(directory):
        if is_part(name):
            remove(f"{directory}/{name}")
