"""DIR/1, DIR/2, ...: a version appears whole or not at all.

TF Serving takes every folder with a number for a name as a version, and ignores the others. So a
version is written to `.N.part` beside, and renamed. On a local disk that is one step. An object
store has no folders: there the files are copied one after another, `saved_model.pb` last, without
which a folder is no model. One export at a time writes to DIR.
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
        _move(part, path)
    except BaseException:
        tf.io.gfile.rmtree(part)
        raise
    return path


def _move(part, path):
    if "://" not in path:
        tf.io.gfile.rename(part, path)
        return
    files = [
        f"{folder.rstrip('/')}/{name}"
        for folder, _, names in tf.io.gfile.walk(part)
        for name in names
    ]
    for file in sorted(files, key=lambda file: file.endswith("/saved_model.pb")):
        target = path + file.removeprefix(part)
        tf.io.gfile.makedirs(target.rpartition("/")[0])
        tf.io.gfile.copy(file, target)
    tf.io.gfile.rmtree(part)
