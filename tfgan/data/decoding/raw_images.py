"""Image files of any size as raw data of a modality, such as the sources of a translation."""

from tfgan.data.decoding import pixels, preprocessing


def decode(content, modality, channels, background=preprocessing.WHITE, limit=None):
    """An image as raw data: uint8 NumPy `[height, width, channels]`.

    Pixels are turned the right way up as EXIF says, and transparent ones show the background. A
    gray file is a mask whose numbers are classes, any other one shows a mask in its colors.

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
    image = pixels.read(content, limit)
    if modality.kind != "masks":
        return preprocessing.ImagePreprocessing(None, "center", channels, background)(image).numpy()
    if image.shape[-1] == 1:
        if image.max() >= modality.classes:
            raise ValueError(
                f"it has the class {image.max()}; masks have the classes 0 to "
                f"{modality.classes - 1}"
            )
        return image
    return modality.from_colors(preprocessing.ImagePreprocessing(None, "center", 3)(image).numpy())
