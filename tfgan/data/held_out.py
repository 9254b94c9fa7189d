"""The held-out part of a set: one example in ten, 10,000 at most, never seen in training.

It is what a score is compared with: new real data, as far from the training examples as the samples
of a perfect generator. Which examples they are is a function of the examples' hashes, so every run
on a set holds out the same ones, and equal examples lie on one side.

Chance gives each class its share where all have about as many examples. Where they have not, and in
folders of images, each class gives a tenth, so that training loses none: a class of one keeps it.
"""

import hashlib
import logging

import numpy as np

from tfgan import words
from tfgan.data import fingerprint, reading_rules
from tfgan.data.sources.array_source import ArraySource

MOST = 10_000

_LOG = logging.getLogger(__name__)

_ONE_IN = 10
_ALIKE = 2  # times as many examples as the smallest class: still about as many


def chosen(hashes):
    """Which examples are held out: those with the smallest hashes.

    Args:
      hashes: uint64 `[count]`, one an example.
    Returns: bool `[count]`; a tenth are true, 10,000 at most and none of fewer than ten. Equal
      hashes at the border all stay in training.
    """
    return _smallest(hashes, min(len(hashes) // _ONE_IN, MOST))


def chosen_of_each(hashes, label):
    """Which examples are held out, each class giving its share of them: bool `[count]`.

    The shares add up to what `chosen` gives. They are n / 10 of a class with n examples, rounded
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


def are_alike(label):
    """Whether no class has more than twice the examples of another.

    Args:
      label: int `[count]`, 0 or more; classes without examples do not count.
    """
    counts = np.bincount(label)
    counts = counts[counts > 0]
    return counts.max() <= _ALIKE * counts.min()


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


def split(
    name,
    data,
    label=None,
    class_names=None,
    digest=None,
    *,
    hashes=None,
    modality=None,
    facts=None,
    rules=reading_rules.TODAY,
):
    """A source of nine tenths of the examples, which knows the held-out tenth.

    Args:
      name, data, label, class_names, digest: as of `ArraySource`, for all examples.
      hashes: uint64 `[count]`; by default of the examples' content.
      modality, facts: as of `ArraySource`.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    Returns: `ArraySource`; its `held_out` is another, or None for a set of fewer than ten.
    """
    whole = ArraySource(name, data, label, class_names, digest, modality=modality, facts=facts)
    hashes = hashes_of_rows(data) if hashes is None else hashes
    return parts(whole, *decide(name, hashes, whole.label, rules))


def decide(name, hashes, label, rules):
    """Which examples of a set are held out: (bool `[count]`, an entry of `Source.decisions` or none).

    Args:
      name: str, the set.
      hashes: uint64 `[count]`.
      label: int `[count]`, 0 or more; None without labels.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`.
    """
    if rules == reading_rules.BEFORE or label is None or are_alike(label):
        return chosen(hashes), {}
    return chosen_of_each(hashes, label), say_each(name)


def say_each(name):
    """Says that each class gives its share; returns that as an entry of `Source.decisions`."""
    _LOG.info("%s: held out is one example in ten of each class.", name)
    return {"held_out": "each class"}


def parts(whole, is_held_out, decisions=None):
    """The examples of a source that are not held out.

    Args:
      whole: `ArraySource` of all examples.
      is_held_out: bool `[count]`.
      decisions: dict, see `rules`; it is part of the fingerprint.
    Returns: `ArraySource`, which knows the held-out ones.
    """
    if decisions:
        digest = fingerprint.with_decisions(whole.fingerprint, decisions)
        whole = whole.part(whole.rows, digest=digest, decisions=decisions)
    if not is_held_out.any():
        if len(is_held_out) >= _ONE_IN:
            _LOG.warning(
                "%s: nothing is held out, because equal examples stay on one side and few of the "
                "%s differ.",
                whole.name,
                words.counted(len(is_held_out), "example"),
            )
        return whole
    return whole.part(np.flatnonzero(~is_held_out), lambda: _rest(whole, is_held_out))


def _rest(whole, is_held_out):
    digest = fingerprint.of_facts({"held out of": whole.fingerprint})
    return whole.part(np.flatnonzero(is_held_out), digest=digest)


def _smallest(hashes, count):
    """Which of the hashes are the smallest `count`; fewer, if others equal the next one."""
    return hashes < np.partition(hashes, count)[count]


def _hash(content):
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
