"""Files that appear whole or not at all.

A file is written beside its place, under a name that no other process uses, and renamed. A process
that is killed leaves a hidden `.NAME.TOKEN.part`, which `removal.remove_parts` clears away.
"""

import contextlib
import io
import os
import re
import secrets

import numpy as np
import tensorflow as tf

_PART = re.compile(r"\..+\.[0-9a-f]{12}\.part")


def part_of(path):
    """Where a file or directory is written before it gets its name: str, unique, in the same place.

    Args:
      path: str, local or remote.
    """
    directory, slash, name = path.rstrip("/").rpartition("/")
    return f"{directory}{slash}.{name}.{secrets.token_hex(6)}.part"


def is_part(name):
    """Whether a name is one that `part_of` gives."""
    return _PART.fullmatch(name) is not None


@contextlib.contextmanager
def replacing(path, mode="w"):
    """A file that gets its name, and replaces the one that has it, once the block has ended well.

    Missing directories are made. A link in its place is replaced, not followed.

    Args:
      path: str, local or remote.
      mode: "w" for text, "wb" for bytes.
    Yields: `tf.io.gfile.GFile`.
    """
    directory = os.path.dirname(path)
    if directory:
        tf.io.gfile.makedirs(directory)
    part = part_of(path)
    try:
        with tf.io.gfile.GFile(part, mode) as file:
            yield file
        tf.io.gfile.rename(part, path, overwrite=True)
    except BaseException:
        with contextlib.suppress(tf.errors.OpError):
            tf.io.gfile.remove(part)
        raise


def write_text(path, text):
    """Writes a text file, so that a reader never sees half of it."""
    with replacing(path) as file:
        file.write(text)


def write_bytes(path, content):
    """Writes a binary file, so that a reader never sees half of it."""
    with replacing(path, "wb") as file:
        file.write(content)


def write_arrays(path, arrays, *, compressed=False):
    """Writes an .npz file, so that a reader never sees half of it; equal arrays give equal bytes.

    Args:
      path: str, local or remote; unlike `np.savez`, nothing is added to it.
      arrays: dict of NumPy arrays, or what becomes one, by name.
      compressed: bool, smaller and slower.
    """
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, **arrays)
    write_bytes(path, buffer.getvalue())
