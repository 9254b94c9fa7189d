"""From an image file's bytes to uint8 pixels of the wanted size.

Resizing is bicubic with antialiasing: as sharp as Pillow's BICUBIC and free of aliasing, which the
clean-fid paper (Parmar et al. 2022, https://arxiv.org/abs/2104.11222) finds to matter for FID.
Area averaging blurs, and bilinear or bicubic without antialiasing skips pixels. The arithmetic is
float32 and is rounded to uint8 once, at the end. EXIF orientation is not applied.
"""

import dataclasses

import numpy as np
import tensorflow as tf

SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".bmp")

_LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601, as in JPEG
_CROPS = ("center", "stretch")


@dataclasses.dataclass(frozen=True)
class Fit:
    """How images of any size become images of one size.

    Attributes:
      size: (height, width) in pixels; None leaves the size alone.
      crop: "center" scales until the image covers `size` and cuts the middle out; "stretch" scales
        both sides on their own.
      channels: 1 (grey), 3 (RGB), or None for as stored.
    Raises: ValueError for other values.
    """

    size: tuple | None = None
    crop: str = "center"
    channels: int | None = None

    def __post_init__(self):
        if self.size is not None:
            object.__setattr__(self, "size", tuple(self.size))
            if len(self.size) != 2 or not all(type(n) is int and n > 0 for n in self.size):
                raise ValueError(
                    f"image_size must be height and width in pixels, such as 64,64; received "
                    f"{self.size}."
                )
        if self.crop not in _CROPS:
            raise ValueError(f"crop must be 'center' or 'stretch'; received {self.crop!r}.")
        if self.channels not in (None, 1, 3):
            raise ValueError(f"channels must be 1 or 3; received {self.channels!r}.")

    @property
    def is_identity(self):
        """Whether images come back as they are, up to transparency."""
        return self.size is None and self.channels is None

    def __call__(self, image):
        """Fits one image or a batch of equal size.

        Args:
          image: uint8 `[..., height, width, c]`; c = 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and
            alpha. Alpha is dropped.
        Returns: uint8 `[..., *size, channels]`.
        """
        image = tf.convert_to_tensor(image)
        stored = tf.shape(image)[-1]
        image = image[..., : stored - (1 - stored % 2)]
        if self.channels is not None:
            image = _with_channels(image, self.channels)
        if self.size is not None:
            image = self._resized(tf.cast(image, tf.float32))
        if image.dtype == tf.float32:
            image = tf.cast(tf.round(tf.clip_by_value(image, 0.0, 255.0)), tf.uint8)
        return image

    def _resized(self, image):
        size = self.size
        if self.crop == "center":
            sides = tf.cast(tf.shape(image)[-3:-1], tf.float32)
            scaled = tf.round(sides * tf.reduce_max(tf.constant(size, tf.float32) / sides))
            size = tf.maximum(tf.cast(scaled, tf.int32), self.size)
        image = tf.image.resize(image, size, method="bicubic", antialias=True)
        top, left = tf.unstack((tf.shape(image)[-3:-1] - self.size) // 2)
        height, width = self.size
        return image[..., top : top + height, left : left + width, :]


def decode(encoded):
    """The pixels of a JPEG, PNG, GIF (its first frame) or BMP: uint8 `[height, width, c]`.

    Args:
      encoded: str scalar tensor, the file's content.
    Returns: c is as stored: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
    Raises: tf.errors.InvalidArgumentError for anything else, and for a truncated file.
    """
    return tf.cond(
        tf.io.is_jpeg(encoded),
        lambda: _decode_jpeg(encoded),
        lambda: tf.io.decode_image(encoded, expand_animations=False),
    )


def decode_many(encoded, fit):
    """The fitted pixels of a few images, which run through one call.

    Args:
      encoded: list of str scalar tensors.
      fit: `Fit`.
    Returns: uint8 `[count, height, width, channels]`.
    Raises: tf.errors.InvalidArgumentError, if one cannot be decoded or has another shape.
    """

    together = tf.stack(encoded)

    def one_by_one(decode_one):
        return tf.map_fn(
            lambda content: fit(decode_one(content)),
            together,
            fn_output_signature=tf.uint8,
            parallel_iterations=len(encoded),
        )

    def jpeg():
        # A loop costs as much as decoding a small image, and far less than resizing one.
        if fit.is_identity:
            return fit(tf.stack([_decode_jpeg(content) for content in encoded]))
        return one_by_one(_decode_jpeg)

    # One question for all: a condition an image costs as much as decoding a small one.
    are_jpeg = tf.reduce_all(tf.strings.substr(together, 0, 3) == b"\xff\xd8\xff")
    return tf.cond(are_jpeg, jpeg, lambda: one_by_one(decode))


def fit_array(images, fit, rows=256):
    """Fits many images of one size, a few at a time.

    Args:
      images: uint8 `[count, height, width, channels]`.
      fit: `Fit`.
      rows: int, images handled at once.
    Returns: uint8 `[count, *size, channels]`; `images` itself if nothing is to be done.
    """
    shape = (fit.size or images.shape[1:3]) + (fit.channels or images.shape[3],)
    if shape == images.shape[1:]:
        return images
    fitted = np.empty((len(images), *shape), np.uint8)
    for first in range(0, len(images), rows):
        fitted[first : first + rows] = fit(images[first : first + rows])
    return fitted


def _decode_jpeg(encoded):
    # TensorFlow's default is the fast, inexact transform; this one equals Pillow's.
    return tf.io.decode_jpeg(encoded, dct_method="INTEGER_ACCURATE")


def _with_channels(image, channels):
    colour = tf.broadcast_to(image, tf.concat([tf.shape(image)[:-1], [3]], 0))
    if channels == 3:
        return colour
    return tf.reduce_sum(tf.cast(colour, tf.float32) * _LUMA, -1, keepdims=True)
