"""The pixels of one image file of any format: the one module that decides what they are.

JPEG and PNG are decoded by TensorFlow, other formats by Pillow; where both can, they agree to the
last bit. Numbers of 16 bits are scaled to eight (of an RGB TIFF file, Pillow takes the upper
eight). Pixels are turned the right way up by EXIF. Of several pictures the first is used.
Color profiles are not applied.
"""

import numpy as np
import tensorflow as tf
from PIL import ImageOps

from tfgan import memory
from tfgan.data.decoding import image_header

VERSION = 2  # of these decisions; what was decoded by others is decoded again
WHITE = 0xFFFF  # of 16 bits

# From stored pixels to those the right way up, by the orientation of EXIF.
_TURNS = {
    1: lambda pixels: pixels,
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: np.rot90(pixels, -1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: np.rot90(pixels),
}


def read(content, limit=None, white=WHITE):
    """The pixels of an image of any format.

    Args:
      content: bytes, of the file.
      limit: int, bytes of memory that decoding may take; None for any number.
      white: int, see `decode`.
    Returns: uint8 NumPy `[height, width, c]`, c: see `image_header.Header`.
    Raises: ValueError for an image that cannot be decoded, with the reason as a clause.
    """
    header = image_header.read(content)
    check_size(header, needed(header), limit)
    return decode(content, header, white)


def decode(content, header, white=WHITE):
    """The pixels of an image whose header is known.

    Args: see `read`; `white` is the least number of 16 bits that becomes 255.
    Returns, Raises: as `read`.
    """
    pixels = _upright(content, header)
    if pixels.dtype == np.uint16:
        pixels = _to_eight_bits(pixels, white if header.is_deep else WHITE)
    return np.ascontiguousarray(pixels)


def largest(content, header):
    """The largest number of an image of 16 bits, without its alpha: int; raises as `read`."""
    pixels = _upright(content, header)
    return int(pixels[..., : _colors(pixels)].max()) if pixels.dtype == np.uint16 else WHITE


def needed(header):
    """Bytes of memory that decoding takes for a moment: int."""
    places = header.height * header.width
    numbers = places * header.channels
    if header.kind == image_header.OTHER:  # Pillow holds four bytes a pixel, and copies to turn it
        return 8 * places + numbers * (15 if header.is_deep else 1)
    if header.is_deep or header.key:
        return 15 * numbers
    return numbers if header.orientation == 1 else 2 * numbers


def check_size(header, bytes_needed, limit, size=None):
    """Raises ValueError, with the reason as a clause, for an image that needs too many bytes.

    Args:
      size: (height, width) to which it is resized, or None.
    """
    if limit is not None and bytes_needed > limit:
        is_resized = size and needed(header) <= limit
        resized = f", resized to {size[1]:,} x {size[0]:,} (--image_size)," if is_resized else ""
        raise ValueError(
            f"its {header.width:,} x {header.height:,} pixels{resized} need "
            f"{memory.format_bytes(bytes_needed)} of memory, of which "
            f"{memory.format_bytes(limit)} may be taken (--memory)"
        )


def shared(tensor):
    """The numbers of an eager tensor on the CPU without a copy of them: a read-only NumPy array."""
    return np.asarray(memoryview(tensor))


def _upright(content, header):
    """The pixels the right way up: uint8, or uint16 where there are as many bits."""
    try:
        if header.kind == image_header.OTHER:
            return _by_pillow(content, header)
        return _TURNS[header.orientation](_by_tensorflow(content, header))
    except (tf.errors.ResourceExhaustedError, MemoryError) as error:
        raise ValueError("it needs more memory than there is") from error
    except Exception as error:  # what the file says decides what is raised
        raise ValueError("it is damaged or truncated") from error


def _by_tensorflow(content, header):
    if header.kind == image_header.JPEG:
        # TensorFlow's default is the fast, inexact transform; this one equals Pillow's.
        return shared(tf.io.decode_jpeg(content, dct_method="INTEGER_ACCURATE"))
    if not header.is_deep and header.key is None:
        return shared(tf.io.decode_png(content))
    pixels = shared(tf.io.decode_png(content, dtype=tf.uint16))
    if header.key is not None:
        is_key = (pixels == np.array(header.key, np.uint16)).all(-1, keepdims=True)
        pixels = np.concatenate([pixels, np.where(is_key, 0, WHITE).astype(np.uint16)], -1)
    return pixels


def _by_pillow(content, header):
    image = ImageOps.exif_transpose(image_header.opened(content))
    if image.mode.startswith("I"):
        return np.asarray(image).clip(0, WHITE).astype(np.uint16)[..., None]
    mode = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[header.channels]
    pixels = np.array(image if image.mode == mode else image.convert(mode))
    return pixels[..., None] if header.channels == 1 else pixels


def _to_eight_bits(pixels, white):
    """uint16 -> uint8, rounded to the nearest; alpha has all 16 bits."""
    most = np.full(pixels.shape[-1], white, np.uint32)
    most[_colors(pixels) :] = WHITE
    return ((np.minimum(pixels, most) * 510 + most) // (2 * most)).astype(np.uint8)


def _colors(pixels):
    return pixels.shape[-1] - (pixels.shape[-1] % 2 == 0)
