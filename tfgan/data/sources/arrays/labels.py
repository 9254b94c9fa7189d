"""Labels in arrays, in the forms that people save: numbers, a column, one-hot, names."""

import numpy as np

from tfgan.data import reading_rules
from tfgan.data.labels import classes


def read(name, arrays, rules=reading_rules.TODAY):
    """The labels of some parts as class numbers.

    Args:
      arrays: list of arrays, one per part: integers, booleans, whole floats or text `[count]` or
        `[count, 1]`, or one-hot `[count, classes]`.
      rules: TODAY's of `reading_rules` leave no empty class 0 where numbers begin at 1.
    Returns: (list of int32 `[count]`, tuple of str: the names of the classes).
    Raises: ValueError for labels of another form.
    """
    parts = [_flat(name, array) for array in arrays]
    if parts[0].dtype.kind in "SU":
        numbers, class_names = classes.of_names(_texts(name, parts))
    else:
        is_today = rules == reading_rules.TODAY
        values = np.concatenate(parts)
        numbers, class_names = classes.of_numbers(name, values, may_begin_at_1=is_today)
    return np.split(numbers, np.cumsum([len(part) for part in parts])[:-1]), class_names


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
        wrong = np.flatnonzero((array != np.rint(array)) | ~np.isfinite(array))
        if wrong.size:
            raise ValueError(
                f"{name} must be whole numbers; received {array.dtype.name} with {array[wrong[0]]}."
            )
    return array


def _is_one_hot(array):
    return (
        array.dtype.kind in "biuf"
        and bool(((array == 0) | (array == 1)).all())
        and bool(((array != 0).sum(axis=1) == 1).all())
    )


def _texts(name, parts):
    try:
        return [
            value.decode() if isinstance(value, bytes) else str(value)
            for part in parts
            for value in part
        ]
    except ValueError as error:
        raise ValueError(f"{name} must be text in UTF-8.") from error
