"""Data of which few labels are known, for semi-supervised learning.

Which examples keep their label is a function of their content and a seed, and every class keeps
equally many, so that two runs on a set have the same labels.
"""

import copy
import hashlib

import numpy as np

from tfgan import words
from tfgan.data.sources.array_source import ArraySource

UNKNOWN = -1


def keep_labels(source, count, seed=0):
    """The same examples, of which all but `count` have the label -1.

    Args:
      source: `ArraySource` with labels.
      count: int, how many labels are kept: a multiple of the number of classes.
      seed: int; each seed chooses other examples.
    Returns: `ArraySource`; order, fingerprint and held-out examples are those of `source`.
    Raises: ValueError for a source without labels or not in memory, and an unsuitable count.
    """
    if not isinstance(source, ArraySource) or source.label is None:
        raise ValueError(
            f"labelled keeps a few of the labels of a dataset in memory; {source.name} is "
            f"{'not in memory' if source.spec.classes else 'without labels'}."
        )
    classes = source.spec.classes
    if count < classes or count % classes:
        raise ValueError(
            f"labelled must be a multiple of the {classes} classes of {source.name}; received "
            f"{count}."
        )
    label = np.full_like(source.label, UNKNOWN)
    for number in range(classes):
        rows = source.rows[source.label[source.rows] == number]
        if len(rows) < count // classes:
            raise ValueError(
                f"labelled must be at most {classes * len(rows):,}, because {source.name} has "
                f"{words.counted(len(rows), 'example')} of class "
                f"{source.spec.class_names[number]}; received {count:,}."
            )
        ranks = [_rank(source.data[row], seed) for row in rows]
        label[rows[np.argsort(ranks)[: count // classes]]] = number
    part = copy.copy(source)
    part.__dict__["fingerprint"] = source.fingerprint
    part.label = label
    return part


def _rank(example, seed):
    return hashlib.sha256(f"{seed}:".encode() + np.ascontiguousarray(example).tobytes()).digest()
