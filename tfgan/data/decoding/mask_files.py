"""Files of masks: the number that is stored for each pixel, or its color.

Pillow scales gray pixels of fewer than 8 bits to 0..255; here they are the numbers in the file.
Alpha is ignored: a transparent pixel has a class too.
"""

import dataclasses

import numpy as np
from PIL import Image, ImageOps

from tfgan.data import row_blocks
from tfgan.data.decoding import image_header, pixels

_NUMBERED = ("P", "L", "LA", "1", "I", "I;16", "I;16B")
_FORMATS = ("PNG", "BMP", "GIF", "JPEG", "PPM", "TIFF", "WEBP")
_FEW_BITS = {"L;2": 3, "L;4": 15}  # Pillow's names of stored pixels, and their largest number
_DROPPED_BITS = "LA;16B"
_ROWS = 256  # of a file of colors that are looked at together
_NEAR = 48.0  # from a color of the palette, of pixels in a mask
_SHARE_FAR = 0.5  # of pixels; more are those of a photo


@dataclasses.dataclass(frozen=True)
class MaskFile:
    """A decoded file of a mask.

    Attributes:
      image: Pillow image, the right way up.
      kind: str, Pillow's name of the format, such as "PNG".
      scale: the largest number that the file can store, and what Pillow makes of it.
      is_lossy: bool, whether the file holds about the pixels that were saved.
    """

    image: Image.Image
    kind: str
    scale: tuple[int, int] = (255, 255)
    is_lossy: bool = False

    def class_numbers(self, modality, has_colors=True):
        """The numbers of classes, perhaps too large ones; None for a file of their colors.

        They are the pixels of palette and gray files, unless all colors are gray; and those of a
        file that holds gray pixels as colors without loss, if these are not colors of the classes.

        Args:
          modality: `modalities.Masks`.
          has_colors: bool, whether files may hold its colors.
        Returns: int `[height, width, 1]`.
        """
        are_gray = has_colors and all(len(set(color)) == 1 for color in modality.palette)
        if are_gray and self.image.mode != "P":
            return None
        numbers = self.numbers()
        if numbers is not None or self.is_lossy:
            return numbers
        levels = self._gray_levels()
        if not levels:
            return None
        are_colors = all((level,) * 3 in modality.palette for level in levels)
        if has_colors and (are_colors or max(levels) >= modality.classes):
            return None
        return self.colors()[..., :1]

    def numbers(self):
        """The numbers in a palette or gray file: `[height, width, 1]`; None for another file."""
        if self.image.mode not in _NUMBERED:
            return None
        image = self.image.getchannel("L") if self.image.mode == "LA" else self.image
        return self._stored(np.asarray(image)[..., None])

    def colors(self):
        """The pixels without alpha: uint8 `[height, width, 3]`."""
        return np.asarray(self.image.convert("RGB"))

    def _gray_levels(self):
        """The levels of a file of colors, all of whose pixels are gray: set, empty for another."""
        width, height = self.image.size
        levels = set()
        for top in range(0, height, _ROWS):
            rows = self.image.crop((0, top, width, min(top + _ROWS, height)))
            colors = np.asarray(rows.convert("RGB"))
            if (colors != colors[..., :1]).any():
                return set()
            levels.update(np.unique(colors[..., 0]).tolist())
        return levels

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
    except Image.DecompressionBombError as error:
        raise ValueError("it is larger than Pillow allows") from error
    except Exception as error:  # what the file says decides what Pillow raises
        raise ValueError("it is damaged or truncated") from error
    if scale is None:
        raise ValueError(
            "its gray pixels have 16 bits and alpha, of which only 8 bits are read; save it "
            "without alpha"
        )
    is_lossy = image.format == "JPEG" or (image.format == "WEBP" and b"VP8L" not in content)
    return MaskFile(_half(upright, half), image.format, scale, is_lossy)


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
    """`MaskFile.scale` of an image whose pixels have not been read; None if Pillow drops bits."""
    codec, arguments = (image.tile[0].codec_name, image.tile[0].args) if image.tile else ("", "")
    if codec in ("ppm", "ppm_plain") and isinstance(arguments, tuple):
        return arguments[1], 0xFFFF if image.mode == "I" else 255
    stored_as = next(iter(arguments), "") if isinstance(arguments, tuple) else arguments
    return None if stored_as == _DROPPED_BITS else (_FEW_BITS.get(stored_as, 255), 255)


def _half(image, half):
    if half is None:
        return image
    width, height = image.size
    return image.crop((width // 2, 0, width, height) if half else (0, 0, width // 2, height))
