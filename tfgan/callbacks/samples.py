"""Draws the same samples again and again, so that two pictures of a run can be compared."""

import numpy as np
import tensorflow as tf

from tfgan import images
from tfgan.callbacks.steps import EveryNSteps

_IMAGES = 64
_POINTS = 2500
_SEED = 0
_ROWS_OF_LABELS = 8


class SampleGrid(EveryNSteps):
    """Writes samples/step-<step>.png and the same picture for TensorBoard.

    The picture shows the running average; with labels, a column a label (the first 10).

    Args:
      folder: str, where the pictures go.
      writer: `tf.summary` file writer.
      every: int, steps.
    """

    def __init__(self, folder, writer, every):
        super().__init__(every)
        self._folder = folder
        self._writer = writer
        self._drawn = None

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        tf.io.gfile.makedirs(self._folder)
        if self.step == 0:
            self.act(0, logs)

    def act(self, step, logs):
        picture = draw(self.model)
        images.write_png(self.path(step), picture)
        with self._writer.as_default(step=step):
            tf.summary.image("samples", picture[None])
        self._drawn = step

    def on_train_end(self, logs=None):
        if self._drawn != self.step:
            self.act(self.step, logs)
        self._writer.flush()

    def path(self, step):
        """The picture of a step."""
        return f"{self._folder}/step-{step:08d}.png"


def draw(model):
    """The picture of a model's first samples: uint8 `[height, width, channels]`."""
    if len(model.sample_shape) == 1:
        return images.picture(model.sample(_POINTS, seed=_SEED)["data"])
    columns = min(model.classes, 10) if model.classes else None
    label = np.tile(np.arange(columns), _ROWS_OF_LABELS) if columns else None
    count = len(label) if columns else _IMAGES
    return images.picture(model.sample(count, seed=_SEED, label=label)["data"], columns)
