"""From images of any size and kind to uint8 pixels of one shape, in eager mode and in `tf.data`.

Resizing is bicubic with antialiasing, which matters for FID (Parmar et al. 2022,
https://arxiv.org/abs/2104.11222), in float32, rounded to uint8 once, at the end.
"""

import dataclasses
import math

import numpy as np
import tensorflow as tf

from tfgan import choices, images, memory, words
from tfgan.data import source_names
from tfgan.data.decoding import pixels

WHITE = source_names.BACKGROUNDS["white"]

_LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601, as in JPEG
_CHANNELS = (1, 2, 3, 4)  # gray, gray and alpha, RGB, RGB and alpha
_BLOCK_BYTES = 2**26  # of images that are preprocessed at once

# The beginnings of the files that nearly all programs write: a JFIF header, one or two tables and
# the sides; the sides and then the pixels. The bytes are read as Latin-1. Sides are below 4,096.
_JPEG = (
    r"(?s)\xff\xd8\xff\xe0\x00\x10JFIF\x00.{9}(\xff\xdb\x00\x43.{65}){1,2}"
    r"\xff[\xc0\xc2]\x00[\x0b\x11]\x08[\x00-\x0f].[\x00-\x0f].[\x01\x03].*"
)
_PNG = (
    r"(?s)\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00[\x00-\x0f].\x00\x00[\x00-\x0f]."
    r"[\x01\x02\x04\x08][\x00\x02]\x00\x00[\x00\x01].{4}\x00\x00..IDAT.*"
)
_HEAD = 180  # bytes that hold such a beginning
_PNG_REST = 57  # bytes that are not pixels


