"""DIR/1, DIR/2, ...: a version appears whole or not at all.

TF Serving takes every folder with a number for a name as a version, and ignores the others. So a
version is written to `.N.part` beside, and renamed. On a local disk that is one step; on an object
store, which has no folders, files are moved one after another. One export at a time writes to DIR.
"""

import re

import tensorflow as tf

_PART = re.compile(r"\.\d+\.part")


def publish(directory, write):
    """Writes the next version.

    Args:
      directory: str, local or remote (anything `tf.io.gfile` takes).
      write: function (str, an existing empty folder) that fills it; if it raises, nothing is
        published.
    Returns: str, the path of the version.
    """
    tf.io.gfile.makedirs(directory)
    names = [name.rstrip("/") for name in tf.io.gfile.listdir(directory)]
    for name in names:
        if _PART.fullmatch(name):  # what a killed export left
            tf.io.gfile.rmtree(f"{directory}/{name}")
    number = max([int(name) for name in names if name.isdigit()], default=0) + 1
    part, path = f"{directory}/.{number}.part", f"{directory}/{number}"
    tf.io.gfile.makedirs(part)
    try:
        write(part)
        tf.io.gfile.rename(part, path)
    except BaseException:
        tf.io.gfile.rmtree(part)
        raise
    return path


def write_text(path, text):
    """Writes a text file and the folders that it needs."""
    tf.io.gfile.makedirs(path.rpartition("/")[0])
    with tf.io.gfile.GFile(path, "w") as file:
        file.write(text)


def write_bytes(path, content):
    """Writes a binary file."""
    with tf.io.gfile.GFile(path, "wb") as file:
        file.write(content)
