"""Numbers that describe what bright pixels form: brightness, width, slant.

>>> from tfgan.metrics import image_shapes
>>> image = np.zeros((1, 4, 4, 1), np.uint8)
>>> image[0, range(4), range(4)] = 255  # from the upper left to the lower right
>>> image_shapes.brightness(image).tolist(), image_shapes.slant(image).round(6).tolist()
([0.25], [-1.0])
"""

import numpy as np


def brightness(images):
    """The mean of the pixels in 0..1: float64 `[n]`, of uint8 `[n, height, width, channels]`."""
    return _gray(images).mean(axis=(1, 2))


def width(images):
    """The standard deviation of the columns of bright pixels, in pixels: float64 `[n]`.

    Args:
      images: uint8 `[n, height, width, channels]`; a pixel weighs as much as it is bright.
    Returns: 0 for a black image.
    """
    _, _, columns = _moments(images)
    return np.sqrt(columns)


def slant(images):
    """How far a shape leans to the right: columns per row upwards, float64 `[n]`.

    It is the slope of the regression of columns on rows, 0 for an upright shape and 1 for one that
    leans by 45 degrees.

    Args:
      images: uint8 `[n, height, width, channels]`; a pixel weighs as much as it is bright.
    Returns: 0 for an image without height.
    """
    rows, both, _ = _moments(images)
    return np.where(rows > 0.0, -both / np.where(rows > 0.0, rows, 1.0), 0.0)


def _moments(images):
    """The variance of rows, the covariance, and the variance of columns: `[n]` each."""
    gray = _gray(images)
    mass = gray.sum(axis=(1, 2))
    weights = gray / np.where(mass > 0.0, mass, 1.0)[:, None, None]
    row, column = (np.arange(size, dtype=np.float64) for size in gray.shape[1:])
    mean_row, mean_column = weights.sum(axis=2) @ row, weights.sum(axis=1) @ column
    row, column = row - mean_row[:, None], column - mean_column[:, None]
    return (
        np.einsum("nhw,nh->n", weights, row**2),
        np.einsum("nhw,nh,nw->n", weights, row, column),
        np.einsum("nhw,nw->n", weights, column**2),
    )


def _gray(images):
    images = np.asarray(images)
    if images.ndim != 4 or images.dtype != np.uint8:
        raise ValueError(
            "images must be uint8 [n, height, width, channels]; received "
            f"{images.dtype} {list(images.shape)}."
        )
    return images.mean(axis=3, dtype=np.float64) / 255.0
