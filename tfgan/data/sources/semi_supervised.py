"""Data of which few labels are known, for semi-supervised learning.

Which examples keep their label is a function of their content and a seed, and every class keeps
equally many, so that two runs on a set have the same labels.
"""

import copy
import hashlib
import math

import numpy as np

from tfgan import memory, words
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
    rows_of = [source.rows[source.label[source.rows] == number] for number in range(classes)]
    least, smallest = min((len(rows), number) for number, rows in enumerate(rows_of))
    if least < count // classes:
        raise ValueError(
            f"labelled must be at most {classes * least:,}, because {source.name} has "
            f"{words.counted(least, 'example')} of class {source.spec.class_names[smallest]}; "
            f"received {count:,}."
        )
    label = np.full_like(source.label, UNKNOWN)
    for number, rows in enumerate(rows_of):
        ranks = [_rank(source.data[row], seed) for row in rows]
        label[rows[np.argsort(ranks)[: count // classes]]] = number
    part = copy.copy(source)
    part.__dict__["fingerprint"] = source.fingerprint
    part.label = label
    return part


def repeat_labeled(source, share):
    """The same examples, of which the labeled ones occur several times in an epoch.

    A step then learns from several labels, few as they are among the examples.

    Args:
      source: `ArraySource` of which some examples have the label -1, see `keep_labels`.
      share: float in [0, 1), the least share of labeled examples in an epoch.
    Returns: `ArraySource`, for training; `source` itself if the share is reached.
    Raises: ValueError for a share out of range.
    """
    if not 0.0 <= share < 1.0:
        raise ValueError(f"share must be in [0, 1); received {share}.")
    labeled = source.rows[source.label[source.rows] != UNKNOWN]
    others = source.count - len(labeled)
    times = math.ceil(share / (1.0 - share) * others / max(1, len(labeled)))
    if times <= 1:
        return source
    repeated = copy.copy(source)
    repeated.rows = np.concatenate([source.rows, *[labeled] * (times - 1)])
    repeated.count = len(repeated.rows)
    return repeated


def add_unlabeled(source, more):
    """The same examples and those of another source, training and held-out ones, without labels.

    Examples that `source` holds out are left out.

    Args:
      source: `ArraySource` with labels.
      more: `ArraySource` of examples of the same form; its labels are not used.
    Returns: `ArraySource`, for training.
    Raises: ValueError for sources of other kinds or forms.
    """
    for each in (source, more):
        if not isinstance(each, ArraySource):
            raise ValueError(f"unlabeled joins datasets in memory; {each.name} is not in memory.")
    if source.label is None:
        raise ValueError(f"unlabeled needs data with labels to join; {source.name} has none.")
    if (source.spec.raw_shape, source.spec.dtype) != (more.spec.raw_shape, more.spec.dtype):
        raise ValueError(
            f"unlabeled must hold {source.spec.dtype} {list(source.spec.raw_shape)}, as "
            f"{source.name} does; received {more.spec.dtype} {list(more.spec.raw_shape)}."
        )
    kept_out = {row.tobytes() for row in _rows(source.held_out)}
    added = [row for part in (more, more.held_out) for row in _rows(part)]
    added = [row for row in added if row.tobytes() not in kept_out]
    memory.require((len(source.data) + len(added)) * source.spec.raw_bytes, "unlabeled")
    joined = copy.copy(source)
    joined.data = np.concatenate([source.data, added]) if added else source.data
    joined.label = np.concatenate([source.label, np.full(len(added), UNKNOWN, np.int32)])
    joined.rows = np.concatenate([source.rows, np.arange(len(source.data), len(joined.data))])
    joined.count = len(joined.rows)
    return joined


def _rows(source):
    return [] if source is None else source.data[source.rows]


def _rank(example, seed):
    return hashlib.sha256(f"{seed}:".encode() + np.ascontiguousarray(example).tobytes()).digest()
