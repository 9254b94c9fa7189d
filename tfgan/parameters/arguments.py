"""Numbers that callers pass in Python: of the right kind and in range, or a ValueError.

>>> from tfgan.parameters import arguments
>>> arguments.whole("steps", 3, 2)
3
>>> arguments.whole("steps", 2.5, 2)
Traceback (most recent call last):
...
ValueError: steps must be a whole number, at least 2; received 2.5.
"""

import numbers
import operator

import numpy as np

from tfgan.parameters.ranges import Interval

_LARGEST = 2**31 - 1  # of a number of images, steps or attempts


def whole(name, value, low=None, high=None):
    """A whole number as an int; True and False are not numbers.

    Args:
      name: str, of the argument.
      value: int, NumPy integer or scalar integer tensor; anything else is refused.
      low, high: int, the bounds; None for no lower bound, and 2^31 - 1 above.
    Raises: ValueError for another value.
    """
    accepted = Interval(int, low, high)
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is None or number not in accepted:
        raise ValueError(f"{name} must be {accepted}; received {value!r}.")
    if high is None and number > _LARGEST:
        raise ValueError(f"{name} must be at most {_LARGEST:,}; received {value!r}.")
    return number


def seed(name, value):
    """A seed of 64 bits, -2^63 to 2^64 - 1, as an int; raises ValueError for another value."""
    try:
        return whole(name, value, -(2**63), 2**64 - 1)
    except ValueError as error:
        raise ValueError(
            f"{name} must be a whole number of 64 bits, -2^63 to 2^64 - 1; received {value!r}."
        ) from error


def number(name, value, low=None, high=None):
    """A finite number as a float; args and errors as of `whole`."""
    accepted = Interval(float, low, high)
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not is_number or float(value) not in accepted:
        raise ValueError(f"{name} must be {accepted}; received {value!r}.")
    return float(value)


def vector(name, values, size=None):
    """Finite numbers as float64 `[n]`.

    Args:
      name: str, of the argument.
      values: sequence of numbers.
      size: int, how many; None for any number.
    Raises: ValueError for other values.
    """
    row = np.asarray(values)
    if row.ndim != 1 or row.dtype.kind not in "iuf" or size not in (None, len(row)):
        count = "" if size is None else f"{size} "
        raise ValueError(
            f"{name} must be a list of {count}numbers; received {row.dtype.name} {list(row.shape)}."
        )
    if not np.isfinite(row).all():
        raise ValueError(f"{name} must be finite; received {row[~np.isfinite(row)][0]}.")
    return row.astype(np.float64)
