"""What lies in a directory, and never "nothing" for a directory that could not be read."""

import os

import tensorflow as tf


def names_in(directory):
    """The names in a directory, sorted, without slashes; none if the directory is missing.

    Args:
      directory: str, local or remote.
    Returns: list of str.
    Raises: OSError or `tf.errors.OpError`, if it cannot be read: `tf.io.gfile` takes a directory
      that may not be read for one that is not there.
    """
    if "://" not in directory:
        try:
            return sorted(os.listdir(directory))
        except (FileNotFoundError, NotADirectoryError):
            return []
    if not tf.io.gfile.exists(directory):
        return []
    return sorted(name.rstrip("/") for name in tf.io.gfile.listdir(directory))
