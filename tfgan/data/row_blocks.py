"""Large arrays, looked at in blocks of rows that memory holds."""

import numpy as np

BLOCK_BYTES = 16 * 2**20


def blocks(array):
    """Yields slices of the rows of an array `[count, ...]`; none of one without elements.

    >>> list(blocks(np.zeros((3, 2))))
    [slice(0, 3, None)]
    """
    if array.size == 0:
        return
    size = max(1, BLOCK_BYTES * len(array) // array.nbytes)
    for first in range(0, len(array), size):
        yield slice(first, min(first + size, len(array)))


def check_finite(name, array, also=""):
    """Raises ValueError for an array `[count, ...]` with numbers that are not finite.

    Messages call the array `name`; `also` is what else may have made a number infinite.
    """
    for block in blocks(array):
        is_finite = np.isfinite(array[block])
        if not is_finite.all():
            wrong = np.flatnonzero(~is_finite.reshape(len(is_finite), -1).all(axis=1))[0]
            raise ValueError(
                f"{name}: row {block.start + wrong} holds a number that is not finite (NaN or inf)"
                f"{also}."
            )
