"""Images of any size and kind, fitted to what a model makes.

>>> fitted(np.zeros((40, 60, 3), np.uint8), (28, 28, 1)).shape
(28, 28, 1)
"""

import numpy as np
import tensorflow as tf

from tfgan import files
from tfgan.data.decoding import pixels, preprocessing
from tfgan.data.decoding.image_files import Limits
from tfgan.typing import Path


def fitted(
    image: Path | np.ndarray, shape: tuple[int, int, int], crop: str = "center"
) -> np.ndarray:
    """An image with the size and the channels of a model: uint8 `shape`.

    Args:
      image: path of an image file, or uint8 `[height, width, channels]`.
      shape: (height, width, channels).
      crop: "center" or "stretch", see `preprocessing.ImagePreprocessing`. What is transparent is
        white where the model makes opaque images.
    Raises: ValueError for a file that cannot be read, and other arrays.
    """
    *size, channels = shape
    preprocess = preprocessing.ImagePreprocessing(tuple(size), crop, channels)
    if not isinstance(image, np.ndarray):
        image = _read(str(image))
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[-1] not in (1, 2, 3, 4):
        raise ValueError(
            "image must be uint8 [height, width, channels] with 1 to 4 channels; received "
            f"{image.dtype.name} {list(image.shape)}."
        )
    if 0 in image.shape:
        raise ValueError(f"image must have pixels; received the shape {list(image.shape)}.")
    return np.asarray(preprocess(image))


def _read(path):
    if tf.io.gfile.isdir(path):
        raise ValueError(f"image must be one file; received the folder {path}.")
    content = files.read_bytes(path, path)
    try:
        return pixels.read(content, Limits.of().one)
    except ValueError as error:
        raise ValueError(f"{path} is not a readable image: {error}.") from error
