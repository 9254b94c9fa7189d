"""Labels in arrays, in the forms that people save them: numbers, a column, one-hot, names."""

import numpy as np

from tfgan.data import reading_rules
from tfgan.data.labels import classes


def read(name, arrays, rules=reading_rules.TODAY):
    """The labels of some parts as class numbers.

    Args:
      name: str, how messages call the labels.
      arrays: list of arrays, a part each: integers, booleans, whole floats or text `[count]` or
        `[count, 1]`, or one-hot `[count, classes]`.
      rules: `reading_rules.BEFORE` or `reading_rules.TODAY`: whether numbers that begin at 1 leave an empty class 0.
    Returns: (list of int32 `[count]`, tuple of str: the names of the classes).
    Raises: ValueError for labels of another form.
    """
    flat = [_flat(name, array) for array in arrays]
    if flat[0].dtype.kind in "SU":
        return _of_names(name, flat)
    whole = np.concatenate(flat)
    numbers, class_names = classes.of_numbers(
        name, whole, may_begin_at_1=rules == reading_rules.TODAY
    )
    return np.split(numbers, np.cumsum([len(part) for part in flat])[:-1]), class_names


def _flat(name, array):
    """Integers or text `[count]`."""
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim == 2 and _is_one_hot(array):
        array = array.argmax(axis=1)
    if array.ndim != 1 or array.dtype.kind not in "biufSU":
        raise ValueError(
            f"{name} must be one number or text per example, or one-hot; received "
            f"{array.dtype.name} {list(array.shape)}. #label=none reads no labels."
        )
    if array.dtype.kind == "f":
        wrong = np.flatnonzero(array != np.rint(array))  # NaN differs from itself
        if wrong.size or not np.isfinite(array).all():
            raise ValueError(
                f"{name} must be whole numbers; received {array.dtype.name} with "
                f"{array[wrong[0]] if wrong.size else np.inf}."
            )
    return array


def _is_one_hot(array):
    return (
        array.dtype.kind in "biuf"
        and bool(((array == 0) | (array == 1)).all())
        and bool(((array != 0).sum(axis=1) == 1).all())
    )


def _of_names(name, flat):
    try:
        texts = [
            [part.decode() if isinstance(part, bytes) else str(part) for part in rows]
            for rows in flat
        ]
    except ValueError as error:
        raise ValueError(f"{name} must be text in UTF-8.") from error
    numbers, class_names = classes.of_names([text for rows in texts for text in rows])
    return np.split(numbers, np.cumsum([len(rows) for rows in texts])[:-1]), class_names
