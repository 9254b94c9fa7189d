"""`few:COUNT:SOURCE`: some of the examples of a set, to try what learns from little data.

Which ones they are depends on their content alone: another order of the set gives the same, and
those of a smaller count are among those of a larger one.
"""

import hashlib

import numpy as np

from tfgan.data import fingerprint
from tfgan.data.sources.array_source import ArraySource


def open_few(count, source):
    """The `count` training examples whose hashes are the lowest; held-out ones are the set's.

    Args:
      count: str, a whole number from 1 to the number of training examples.
      source: `ArraySource`.
    Returns: `ArraySource`.
    Raises: ValueError for another count, and a set that is not in memory.
    """
    name = f"few:{count}:{source.name}"
    if not isinstance(source, ArraySource):
        raise ValueError(f"few must be of a dataset in memory; {source.name} is not in memory.")
    if not (count.isdecimal() and 1 <= int(count) <= source.count):
        raise ValueError(
            f"few must be of 1 to {source.count:,} training examples of {source.name}; received "
            f"{count!r}."
        )
    ranks = [_hash(source.data[row]) for row in source.rows]
    rows = source.rows[np.sort(np.argsort(ranks, kind="stable")[: int(count)])]
    digest = fingerprint.of_json({"examples": source.fingerprint, "few": int(count)})
    few = source.part(rows, lambda: source.held_out, digest)
    few.name = name
    return few


def _hash(example):
    return hashlib.sha256(np.ascontiguousarray(example).tobytes()).digest()
