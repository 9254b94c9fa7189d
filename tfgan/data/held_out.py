"""The held-out part of a dataset: one example in ten, 10,000 at most, never used in training.

Which examples are held out is a function of their hashes, so every run on a set holds out the same
ones, and equal examples are on one side. Where classes differ in size, and in folders of images,
each class gives a tenth.
"""

import hashlib
import logging

import numpy as np

from tfgan import words
from tfgan.data import fingerprint, reading_rules

MOST = 10_000

_LOG = logging.getLogger(__name__)

_ONE_IN = 10
_SIMILAR = 2  # the largest ratio of the sizes of two classes that are of similar size


def tenth(hashes):
    """Which examples are held out: those with the smallest hashes.

    >>> int(tenth(np.arange(200, dtype=np.uint64)).sum())
    20

    Args:
      hashes: uint64 `[count]`, one per example.
    Returns: bool `[count]`; a tenth are true, 10,000 at most and none of fewer than ten. Equal
      hashes at the border all stay in training.
    """
    return _smallest(hashes, min(len(hashes) // _ONE_IN, MOST))


def tenth_of_each_class(hashes, label):
    """Which examples are held out, in proportion to each class: bool `[count]`.

    The shares add up to the number of `tenth`. They are n / 10 for a class of n examples, rounded
    down for all and then up for those that lose most by it, but a class keeps half its examples.

    Args:
      hashes: uint64 `[count]`.
      label: int `[count]`, 0 or more.
    """
    counts = np.bincount(label)
    total = min(len(hashes) // _ONE_IN, MOST)
    exact = counts * (total / len(hashes))
    shares = np.floor(exact).astype(int)
    order = np.argsort(shares - exact, kind="stable")
    order = order[shares[order] + 1 <= counts[order] // 2]
    shares[order[: total - shares.sum()]] += 1
    is_held_out = np.zeros(len(hashes), bool)
    for number in np.flatnonzero(shares):
        rows = np.flatnonzero(label == number)
        is_held_out[rows] = _smallest(hashes[rows], shares[number])
    return is_held_out


def hashes_of_names(names):
    """Hashes of names, which stay the same when examples are added: uint64 `[count]`."""
    return np.array([_hash(name.encode()) for name in names], np.uint64)


def hashes_of_rows(data):
    """Hashes of the content of examples `[count, ...]`, or of their numbers above 4 GiB.

    Returns: uint64 `[count]`.
    """
    if data.nbytes > fingerprint.FULL:
        return hashes_of_names(map(str, range(len(data))))
    return np.array([_hash(np.ascontiguousarray(row).tobytes()) for row in data], np.uint64)


def split(whole, hashes=None, rules=reading_rules.TODAY):
    """The training part of a source.

    Args:
      whole: `ArraySource` of all examples.
      hashes: uint64 `[count]`; by default of the examples' content.
    Returns: `ArraySource`; its `held_out` is another, or None for a dataset of fewer than ten.
    """
    hashes = hashes_of_rows(whole.data) if hashes is None else hashes
    return without_held_out(whole, *decide(whole.name, hashes, whole.label, rules))


def decide(name, hashes, label, rules):
    """Which examples of a dataset are held out: (bool `[count]`, entries of `Source.decisions`).

    Args: see `tenth_of_each_class`; `label` may be None, `rules` are of `reading_rules`.
    """
    if rules == reading_rules.BEFORE or label is None or _are_similar(np.bincount(label)):
        return tenth(hashes), {}
    return tenth_of_each_class(hashes, label), log_each_class(name)


def log_each_class(name):
    """Logs that each class gives its share; returns that as an entry of `Source.decisions`."""
    _LOG.info("%s: held out is one example in ten of each class.", name)
    return {"held_out": "each class"}


def without_held_out(whole, is_held_out, decisions=None):
    """The training part of an `ArraySource`, by bool `[count]`, with its `held_out`.

    The decisions, see `reading_rules`, are part of the fingerprint.
    """
    if decisions:
        digest = fingerprint.with_decisions(whole.fingerprint, decisions)
        whole = whole.part(whole.rows, digest=digest, decisions=decisions)
    if is_held_out.any():
        return whole.part(np.flatnonzero(~is_held_out), lambda: _held_out(whole, is_held_out))
    if len(is_held_out) >= _ONE_IN:
        _LOG.warning(
            "%s: nothing is held out, because equal examples stay on one side and few of the %s "
            "differ.", whole.name, words.counted(len(is_held_out), "example"),
        )  # fmt: skip
    return whole


def _held_out(whole, is_held_out):
    digest = fingerprint.of_held_out(whole.fingerprint)
    return whole.part(np.flatnonzero(is_held_out), digest=digest)


def _are_similar(counts):
    counts = counts[counts > 0]
    return counts.max() <= _SIMILAR * counts.min()


def _smallest(hashes, count):
    return hashes < np.partition(hashes, count)[count]


def _hash(content):
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
