"""The files that a directory of ours holds: regular ones, and never what a link leads to."""

import errno
import os
import stat

import tensorflow as tf

_FLAGS = {"rb": os.O_RDONLY, "ab": os.O_WRONLY | os.O_APPEND | os.O_CREAT}
_OTHER_KINDS = (
    errno.ELOOP,
    errno.EISDIR,
    errno.ENXIO,
)  # a link, a directory, a pipe without reader


def open_own(path, mode):
    """Opens a file that a program made itself, to read it or to write at its end.

    Args:
      path: str, local or remote.
      mode: "rb", or "ab", which makes the file if it is missing.
    Returns: a binary file object, to be closed.
    Raises: OSError with a sentence for a link, a directory, a pipe or a device; OSError or
      `tf.errors.OpError`, if it cannot be opened.
    """
    if "://" in path:
        return tf.io.gfile.GFile(path, mode)
    try:
        # A pipe would keep an opening that waits for the other side from ever coming back.
        opened = os.open(path, _FLAGS[mode] | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
    except OSError as error:
        if error.errno in _OTHER_KINDS:
            raise _refusal(path) from error
        raise
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise _refusal(path)
    return os.fdopen(opened, mode)


def _refusal(path):
    return OSError(
        f"{path} must be a regular file; it is a link, a directory, a pipe or a device, which is "
        "neither read nor written to: move it away."
    )
