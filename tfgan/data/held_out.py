"""The held-out part of a set: one example in ten, 10,000 at most, never seen in training.

It is what a score is compared with: new real data, as far from the training examples as the samples
of a perfect generator. Which examples they are is a function of the examples' hashes, so every run
on a set holds out the same ones, and equal examples lie on one side.
"""

import hashlib

import numpy as np

from tfgan.data import fingerprint
from tfgan.data.array_source import ArraySource

MOST = 10_000

_ONE_IN = 10


def chosen(hashes):
    """Which examples are held out: those with the smallest hashes.

    Args:
      hashes: uint64 `[count]`, one an example.
    Returns: bool `[count]`; a tenth are true, 10,000 at most and none of fewer than ten. Equal
      hashes at the border all stay in training.
    """
    count = min(len(hashes) // _ONE_IN, MOST)
    if count == 0:
        return np.zeros(len(hashes), bool)
    return hashes < np.partition(hashes, count)[count]


def hashes_of_names(names):
    """Hashes of names, which stay the same when examples are added: uint64 `[count]`."""
    return np.array([_hash(name.encode()) for name in names], np.uint64)


def hashes_of_rows(data):
    """Hashes of the content of each row: uint64 `[count]`.

    Args:
      data: array `[count, ...]`; above 4 GiB the row's number stands for its content.
    """
    if data.nbytes > fingerprint.FULL:
        return hashes_of_names(map(str, range(len(data))))
    return np.array([_hash(np.ascontiguousarray(row).tobytes()) for row in data], np.uint64)


def split(name, data, label=None, class_names=None, digest=None, *, hashes=None, symbols=""):
    """A source of nine tenths of the examples, which knows the held-out tenth.

    Args:
      name, data, label, class_names, digest: as of `ArraySource`, for all examples.
      hashes: uint64 `[count]`; by default of the examples' content.
      symbols: str, as of `ArraySource`.
    Returns: `ArraySource`; its `held_out` is another, or None for a set of fewer than ten.
    """
    whole = ArraySource(name, data, label, class_names, digest, symbols=symbols)
    is_held_out = chosen(hashes_of_rows(data) if hashes is None else hashes)
    if not is_held_out.any():
        return whole
    return whole.part(np.flatnonzero(~is_held_out), lambda: _rest(whole, is_held_out))


def _rest(whole, is_held_out):
    digest = fingerprint.of_facts({"held out of": whole.fingerprint})
    return whole.part(np.flatnonzero(is_held_out), digest=digest)


def _hash(content):
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
