"""Opens regular files only.

A pipe waits for its writer, and a device has no end. Files of a user may be reached through a link;
those that a program writes itself may not.
"""

import errno
import os
import stat

import tensorflow as tf

from tfgan import memory

_FLAGS = {"rb": os.O_RDONLY, "ab": os.O_WRONLY | os.O_APPEND | os.O_CREAT}
_IRREGULAR = (errno.ELOOP, errno.EISDIR, errno.ENXIO)  # a link, a directory, an unread pipe


def open_binary(path, name):
    """A binary file, to be closed, for reading at any position.

    Args:
      path: str, local or remote; a link to a regular file is followed.
      name: str, what messages call the file.
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
    """The content of a file: bytes; as `open_binary`, and ValueError if memory does not suffice."""
    with open_binary(path, name) as file:
        size = tf.io.gfile.stat(path).length
        memory.require(size, name)
        return file.read(size)


def open_without_links(path, mode):
    """A file, to be closed, that the program wrote itself; a link at its path is not followed.

    Args:
      path: str, local or remote.
      mode: "rb", or "ab", which creates the file if it is missing.
    Raises: OSError with a message for a link, a directory, a pipe or a device; OSError or
      `tf.errors.OpError`, if it cannot be opened.
    """
    if "://" in path:
        return tf.io.gfile.GFile(path, mode)
    try:
        # Without O_NONBLOCK, opening a pipe would wait for its other end.
        descriptor = os.open(path, _FLAGS[mode] | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    except OSError as error:
        if error.errno in _IRREGULAR:
            raise _irregular(path) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _irregular(path)
    return os.fdopen(descriptor, mode)


def _irregular(path):
    return OSError(
        f"{path} must be a regular file; it is a link, a directory, a pipe or a device, which is "
        "neither read nor written to: move it away."
    )
