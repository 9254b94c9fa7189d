"""Image files of any size as raw data of a modality, such as the sources of a translation."""

import numpy as np

from tfgan.data.decoding import image_header, mask_files, pixels, preprocessing
from tfgan.modalities import Masks


def decode(content, modality, channels, background=preprocessing.WHITE, limit=None):
    """An image as raw data: uint8 NumPy `[height, width, channels]`.

    Pixels are turned the right way up as EXIF says, and transparent ones show the background. A
    mask is read as by `mask_files.MaskFile.class_numbers`, or else by the colors of its classes.

    Args:
      content: bytes, of the file.
      modality: `Modality`, images or masks.
      channels: int, of raw images; 1 for masks.
      background: (red, green, blue) in 0..255.
      limit: int, bytes of memory that decoding may take; None for any number.
    Raises: ValueError with the reason as a clause.

    >>> import tensorflow as tf
    >>> from tfgan import modalities
    >>> png = tf.io.encode_png(tf.fill((2, 3, 3), tf.constant(255, tf.uint8))).numpy()
    >>> decode(png, modalities.Images(), 1)[..., 0].tolist()
    [[255, 255, 255], [255, 255, 255]]
    """
    if isinstance(modality, Masks):
        numbers = mask_files.read(content, limit).class_numbers(modality)
        if numbers is None:
            return mask_files.of_picture(modality, _image(content, 3, background, limit))
        if numbers.max() >= modality.classes:
            raise ValueError(
                f"it has the class {int(numbers.max())}; masks have the classes 0 to "
                f"{modality.classes - 1}"
            )
        return numbers.astype(np.uint8)
    return _image(content, channels, background, limit)


def _image(content, channels, background, limit):
    preprocess = preprocessing.ImagePreprocessing(None, "center", channels, background)
    header = image_header.read(content)
    needed = preprocess.needed(header.height, header.width, header.channels)
    pixels.check_size(header, pixels.needed(header) + needed, limit)
    return preprocess(pixels.decode(content, header)).numpy()
