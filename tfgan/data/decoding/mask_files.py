"""Files of masks: the number that is stored for each pixel, or its color.

Pillow scales gray pixels of fewer than 8 bits to 0..255; here they are the numbers in the file.
"""

import dataclasses

import numpy as np
from PIL import Image, ImageOps

from tfgan.data import row_blocks
from tfgan.data.decoding import image_header, pixels

_NUMBERED = ("P", "L", "1", "I", "I;16")
_FORMATS = ("PNG", "BMP", "GIF", "JPEG", "PPM", "TIFF", "WEBP")
_FEW_BITS = {"L;2": 3, "L;4": 15}  # Pillow's names of stored pixels, and their largest number


_NEAR = 48.0  # from a color of the palette, of pixels in a mask
_SHARE_FAR = 0.5  # of pixels; more are those of a photo


@dataclasses.dataclass(frozen=True)
class MaskFile:
    """A decoded file of a mask.

    Attributes:
      image: Pillow image, the right way up.
      kind: str, Pillow's name of the format, such as "PNG".
      scale: the largest number that the file can store, and what Pillow makes of it.
    """

    image: Image.Image
    kind: str
    scale: tuple[int, int] = (255, 255)

    def numbers(self, colors_are_gray=False):
        """The class numbers `[height, width, 1]`; None for a file of colors.

        Args:
          colors_are_gray: bool, whether gray pixels are colors of classes.
        """
        mode = self.image.mode
        if mode not in _NUMBERED or (colors_are_gray and mode != "P"):
            return None
        return self._stored(np.asarray(self.image)[..., None])

    def colors(self):
        """The pixels without alpha: uint8 `[height, width, 3]`."""
        return np.asarray(self.image.convert("RGB"))

    def _stored(self, numbers):
        stored, shown = self.scale
        if stored == shown:
            return numbers
        return (numbers.astype(np.uint32) * stored + shown // 2) // shown


def read(content, limit=None, half=None):
    """The `MaskFile` of the bytes of a file.

    Args:
      limit: int, bytes of memory that decoding may take; None for any number.
      half: 0 or 1, the left or the right half that is the mask, split at width // 2; None for all.
    Raises: ValueError with the reason as a clause.
    """
    header = image_header.read(content)
    pixels.check_size(header, pixels.needed(header), limit)
    try:
        image = image_header.opened(content, _FORMATS)
        scale, upright = _scale(image), ImageOps.exif_transpose(image)
        return MaskFile(_half(upright, half), image.format, scale)
    except Exception as error:  # what the file says decides what Pillow raises
        raise ValueError("it is damaged or truncated") from error


def of_picture(modality, picture):
    """The mask in a picture in about the colors of the classes: uint8 `[height, width, 1]`.

    Args:
      modality: `modalities.Masks`.
      picture: uint8 `[height, width, 3]`.
    Raises: ValueError, with the reason as a clause, for a picture in other colors.
    """
    mask, far = np.empty((*picture.shape[:2], 1), np.uint8), 0
    for rows in row_blocks.blocks(picture):
        mask[rows] = modality.from_colors(picture[rows])
        difference = picture[rows].astype(np.int32) - np.asarray(modality.pictures(mask[rows]))
        far += np.count_nonzero(np.square(difference).sum(-1) > _NEAR**2)
    if far > _SHARE_FAR * mask.size:
        raise ValueError(
            f"it is not a mask: {far / mask.size:.0%} of its pixels have other colors than the "
            f"{modality.classes} classes"
        )
    return mask


def _scale(image):
    """`MaskFile.scale` of an image whose pixels have not been read."""
    arguments = image.tile[0].args if image.tile else ()
    stored_as, *rest = arguments if isinstance(arguments, tuple) else (arguments,)
    if image.tile and image.tile[0].codec_name in ("ppm", "ppm_plain") and rest:
        return rest[0], 0xFFFF if image.mode == "I" else 255
    return _FEW_BITS.get(stored_as, 255), 255


def _half(image, half):
    if half is None:
        return image
    width, height = image.size
    return image.crop((width // 2, 0, width, height) if half else (0, 0, width // 2, height))
