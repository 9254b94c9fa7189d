"""Arrays of numbers that are not pixels: points, latents, and every other kind of float data."""

import numpy as np

from tfgan.data import held_out

_BLOCK = 16 * 2**20  # bytes looked at together
_EXACT = 2**24  # up to here float32 holds every whole number


def read(name, data, kind, chosen):
    """The numbers as a source holds them.

    Args:
      name: str, how messages call the file.
      data: list of arrays `[n, ...]`, a part each; floats or whole numbers.
      kind: subclass of `modalities.Modality`.
      chosen: dict of str, what the user has chosen.
    Returns: (list of float32 arrays; uint64 hashes of the rows of the first; dict: the form, but
      for what is a matter of course).
    Raises: ValueError for numbers that are not finite or that float32 does not hold, and for the
      choice of a range.
    """
    if "range" in chosen:
        raise ValueError(f"range is for images and videos; {name} holds {kind.kind}.")
    data = [_floats(name, array) for array in data]
    form = {"kind": kind.kind} if "kind" in chosen else {}
    return data, held_out.hashes_of_rows(data[0]), form


def blocks(array, rows=None):
    """Some rows of an array, in parts that memory holds.

    Args:
      array: `[n, ...]`.
      rows: bool `[n]`, which; None for all.
    Yields: arrays `[count, ...]`, count > 0.
    """
    size = max(1, _BLOCK * len(array) // max(array.nbytes, 1))
    for first in range(0, len(array), size):
        part = array[first : first + size]
        part = part if rows is None else part[rows[first : first + size]]
        if len(part):
            yield part


def _floats(name, array):
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must hold numbers; received {array.dtype.name}.")
    is_whole = array.dtype.kind != "f"
    if is_whole and array.size and max(abs(int(array.min())), abs(int(array.max()))) > _EXACT:
        raise ValueError(f"{name} holds whole numbers beyond {_EXACT:,}, which float32 rounds.")
    with np.errstate(over="ignore"):
        data = array.astype(np.float32, copy=False)
    first = 0
    for block in blocks(data):
        wrong = np.flatnonzero(~np.isfinite(block).reshape(len(block), -1).all(axis=1))
        if wrong.size:
            raise ValueError(
                f"{name}: row {first + wrong[0]} holds a number that is not finite (NaN or inf), "
                "or too large for float32."
            )
        first += len(block)
    return data
