"""Files that others may have made, opened for reading: ordinary ones, as far as they are long.

A pipe has no end until its writer comes, and a device such as /dev/zero has none at all; neither
declares a size that could be compared with memory. So only regular files are opened.
"""

import os
import stat

import tensorflow as tf

from tfgan import memory


def open_binary(path, name):
    """A file for reading at any place.

    Args:
      path: str, local or remote; a link to a regular file is followed.
      name: str, how messages call the file.
    Returns: a binary file object, to be closed.
    Raises: ValueError, if there is no such file, it is a pipe or a device, or it may not be read.
    """
    if not tf.io.gfile.exists(path) or tf.io.gfile.isdir(path):
        raise ValueError(f"{name}: there is no such file.")
    if "://" in path:
        return tf.io.gfile.GFile(path, "rb")
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ValueError(f"{name} is not a regular file.")
        return open(path, "rb")  # noqa: SIM115
    except OSError as error:
        raise ValueError(f"{name} cannot be read: {error.strerror}.") from error


def read_bytes(path, name):
    """The content of a file: bytes, no more than it is declared to have.

    Args: as of `open_binary`.
    Raises: ValueError, as `open_binary`, and for a file that memory does not hold.
    """
    with open_binary(path, name) as file:
        size = tf.io.gfile.stat(path).length
        memory.require(size, name)
        return file.read(size)
