"""Files and directories that appear whole or not at all.

Both are written beside their final path, under a name that no other process uses, and renamed. A
process that is killed leaves a hidden `.NAME.TOKEN.part`, which `removal.remove_parts` removes.

>>> path = "ram://doctest/runs/losses.txt"
>>> with atomic_file(path) as part:
...     with tf.io.gfile.GFile(part, "w") as file:
...         _ = file.write("1.5")
...     assert not tf.io.gfile.exists(path)
>>> tf.io.gfile.exists(path)
True
"""

import contextlib
import io
import os

import numpy as np
import tensorflow as tf

from tfgan.files.names import part_of
from tfgan.files.removal import remove


@contextlib.contextmanager
def atomic_file(path):
    """Creates or replaces a file once the block has ended without an error: yields a path to write.

    Missing directories are created. A link at the path is replaced, not followed.
    """
    if directory := os.path.dirname(path):
        tf.io.gfile.makedirs(directory)
    part = part_of(path)
    try:
        yield part
        tf.io.gfile.rename(part, path, overwrite=True)
    except BaseException:
        with contextlib.suppress(OSError, tf.errors.OpError):
            remove(part)
        raise


@contextlib.contextmanager
def atomic_directory(directory, last=""):
    """Creates a directory, or adds files to one, once the block has ended without an error.

    A new local directory appears in one step. The files of a remote or an existing directory are
    renamed one by one.

    Args:
      directory: str, local or remote.
      last: str, the suffix of the file that is renamed last.
    Yields: str, the path of an empty directory to fill.
    Raises: ValueError, if another process has filled a directory of this name during the block.
    """
    directory = directory.rstrip("/")
    is_new = "://" in directory or not os.path.exists(directory)
    part = part_of(directory if is_new else f"{directory}/files")
    try:
        tf.io.gfile.makedirs(part)
        yield part
        if is_new and "://" not in directory:
            _rename(part, directory)
        else:
            _move_files(part, directory, last)
    finally:
        with contextlib.suppress(OSError, tf.errors.OpError):
            remove(part)


def _rename(part, directory):
    try:
        os.rename(part, directory)
    except OSError as error:
        if os.path.lexists(directory):
            raise ValueError(f"{directory} holds files already.") from error
        raise


def _move_files(part, directory, last):
    walk = tf.io.gfile.walk(part)
    paths = [f"{folder.rstrip('/')}/{name}" for folder, _, names in walk for name in names]
    for path in sorted(paths, key=lambda path: bool(last) and path.endswith(last)):
        target = directory + path.removeprefix(part)
        tf.io.gfile.makedirs(os.path.dirname(target))
        tf.io.gfile.rename(path, target, overwrite=True)


def write_text(path, text):
    """Writes a text file atomically, see `atomic_file`."""
    write_bytes(path, text.encode())


def write_bytes(path, content):
    """Writes a binary file atomically, see `atomic_file`."""
    with atomic_file(path) as part, tf.io.gfile.GFile(part, "wb") as file:
        file.write(content)


def write_together(contents):
    """Writes some binary files; none appears before all of them are written, see `atomic_file`.

    Args:
      contents: dict of bytes by path.
    Raises: IsADirectoryError, before anything is written, for the path of a directory.
    """
    for path in contents:
        if tf.io.gfile.isdir(path):
            raise IsADirectoryError(f"{path} is a directory")
    with contextlib.ExitStack() as stack:
        for path, content in contents.items():
            part = stack.enter_context(atomic_file(path))
            with tf.io.gfile.GFile(part, "wb") as file:
                file.write(content)


def write_arrays(path, arrays, *, compressed=False):
    """Writes a dict of arrays as an .npz file atomically; equal arrays give equal bytes.

    Unlike `np.savez` it adds no suffix.
    """
    write_bytes(path, array_bytes(arrays, compressed=compressed))


def array_bytes(arrays, *, compressed=False):
    """The content of the file of `write_arrays`: bytes."""
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, **arrays)
    return buffer.getvalue()
