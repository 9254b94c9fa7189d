"""DIR/1, DIR/2, ...: a version appears whole or not at all.

TF Serving takes every folder with a number for a name as a version, and ignores the others. So a
version is written under a temporary name and renamed. On a local disk that is atomic. An object
store has no folders: there the files are renamed one after another, `saved_model.pb` last, without
which a folder is not a model. One export at a time writes to DIR, which it locks.
"""

import tensorflow as tf

from tfgan import files


def publish(directory, write):
    """Writes the next version.

    Args:
      directory: str, local or remote.
      write: function of an empty folder, str, that fills it; nothing is published if it raises.
    Returns: str, the path of the version.
    Raises: `files.Locked`, if another process exports to the directory.
    """
    with files.locked(directory, "tfgan export") as lock:
        files.remove_parts(directory)  # what a killed export left
        path = f"{directory}/{_next_number(directory)}"
        with files.atomic_directory(path, last="/saved_model.pb") as part:
            write(part)
            lock.check()
    return path


def _next_number(directory):
    names = [name.rstrip("/") for name in tf.io.gfile.listdir(directory)]
    return max([int(name) for name in names if name.isdecimal()], default=0) + 1
