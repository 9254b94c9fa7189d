"""Draws the same samples again and again, so that two pictures of a run can be compared."""

import logging

import numpy as np
import tensorflow as tf

from tfgan import images, text
from tfgan.callbacks.steps import EveryNSteps

_LOG = logging.getLogger(__name__)

_COUNTS = {1: 2500, 2: 64, 3: 64, 4: 16}  # by the rank of a sample: points, texts, images, videos
_SEED = 0
_ROWS_OF_LABELS = 8


class SampleGrid(EveryNSteps):
    """Writes <folder>/step-<step>.png and the same picture for TensorBoard; .txt for texts.

    The samples are of the running average; images with labels have a column a label (the first
    10), videos have a row each.

    Args:
      folder: str, where the files go.
      writer: `tf.summary` file writer; None for no TensorBoard.
      every: int, steps.
    """

    def __init__(self, folder, writer=None, *, every):
        super().__init__(every)
        self._folder = folder
        self._writer = writer or tf.summary.create_noop_writer()
        self._drawn = None

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        shape = self.model.sample_shape
        if len(shape) == 1 and shape[0] > 2:
            _LOG.info("Pictures of samples show the first two of their %d coordinates.", shape[0])
        tf.io.gfile.makedirs(self._folder)
        if self.step == 0:
            self.act(0, logs)

    def act(self, step, logs):
        drawn = draw(self.model)
        with self._writer.as_default(step=step):
            if self.model.symbols:
                text.write(self.path(step), drawn)
                # Four spaces make it code in Markdown: as it is, in letters of one width.
                tf.summary.text("samples", "\n".join(f"    {each}" for each in drawn))
            else:
                images.write_png(self.path(step), drawn)
                tf.summary.image("samples", drawn[None])
        self._drawn = step

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        if self._drawn != self.step:
            self.act(self.step, logs)
        self._writer.flush()

    def path(self, step):
        """The file of a step."""
        return f"{self._folder}/step-{step:08d}.{'txt' if self.model.symbols else 'png'}"


def draw(model):
    """A model's first samples: uint8 `[height, width, channels]`, one picture; or texts, list."""
    rank = len(model.sample_shape)
    columns = min(model.classes, 10) if model.classes and rank == 3 else None
    label = np.tile(np.arange(columns), _ROWS_OF_LABELS) if columns else None
    count = len(label) if columns else _COUNTS[rank]
    data = model.sample(count, seed=_SEED, label=label)["data"]
    return text.decode(data, model.symbols) if model.symbols else images.picture(data, columns)
