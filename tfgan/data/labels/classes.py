"""Classes: their order, their numbers, their names, and how many examples each has."""

import logging
import re

import numpy as np

from tfgan import words

_LOG = logging.getLogger(__name__)

MOST = 1_000_000  # classes; larger labels are identities of something else

_LISTED = 12


def natural(name):
    """A sort key of names that puts 2 before 10.

    >>> sorted(["b10", "b2", "a"], key=natural)
    ['a', 'b2', 'b10']
    """
    parts = re.split("([0-9]+)", name)
    digits = [part.lstrip("0") for part in parts[1::2]]
    return parts[::2], [(len(part), part) for part in digits], name


def of_numbers(name, values, *, may_begin_at_1=True):
    """Classes of integer labels.

    If labels begin at 1, label k is class k - 1 with the name k, which is logged.

    Args:
      name: str, how messages call them, such as "The labels of photos.csv".
      values: integers or whole floats `[count]`, count > 0.
      may_begin_at_1: bool, False to keep such numbers as well.
    Returns: (int32 `[count]`, class names).
    Raises: ValueError for negative labels and for labels of a million and more.
    """
    values = np.asarray(values)
    wrong = np.flatnonzero((values < 0) | (values >= MOST))
    if wrong.size:
        row = int(wrong[0])
        raise ValueError(f"{name} must be in 0..{MOST - 1:,}; row {row} has {int(values[row])}.")
    first = 1 if may_begin_at_1 and values.min() == 1 else 0
    if first:
        _LOG.info("%s are counted from 1: label k is class k - 1, named k.", name)
    numbers = values.astype(np.int32) - np.int32(first)
    return numbers, tuple(str(value) for value in range(first, int(values.max()) + 1))


def of_names(values, key=natural):
    """Classes of labels that are names, sorted by a key: (int32 `[count]`, class names).

    >>> of_names(["dog", "cat", "dog"])
    (array([1, 0, 1], dtype=int32), ('cat', 'dog'))
    """
    class_names = tuple(sorted(set(values), key=key))
    numbers = {name: index for index, name in enumerate(class_names)}
    return np.array([numbers[value] for value in values], np.int32), class_names


def number(text, class_names):
    """The class, int, that a user gives by its name or else its number.

    Raises: ValueError for any other string, with similar names.
    """
    class_names, text = list(class_names), str(text).strip()
    same = [name for name in class_names if name.lower() == text.lower()]
    if text in class_names or len(same) == 1:
        return class_names.index(text if text in class_names else same[0])
    if re.fullmatch("[0-9]{1,9}", text) and int(text) < len(class_names):
        return int(text)
    are_numbers = class_names == [str(index) for index in range(len(class_names))]
    numbers = "" if are_numbers else f" Their numbers are 0 to {len(class_names) - 1}."
    raise ValueError(f"{words.unknown('The class', text, class_names)}{numbers}")


def counted(label, class_names):
    """The classes with their counts, such as "2 classes: cat (60), dog (60)"."""
    counts = np.bincount(label, minlength=len(class_names))
    head = words.counted(len(class_names), "class", "classes")
    shown = [f"{name} ({count:,})" for name, count in zip(class_names, counts, strict=True)]
    if len(shown) <= _LISTED:
        return f"{head}: {', '.join(shown)}"
    some = ", ".join(shown[:_LISTED])
    return f"{head} of {counts.min():,} to {counts.max():,}: {some}, ... {shown[-1]}"
