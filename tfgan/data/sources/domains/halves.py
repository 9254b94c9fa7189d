"""The halves of files that hold two images side by side, as a preprocessing of images."""

import dataclasses

import tensorflow as tf

from tfgan.data.decoding import preprocessing


@dataclasses.dataclass(frozen=True)
class Half:
    """As an `ImagePreprocessing` of one half of each image, which is split at width // 2.

    >>> Half(preprocessing.ImagePreprocessing(), 0).shape(height=8, width=12, channels=3)
    (8, 6, 3)

    Args:
      whole: `ImagePreprocessing`, of the half.
      number: 0 for the left half, 1 for the right one.
    """

    whole: preprocessing.ImagePreprocessing
    number: int

    @property
    def size(self):
        """(height, width) of the results, or None."""
        return self.whole.size

    @property
    def channels(self):
        """The channels of the results, or None."""
        return self.whole.channels

    @property
    def background(self):
        """(red, green, blue), as of `ImagePreprocessing`."""
        return self.whole.background

    def shape(self, height, width, channels):
        """The form that a half of an image of this form gets."""
        return self.whole.shape(height, width // 2, channels)

    def needed(self, height, width, channels):
        """Bytes of memory, as of `ImagePreprocessing`."""
        return self.whole.needed(height, width // 2, channels) + height * width * channels // 2

    def __call__(self, images):
        middle = tf.shape(images)[-2] // 2
        images = images[..., middle:, :] if self.number else images[..., :middle, :]
        return self.whole(images)
