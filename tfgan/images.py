"""Pixels: uint8 in files and caches, float32 in [-1, 1] in networks; grids and plots as pictures.

Only this module converts between the two ranges. Pictures are NumPy uint8 arrays `[height, width,
channels]` with 1, 3 or 4 channels.

>>> from tfgan import images
>>> images.to_uint8([-1.0, 0.0, 3.0]).numpy()
array([  0, 128, 255], dtype=uint8)
>>> images.grid(np.zeros((6, 8, 8, 1)), columns=3).shape
(22, 32, 1)
"""

import math

import numpy as np
import tensorflow as tf

from tfgan import files

_BARS = 64  # of a histogram
_LONGEST = 65_500  # side of a JPEG file, by libjpeg


def to_float(data):
    """Pixels for networks: uint8 v -> v / 127.5 - 1; float32 points pass unchanged.

    Args:
      data: uint8 `[..., height, width, channels]` in 0..255, or float32 of any shape.
    Returns: float32 of the same shape; images in [-1, 1].
    """
    data = tf.convert_to_tensor(data)
    if data.dtype == tf.float32:
        return data
    if data.dtype != tf.uint8:
        raise ValueError(
            f"Data must be uint8 images or float32 points; received {data.dtype.name}."
        )
    return tf.cast(data, tf.float32) / 127.5 - 1.0


def to_uint8(data):
    """Pixels for files: float32 x -> round((clip(x, -1, 1) + 1) * 127.5).

    Args:
      data: float32 `[..., height, width, channels]`; values outside [-1, 1] are clipped.
    Returns: uint8 of the same shape. `to_uint8(to_float(v)) == v` for every uint8 v.
    """
    return tf.cast(tf.round((tf.clip_by_value(data, -1.0, 1.0) + 1.0) * 127.5), tf.uint8)


def composite(color, alpha, background):
    """Transparent pixels in front of a background.

    Args:
      color: numbers in 0..255 `[..., c]`, c = 1 or 3.
      alpha: numbers `[..., 1]`, 0 transparent, 255 opaque.
      background: sequence of 3 ints in 0..255, equal ones for c = 1.
    Returns: float32 `[..., c]` in 0..255, not rounded.
    """
    alpha = tf.cast(alpha, tf.float32)
    behind = tf.constant(background, tf.float32)[: color.shape[-1]]
    return (tf.cast(color, tf.float32) * alpha + behind * (255.0 - alpha)) / 255.0


def grid(images, columns=None, gap=2):
    """A picture of many images, row by row, with white gaps.

    Args:
      images: uint8 `[count, height, width, channels]`.
      columns: int, images in a row; by default the squarest grid.
      gap: int, pixels between images and around the grid.
    Returns: uint8 `[rows * (height + gap) + gap, columns * (width + gap) + gap, channels]`.
    """
    images = np.asarray(images)
    count, height, width, channels = images.shape
    columns = min(count, columns or math.ceil(math.sqrt(count)))
    rows = math.ceil(count / columns)
    shape = (rows * (height + gap) + gap, columns * (width + gap) + gap, channels)
    picture = np.full(shape, 255, np.uint8)
    for index, image in enumerate(images):
        top = gap + index // columns * (height + gap)
        left = gap + index % columns * (width + gap)
        picture[top : top + height, left : left + width] = image
    return picture


def strips(videos):
    """The frames of each video from left to right.

    `[count, frames, height, width, channels]` -> `[count, height, frames * width, channels]`, of
    a static shape but for the count.
    """
    _, frames, height, width, channels = videos.shape
    return tf.reshape(tf.transpose(videos, [0, 2, 1, 3, 4]), [-1, height, frames * width, channels])


def scatter(points, extent, size=384, colors=None):
    """A picture of 2-D points: the more points a pixel contains, the darker it is.

    Args:
      points: float `[count, 2]`, x to the right and y upwards.
      extent: float, of the square [-extent, extent]^2; points outside are left out.
      size: int, pixels of a side.
      colors: uint8 `[count, 3]`, of the points, averaged in each pixel; None for black.
    Returns: uint8 `[size, size, 1]`, or `[size, size, 3]` with colors.
    """
    points = np.asarray(points, np.float64)
    edges = np.linspace(-extent, extent, size + 1)

    def dots(weights=None):
        counts, _, _ = np.histogram2d(-points[:, 1], points[:, 0], (edges, edges), weights=weights)
        # A dot is a pixel and its four neighbors, so that single points are visible.
        around = counts.copy()
        around[1:] += counts[:-1]
        around[:-1] += counts[1:]
        around[:, 1:] += counts[:, :-1]
        around[:, :-1] += counts[:, 1:]
        return around

    count = dots()
    color = np.zeros((size, size, 1))
    if colors is not None:
        color = np.stack([dots(channel) for channel in np.asarray(colors, float).T], axis=-1)
        color /= np.maximum(count, 1.0)[..., None]
    ink = 1.0 - 0.6 ** count[..., None]
    return (255.0 - ink * (255.0 - color)).round().astype(np.uint8)


def palette(count):
    """Colors of evenly spaced hues, alternately light and dark: uint8 `[count, 3]`."""
    hues = np.arange(count) / count
    values = np.where(np.arange(count) % 2, 0.65, 0.95)
    pixels = tf.stack([hues, np.full(count, 0.9), values], axis=-1)
    colors = tf.image.hsv_to_rgb(tf.cast(pixels, tf.float32)) * 255.0
    return np.array(colors).round().astype(np.uint8)


def histogram(numbers, extent, size=384):
    """A histogram of numbers as a picture.

    Args:
      numbers: float `[count]`.
      extent: float, of the range [-extent, extent]; numbers outside are left out.
      size: int, pixels of a side.
    Returns: uint8 `[size, size, 1]`; the highest bar takes the whole height.
    """
    counts, _ = np.histogram(numbers, np.linspace(-extent, extent, _BARS + 1))
    heights = np.repeat(counts / max(counts.max(), 1), -(-size // _BARS))[:size]
    is_bar = np.arange(size, 0, -1)[:, None] <= size * heights
    return np.where(is_bar, 0, 255).astype(np.uint8)[..., None]


def write_png(path, image):
    """Writes a uint8 image `[height, width, channels]`, 1 to 4 channels, atomically."""
    files.write_bytes(path, tf.io.encode_png(image).numpy())


def write_jpeg(path, image, quality=95):
    """Writes one image as JPEG with colors of full resolution, atomically.

    Args:
      path: str, local or remote.
      image: uint8 `[height, width, channels]`, 1 or 3 channels.
      quality: int, 1 to 100.
    Raises: ValueError for other channels, and sides above 65,500.
    """
    files.write_bytes(path, _jpeg(path, image, quality))


def encode(path, image):
    """The file of one image: bytes, PNG for a path that ends so, else JPEG; see `write_jpeg`."""
    if path.lower().endswith(".png"):
        return tf.io.encode_png(image).numpy()
    return _jpeg(path, image)


def _jpeg(path, image, quality=95):
    channels = image.shape[-1]
    if channels not in (1, 3):
        raise ValueError(
            f"{path} must hold 1 or 3 channels, as JPEG files do; received {channels}. PNG files "
            "hold transparency too."
        )
    if max(image.shape[:2]) > _LONGEST:
        raise ValueError(
            f"{path} must have sides of at most {_LONGEST:,} pixels, as JPEG files do; received "
            f"{image.shape[1]:,}x{image.shape[0]:,}. PNG files may be larger."
        )
    return tf.io.encode_jpeg(image, quality=quality, chroma_downsampling=False).numpy()
