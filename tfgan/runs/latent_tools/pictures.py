"""Pictures of walks, sums and projections: uint8 `[height, width, channels]`.

>>> enlarged(np.zeros((6, 28, 20, 1), np.uint8), 56).shape
(6, 56, 40, 1)
"""

import numpy as np

from tfgan import images
from tfgan.modalities import Modality
from tfgan.runs.latent_tools.projection import Projection
from tfgan.runs.latent_tools.sums import Sum
from tfgan.runs.latent_tools.walks import Walk

_SIDE = 56  # pixels of an image's longer side, at least
_GAP = 2


def enlarged(pictures: np.ndarray, side: int = _SIDE) -> np.ndarray:
    """Pictures `[n, height, width, channels]`, small ones by the whole factor that gives a side."""
    factor = max(1, side // max(pictures.shape[1:3]))
    return pictures.repeat(factor, axis=1).repeat(factor, axis=2)


def of_walk(walk: Walk, modality: Modality) -> np.ndarray:
    """One row per path.

    Raises: ValueError for a kind of which single examples have no pictures, such as texts.
    """
    rows, steps = walk.data.shape[:2]
    pictures = _pictures(modality, walk.data.reshape(rows * steps, *walk.data.shape[2:]))
    return images.grid(pictures, steps, _GAP)


def of_sum(result: Sum, modality: Modality) -> np.ndarray:
    """One column per group with its mean below, the signs between the means, and the result.

    Raises: ValueError for a kind of which single examples have no pictures, such as texts.
    """
    members = [_pictures(modality, each) for each in result.members]
    means, [total] = _pictures(modality, result.means), _pictures(modality, result.result)
    height, width, channels = total.shape
    across, down = width + width // 2, height + _GAP  # from one place to the next
    tallest = max(map(len, members))
    top = _GAP + tallest * down + height // 4  # of the row of means
    shape = (top + down, 2 * _GAP + len(means) * across + width, channels)
    canvas = np.full(shape, 255, np.uint8)

    def paste(picture, row, column):
        canvas[row : row + height, column : column + width] = picture

    for at, (group, mean) in enumerate(zip(members, means, strict=True)):
        left = _GAP + at * across
        for row, picture in enumerate(group):
            paste(picture, _GAP + (tallest - len(group) + row) * down, left)
        paste(mean, top, left)
        sign = "=" if at == len(means) - 1 else "+-"[result.signs[at + 1] < 0]
        _draw(canvas, sign, top + height // 2, left + width + (across - width) // 2, width // 4)
    paste(total, top, _GAP + len(means) * across)
    return canvas


def of_projection(result: Projection) -> np.ndarray:
    """Side by side: the image, the nearest sample, the projection, and what differs in white."""
    target, data = result.target, result.data
    difference = np.abs(target.astype(np.int16) - data).astype(np.uint8)
    difference[..., 3:] = 255  # opaque
    row = np.stack([target, result.nearest.data, data, difference])
    return images.grid(enlarged(row), len(row), _GAP)


def _pictures(modality: Modality, data: np.ndarray) -> np.ndarray:
    return enlarged(np.asarray(modality.pictures(data)))


def _draw(canvas: np.ndarray, sign: str, row: int, column: int, size: int) -> None:
    """A black sign around a place."""
    half, stroke = max(2, size // 2), max(1, size // 12)

    def bar(row, half_height, half_width):
        place = np.s_[
            row - half_height : row + half_height, column - half_width : column + half_width
        ]
        canvas[place][..., :3] = 0

    for offset in (-half // 2, half // 2) if sign == "=" else (0,):
        bar(row + offset, stroke, half)
    if sign == "+":
        bar(row, half, stroke)
