"""One line for a dataclass that holds arrays, at a prompt.

>>> import dataclasses
>>> @dataclasses.dataclass(repr=False)
... class Walk(Summary):
...     data: np.ndarray
...     seed: int
>>> Walk(np.zeros((2, 28, 28, 1), np.uint8), 3)
Walk(data=uint8 [2, 28, 28, 1], seed=3)
"""

import dataclasses

import numpy as np


class Summary:
    """The base of such a dataclass, which has `repr=False`: arrays are their types and shapes."""

    def __repr__(self):
        fields = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        return f"{type(self).__name__}({_listed(fields)})"


def _listed(values):
    return ", ".join(f"{name}={_short(value)}" for name, value in values.items())


def _short(value):
    if isinstance(value, np.ndarray):
        return f"{value.dtype.name} {list(value.shape)}"
    if isinstance(value, dict):
        return f"dict({_listed(value)})"
    if isinstance(value, list):
        return f"[{', '.join(map(_short, value))}]"
    return repr(value)
