"""What is shown of samples: a picture or lines of text, as a file and in TensorBoard."""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan import images, text

_MOST = 8  # histograms


@dataclasses.dataclass(frozen=True)
class Picture:
    """A picture, and for TensorBoard the numbers behind it.

    Attributes:
      picture: uint8 `[height, width, channels]`.
      numbers: dict of arrays by name, whose histograms TensorBoard shows; the first 8.
    """

    picture: np.ndarray
    numbers: dict = dataclasses.field(default_factory=dict)

    def write(self, path):
        """Writes a PNG file, local or remote, so that a reader never sees half of it."""
        images.write_png(path, self.picture)

    def summarize(self, name):
        """Writes to the default `tf.summary` writer, at its step."""
        tf.summary.image(name, self.picture[None])
        for part in list(self.numbers)[:_MOST]:
            tf.summary.histogram(f"{name}/{part}", self.numbers[part])


@dataclasses.dataclass(frozen=True)
class Lines:
    """Texts, one per line.

    Attributes:
      lines: list of str.
    """

    lines: list

    def write(self, path):
        """Writes a text file, local or remote, so that a reader never sees half of it."""
        text.write(path, self.lines)

    def summarize(self, name):
        """Writes to the default `tf.summary` writer, at its step."""
        # Four spaces make it code in Markdown: as it is, in letters of one width.
        tf.summary.text(name, "\n".join(f"    {each}" for each in self.lines))
