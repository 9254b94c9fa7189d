"""SHA-256 of data at a bounded cost."""

import hashlib
import json

import numpy as np
import tensorflow as tf

FULL = 4 * 2**30  # bytes of an array that are hashed in full: seconds, not minutes
_SAMPLES = 64
_SAMPLE_BYTES = 64 * 2**10


def of_arrays(**arrays):
    """Hex SHA-256 of named arrays: names, types, shapes and content.

    None is left out. Of an array above 4 GiB, 64 evenly spaced rows stand for the content.
    """
    digest = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        if array is None:
            continue
        digest.update(f"{name} {array.dtype.str} {array.shape};".encode())
        rows = array if array.nbytes <= FULL else array[_evenly_spaced(len(array))]
        digest.update(np.ascontiguousarray(rows).reshape(-1).view(np.uint8))
    return digest.hexdigest()


def of_files(names, paths, sizes, read=None):
    """Hex SHA-256 of files: all names and sizes, and the first 64 KiB of 64 evenly spaced files.

    Args:
      names: list of str, relative, so that a moved folder keeps its fingerprint.
      paths: list of str, where the files are; same order.
      sizes: list of int, bytes.
      read: function (path, count) -> bytes, the first `count`; by default by `tf.io.gfile`.
    """
    digest = hashlib.sha256(json.dumps([names, sizes]).encode())
    for index in _evenly_spaced(len(paths)):
        digest.update((read or _read)(paths[index], _SAMPLE_BYTES))
    return digest.hexdigest()


def of_json(value):
    """Hex SHA-256 of a value that JSON can hold; the order of entries does not matter.

    >>> of_json({"a": 1, "b": 2}) == of_json({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def with_decisions(digest, decisions):
    """The fingerprint of examples about which something was decided, see `reading_rules`."""
    return of_json({"examples": digest, "decided": decisions}) if decisions else digest


def of_held_out(whole, own=None):
    """The fingerprint of what is held out of `whole`; `own`, if `whole` does not decide it."""
    return of_json({"held out of": whole} | ({"held out": own} if own else {}))


def _read(path, count):
    with tf.io.gfile.GFile(path, "rb") as file:
        return file.read(count)


def _evenly_spaced(count):
    return np.unique(np.linspace(0, count - 1, min(count, _SAMPLES)).astype(int))