@dataclasses.dataclass(frozen=True)
class ImagePreprocessing:
    """How images of any size and kind become images of one shape.

    Attributes:
      size: (height, width) in pixels, or int for a square; None keeps the size.
      crop: "center" scales until the image covers `size` and crops the middle; "stretch" scales
        each side on its own.
      channels: 1 (gray), 3 (RGB), 4 (RGB and alpha; opaque where there is none), or None for as
        stored, without alpha.
      background: (red, green, blue) in 0..255, visible where an image is transparent.
    Raises: ValueError for other values.

    >>> ImagePreprocessing((32, 32), channels=1).shape(height=480, width=640, channels=3)
    (32, 32, 1)
    """

    size: tuple | None = None
    crop: str = "center"
    channels: int | None = None
    background: tuple = WHITE

    def __post_init__(self):
        if self.size is not None:
            size = (self.size, self.size) if type(self.size) is int else self.size
            is_pair = isinstance(size, tuple | list) and len(size) == 2
            if not is_pair or not all(type(n) is int and n > 0 for n in size):
                raise ValueError(
                    "image_size must be a whole number of pixels, at least 1, or a pair (height, "
                    f"width); received {self.size!r}."
                )
            object.__setattr__(self, "size", tuple(size))
        if self.crop not in choices.CROPS:
            raise words.unknown("crop", self.crop, choices.CROPS)
        if self.channels not in (None, *choices.CHANNELS):
            raise ValueError(f"channels must be 1, 3 or 4; received {self.channels!r}.")
        object.__setattr__(self, "background", tuple(self.background))
        levels = self.background
        if len(levels) != 3 or not all(type(n) is int and 0 <= n <= 255 for n in levels):
            raise ValueError(
                f"background must be red, green and blue in 0..255; received {levels}."
            )

    def check_unused(self, name, kind):
        """Raises ValueError for options for images where the data `name` are of another kind."""
        if self.size is not None or self.channels is not None:
            raise ValueError(f"image_size and channels are for images; {name} holds {kind}.")

    def check_memory(self, limit):
        """Raises ValueError for a size of which no image fits into `limit` bytes of memory."""
        least = 2 * math.prod(self.size or (0,)) * (self.channels or 1)
        if least > limit:
            height, width = self.size
            raise ValueError(
                "image_size must be so small that an image fits into the memory that may be taken "
                f"(--memory), {memory.format_bytes(limit)}; received {height:,} x {width:,}, which "
                f"needs {memory.format_bytes(least)}."
            )

    def shape(self, height, width, channels):
        """The (height, width, channels) that an image of this shape gets."""
        return (*(self.size or (height, width)), self.channels or self._opaque(channels))

    def needed(self, height, width, channels):
        """Bytes of memory that preprocessing takes for a moment besides the image: int."""
        result = self.shape(height, width, channels)
        has_alpha = channels in (2, 4) or self.channels == 4
        needed = height * width * (40 * has_alpha + 28 * (self.channels == 1))
        needed += 2 * math.prod(result)
        if self.size and self.size != (height, width):
            rows, columns = self._scaled(height, width)
            needed += 4 * max(channels, result[2]) * rows * (width + 2 * columns)
        return int(needed)

    def __call__(self, image):
        """Preprocesses one image or a batch of equal size.

        Args:
          image: uint8 `[..., height, width, c]`; c = 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and
            alpha. A static c is faster.
        Returns: uint8 `[..., *size, channels]`.
        """
        image = tf.convert_to_tensor(image)
        if image.shape[-1] is not None:
            return self._sized(self._colored(image))

        def branch(channels):
            return self(tf.ensure_shape(image, [*image.shape[:-1], channels]))

        branches = {c - 1: (lambda c=c: branch(c)) for c in _CHANNELS}
        return tf.switch_case(tf.shape(image)[-1] - 1, branches)

    def opaque(self, image):
        """As the call, for images without alpha, gray or RGB; c need not be static for speed."""
        return self._sized(self._without_alpha(image))

    def _colored(self, image):
        """The image with its final channels, uint8 or float32 in 0..255."""
        stored = image.shape[-1]
        if stored % 2:
            return self._without_alpha(image)
        color, alpha = image[..., :-1], image[..., -1:]
        if self.channels == 4:
            return tf.concat([_with_channels(color, 3), alpha], -1)
        color = _with_channels(color, 3) if self._opaque(stored) == 3 else color
        return self._without_alpha(images.composite(color, alpha, self.background))

    def _without_alpha(self, image):
        if self.channels == 4:
            opaque = tf.fill(tf.shape(image[..., :1]), tf.constant(255, tf.uint8))
            return tf.concat([_with_channels(image, 3), opaque], -1)
        return image if self.channels is None else _with_channels(image, self.channels)

    def _opaque(self, stored):
        """The channels without alpha; gray on a colored background is RGB."""
        is_gray = len(set(self.background)) == 1
        return {1: 1, 2: 1 if is_gray else 3}.get(stored, 3)

    def _sized(self, image):
        if self.size is not None:
            image = self._resized(image)
        if image.dtype == tf.float32:
            image = tf.cast(tf.round(tf.clip_by_value(image, 0.0, 255.0)), tf.uint8)
        return image

    def _resized(self, image):
        """Float32 `[..., *size, c]`. Colors are weighted by their alpha."""
        if self.channels == 4:
            image = tf.cast(image, tf.float32)
            image = tf.concat([image[..., :3] * image[..., 3:] / 255.0, image[..., 3:]], -1)
        image = self.resized(image, method="bicubic", antialias=True)
        if self.channels == 4:
            color, alpha = image[..., :3], image[..., 3:]
            color = tf.where(alpha < 0.5, 0.0, color * 255.0 / tf.maximum(alpha, 0.5))
            image = tf.concat([color, alpha], -1)
        return image

    def resized(self, image, **method):
        """Images `[..., height, width, c]` in the size, by a method of `tf.image.resize`."""
        size = self.size
        if self.crop == "center":
            sides = tf.cast(tf.shape(image)[-3:-1], tf.float32)
            scaled = tf.round(sides * tf.reduce_max(tf.constant(size, tf.float32) / sides))
            size = tf.maximum(tf.cast(scaled, tf.int32), self.size)
        image = tf.image.resize(image, size, **method)
        top, left = tf.unstack((tf.shape(image)[-3:-1] - self.size) // 2)
        height, width = self.size
        return image[..., top : top + height, left : left + width, :]

    def _scaled(self, height, width):
        if self.crop == "stretch":
            return self.size
        factor = max(self.size[0] / height, self.size[1] / width)
        return round(height * factor), round(width * factor)


@dataclasses.dataclass(frozen=True)
class MaskPreprocessing:
    """The size and the crop of an `ImagePreprocessing` for class numbers, by the nearest pixel."""

    images: ImagePreprocessing

    def shape(self, height, width, channels):
        """The form that masks of this form get, raw or as network inputs."""
        return (*(self.images.size or (height, width)), channels)

    def needed(self, height, width, channels):
        """Bytes of memory, see `ImagePreprocessing`."""
        return math.prod(self.shape(height, width, channels))

    def __call__(self, masks):
        """uint8 `[..., height, width, 1]` -> uint8 `[..., *size, 1]`."""
        masks = tf.convert_to_tensor(masks)
        return masks if self.images.size is None else self.images.resized(masks, method="nearest")


def decode(encoded, preprocess, limit=None, white=pixels.WHITE):
    """The preprocessed image in a file of any format, in a graph.

    What nearly all programs write is decoded by TensorFlow on all cores; other images by
    `pixels.read`, in Python. The result is that of `pixels.read` either way.

    Args:
      encoded: str scalar tensor, the file's content.
      limit: int, bytes of memory that decoding one image may take; None for any number.
      white: int, see `pixels.decode`.
    Returns: uint8 `[height, width, channels]`.
    Raises: tf.errors.InvalidArgumentError for an image that cannot be decoded; in eager mode also
      ValueError.
    """

    def in_python(content):
        content = content if isinstance(content, bytes) else content.item()  # an array if eager
        return preprocess(pixels.read(content, limit, white)).numpy()

    def by_pixels():
        return tf.numpy_function(in_python, [encoded], tf.uint8, stateful=False)

    # The bytes 0 to 255 as the characters 0 to 255, which a pattern can name.
    head = tf.strings.substr(encoded, 0, _HEAD)
    head = tf.strings.unicode_transcode(head, "ISO-8859-1", "UTF-8")
    image = tf.cond(
        tf.strings.regex_full_match(head, _JPEG),
        lambda: preprocess.opaque(decode_jpeg(encoded)),
        lambda: tf.cond(
            _is_png(encoded, head), lambda: preprocess.opaque(tf.io.decode_png(encoded)), by_pixels
        ),
    )
    return tf.ensure_shape(image, [*(preprocess.size or (None, None)), preprocess.channels])


def decode_jpeg(encoded, channels=0):
    """The pixels of a JPEG file by the exact transform; 0 channels for as many as stored."""
    return tf.io.decode_jpeg(encoded, channels, dct_method="INTEGER_ACCURATE")


def preprocess_array(array, preprocess):
    """Preprocesses an array of images of one size, a few at a time.

    Returns: uint8 `[count, *size, channels]`; `array` itself if nothing is to be done.
    """
    shape = preprocess.shape(*array.shape[1:])
    if shape == array.shape[1:]:
        return array
    result = np.empty((len(array), *shape), np.uint8)
    rows = max(1, _BLOCK_BYTES // (preprocess.needed(*array.shape[1:]) + array[:1].nbytes))
    for first in range(0, len(array), rows):
        result[first : first + rows] = preprocess(array[first : first + rows])
    return result


def _is_png(encoded, head):
    """Whether this is a PNG file of gray or RGB whose pixels are one chunk, and nothing else."""

    def is_whole():
        size = tf.io.decode_raw(tf.strings.substr(encoded, 33, 4), tf.int32, little_endian=False)
        return size[0] == tf.strings.length(encoded) - _PNG_REST

    return tf.cond(tf.strings.regex_full_match(head, _PNG), is_whole, lambda: tf.constant(False))


def _with_channels(image, channels):
    color = tf.broadcast_to(image, tf.concat([tf.shape(image)[:-1], [3]], 0))
    if channels == 3:
        return color
    return tf.reduce_sum(tf.cast(color, tf.float32) * _LUMA, -1, keepdims=True)
