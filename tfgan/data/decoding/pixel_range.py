"""Pixels that are not uint8: which of their numbers is black and which is white.

    0..1      floats of networks and plots, booleans, masks
    -1..1     floats of GANs
    0..255    integers or floats that were bytes
    0..65535  16-bit integers

A range is recognized if the numbers reach into its upper half (and of -1..1 into its lower one);
ambiguous numbers are refused, and the user gives the range.
"""

import math

import numpy as np

from tfgan.data import row_blocks

FORM = "LOW..HIGH"

_BYTE, _UNIT, _SIGNED, _WORD = (0.0, 255.0), (0.0, 1.0), (-1.0, 1.0), (0.0, 65535.0)


def parse(name, text):
    """The range that a user gives; messages call the pixels `name`.

    >>> parse("a.npz", "-1..1")
    (-1.0, 1.0)

    Raises: ValueError for another string.
    """
    try:
        low, high = map(float, text.split(".."))
    except ValueError:
        low = high = math.nan
    if not -math.inf < low < high < math.inf:
        raise ValueError(
            f"{name}: range must be the numbers of black and white, such as 0..1, -1..1 or "
            f"0..255; received {text!r}."
        )
    return low, high


def format_range(pixel_range):
    """A range as `parse` takes it."""
    return "..".join(f"{number:g}" for number in pixel_range)


def recognize(name, arrays):
    """The range of pixels, (black, white), by the type and numbers of arrays `[count, ...]`.

    Raises: ValueError for numbers that are not finite, and those that fit no range or several.
    """
    dtype = arrays[0].dtype
    if dtype == np.uint8:
        return _BYTE
    if dtype == np.bool_:
        return _UNIT
    if dtype.kind not in "iuf":
        raise ValueError(f"{name}: pixels must be numbers or booleans; received {dtype.name}.")
    low, high, is_whole = _extent(name, arrays)
    pixel_range = _only_range(low, high, is_whole)
    if pixel_range is None:
        raise ValueError(
            f"{name}: the pixels are {dtype.name} in {low:g}..{high:g}, so it is ambiguous what is "
            "black and what is white: add #range=0..1, #range=-1..1, #range=0..255 or another to "
            "the name; numeric arrays other than pixels are #kind=latents."
        )
    return pixel_range


def to_uint8(images, pixel_range):
    """Pixels of a range as uint8, black 0 and white 255, rounded; values outside are clipped.

    Returns: (uint8 of the same shape, int: how many numbers lay outside the range).
    """
    if images.dtype == np.uint8 and pixel_range == _BYTE:
        return images, 0
    low, high = pixel_range
    converted, outside = np.empty(images.shape, np.uint8), 0
    for block in row_blocks.blocks(images):
        numbers = images[block].astype(np.float64)
        outside += int(((numbers < low) | (numbers > high)).sum())
        numbers = (numbers - low) * (255.0 / (high - low))
        converted[block] = np.rint(np.clip(numbers, 0.0, 255.0))
    return converted, outside


def _only_range(low, high, is_whole):
    if -1.0 <= low <= -0.5 and high <= 1.0:
        return _SIGNED
    if low < 0.0:
        return None
    if high <= 1.0:
        return _UNIT
    if 128.0 <= high <= 255.0:
        return _BYTE
    return _WORD if is_whole and 32768.0 <= high <= 65535.0 else None


def _extent(name, arrays):
    """(the smallest number, the largest, whether all are whole)."""
    low, high, is_whole = math.inf, -math.inf, True
    for array in arrays:
        for block in row_blocks.blocks(array):
            numbers = array[block]
            ends = float(numbers.min()), float(numbers.max())
            if not all(map(math.isfinite, ends)):
                row_blocks.check_finite(name, array)
            low, high = min(low, ends[0]), max(high, ends[1])
            is_whole = is_whole and (array.dtype.kind != "f" or (numbers == np.rint(numbers)).all())
    return low, high, is_whole
