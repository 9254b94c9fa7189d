"""Previews of samples: a picture or lines of text, as a file and in TensorBoard."""

import dataclasses

import numpy as np
import tensorflow as tf

from tfgan import images, text


@dataclasses.dataclass(frozen=True)
class Picture:
    """A picture, with histograms for TensorBoard.

    Attributes:
      picture: uint8 `[height, width, channels]`.
      numbers: dict of arrays by name; TensorBoard shows histograms of the first 8.
    """

    picture: np.ndarray
    numbers: dict = dataclasses.field(default_factory=dict)

    def write(self, path):
        """Writes a PNG file atomically, local or remote."""
        images.write_png(path, self.picture)

    def summarize(self, name):
        """Writes to the default `tf.summary` writer, at its step."""
        tf.summary.image(name, self.picture[None])
        for part in list(self.numbers)[:8]:
            tf.summary.histogram(f"{name}/{part}", self.numbers[part])


@dataclasses.dataclass(frozen=True)
class Lines:
    """Texts, one per line."""

    lines: list[str]

    def write(self, path):
        """Writes a text file atomically, local or remote."""
        text.write(path, self.lines)

    def summarize(self, name):
        """Writes to the default `tf.summary` writer, at its step."""
        # Four spaces make it code in Markdown.
        tf.summary.text(name, "\n".join(f"    {each}" for each in self.lines))
