"""Classes: their order, their numbers, their names, and how many examples each has."""

import difflib
import logging
import re

import numpy as np

from tfgan import words

_LOG = logging.getLogger(__name__)

MOST = 1_000_000  # classes; larger labels are identities of something else

_LISTED = 12


def natural(name):
    """What names are sorted by so that 2 comes before 10.

    Args:
      name: str.
    Returns: a value that can be compared with those of other names.
    """
    parts = re.split("([0-9]+)", name)
    digits = [part.lstrip("0") for part in parts[1::2]]
    return parts[::2], [(len(part), part) for part in digits], name


def of_numbers(name, values, *, may_begin_at_1=True):
    """Classes of integer labels.

    Labels that are counted from 1 would leave a class 0 without examples: there label k is class
    k - 1 with the name k, which is said. All others keep their numbers.

    Args:
      name: str, how messages call them, such as "The labels of photos.csv".
      values: integers or whole floats `[count]`, count > 0.
      may_begin_at_1: bool, false to keep those numbers too.
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
    """Classes of labels that are names: (int32 `[count]`, class names).

    Args:
      values: list of str.
      key: function of a name, what the classes are sorted by; None for the text.
    """
    class_names = tuple(sorted(set(values), key=key))
    number = {name: index for index, name in enumerate(class_names)}
    return np.array([number[value] for value in values], np.int32), class_names


def number(text, class_names):
    """The class that a user names.

    A name goes before a number, so that "7" is the class called 7 where there is one.

    Args:
      text: str, the name of a class or its number.
      class_names: sequence of str.
    Returns: int in 0 .. classes - 1.
    Raises: ValueError for any other text, with the nearest names.
    """
    class_names, text = list(class_names), str(text).strip()
    same = [name for name in class_names if name.lower() == text.lower()]
    if text in class_names:
        return class_names.index(text)
    if len(same) == 1:
        return class_names.index(same[0])
    if re.fullmatch("[0-9]{1,9}", text) and int(text) < len(class_names):
        return int(text)
    lower = {name.lower(): name for name in class_names}
    near = [lower[name] for name in difflib.get_close_matches(text.lower(), lower, n=1)]
    hint = f"; did you mean {near[0]}?" if near else "."
    shown = ", ".join(class_names[:_LISTED]) + (", ..." if len(class_names) > _LISTED else "")
    are_numbers = class_names == [str(index) for index in range(len(class_names))]
    numbers = "" if are_numbers else f" (or 0 to {len(class_names) - 1})"
    raise ValueError(f"There is no class {text!r}{hint} The classes are {shown}{numbers}.")


def counted(label, class_names):
    """The classes with their counts: "3 classes: bird (1), cat (60), dog (60)".

    Args:
      label: int `[count]`.
      class_names: sequence of str.
    """
    counts = np.bincount(label, minlength=len(class_names))
    head = words.counted(len(class_names), "class", "classes")
    shown = [f"{name} ({count:,})" for name, count in zip(class_names, counts, strict=True)]
    if len(shown) <= _LISTED:
        return f"{head}: {', '.join(shown)}"
    return (
        f"{head} of {counts.min():,} to {counts.max():,}: {', '.join(shown[:_LISTED])}, ... "
        f"{shown[-1]}"
    )
