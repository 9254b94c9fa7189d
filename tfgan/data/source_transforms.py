"""Sources to translate from, computed from images: edges, lines, gray, a hole, a small version.

Each transform is a value: a function of raw images, and the form of its results. Example i of a
batch is a function of image i alone, so training, held-out data and prepared datasets agree.
"""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan.data import edge_filters
from tfgan.data.decoding import preprocessing
from tfgan.data.spec import DataSpec

_TO_GRAY = preprocessing.ImagePreprocessing(channels=1)


@dataclasses.dataclass(frozen=True)
class Edges:
    """The magnitude of the gradient of the gray image, by the filters of Sobel.

    Gray is that of `Gray`; the border is continued by its own pixels.

    >>> image = np.zeros((1, 4, 4, 1), np.uint8)
    >>> image[:, :, 2:] = 255
    >>> Edges()(image)[0, 0, :, 0].numpy().tolist()
    [0, 255, 255, 0]

    Args:
      white: float above 0, the magnitude that becomes 255; 4 * 255 is a straight edge between black
        and white.
    Source: Sobel & Feldman 1968; https://en.wikipedia.org/wiki/Sobel_operator.
    """

    white: float = 4.0 * 255.0

    def spec(self, name, spec):
        """The `DataSpec` of the source; ValueError for images that have none."""
        del name
        return DataSpec((*spec.shape[:2], 1))

    def __call__(self, images):
        across, along = edge_filters.sobel(tf.cast(_TO_GRAY(images), tf.int32))
        magnitude = tf.sqrt(tf.cast(across * across + along * along, tf.float32))
        return _to_uint8(magnitude * (255.0 / self.white))


@dataclasses.dataclass(frozen=True)
class Lines:
    """The lines of the gray image by the method of Canny: 255 on black, one pixel wide.

    Args:
      low, high: int above 0, the thresholds of `edge_filters.canny`; 4 * 255 is a straight edge
        between black and white before it is smoothed.
    """

    low: int = 100
    high: int = 200

    def spec(self, name, spec):
        """The `DataSpec` of the source; ValueError for images that have none."""
        del name
        return DataSpec((*spec.shape[:2], 1))

    def __call__(self, images):
        gray = tf.cast(_TO_GRAY(images), tf.int32)
        return 255 * tf.cast(edge_filters.canny(gray, self.low, self.high), tf.uint8)


@dataclasses.dataclass(frozen=True)
class Gray:
    """The luma of color images, as `preprocessing` computes it: for colorization."""

    def spec(self, name, spec):
        """The `DataSpec` of the source; ValueError for images that have none."""
        if spec.shape[-1] == 1:
            raise ValueError(f"{name} must be of color images; received gray ones.")
        return DataSpec((*spec.shape[:2], 1))

    def __call__(self, images):
        return _TO_GRAY(images)


@dataclasses.dataclass(frozen=True)
class Hole:
    """The image without a square in its middle: for inpainting.

    Args:
      share: float in (0, 1), of the shorter side, the side of the square.
      level: int in 0..255, of all channels of the square.
    """

    share: float = 0.5
    level: int = 128

    def spec(self, name, spec):
        """The `DataSpec` of the source; ValueError for images that have none."""
        del name
        return DataSpec(spec.shape)

    def __call__(self, images):
        height, width = images.shape[1:3]
        side = round(self.share * min(height, width))
        top, left = (height - side) // 2, (width - side) // 2
        hole = np.zeros((height, width, 1), bool)
        hole[top : top + side, left : left + side] = True
        return tf.where(hole, tf.constant(self.level, tf.uint8), images)


@dataclasses.dataclass(frozen=True)
class Small:
    """The image reduced by averages and enlarged to its size again: for super-resolution.

    Args:
      factor: int from 2 on, by which both sides are divided, rounded up; they are enlarged by
        bicubic interpolation.
    """

    factor: int = 4

    def spec(self, name, spec):
        """The `DataSpec` of the source; ValueError for images that have none."""
        if min(spec.shape[:2]) < self.factor:
            raise ValueError(
                f"{name} must be of images of {self.factor} x {self.factor} pixels or more; "
                f"received {spec.shape[0]} x {spec.shape[1]}."
            )
        return DataSpec(spec.shape)

    def __call__(self, images):
        size = np.array(images.shape[1:3])
        small = tf.image.resize(images, -(-size // self.factor), method="area")
        return _to_uint8(tf.image.resize(small, size, method="bicubic"))


TRANSFORMS = {
    "edges": Edges(),
    "canny": Lines(),
    "gray": Gray(),
    "mask": Hole(),
    "small": Small(),
}


def _to_uint8(values):
    return tf.cast(tf.clip_by_value(tf.round(values), 0.0, 255.0), tf.uint8)
