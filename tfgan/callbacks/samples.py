"""Draws the same samples again and again, so that two pictures of a run can be compared."""

import logging

import numpy as np
import tensorflow as tf

from tfgan.callbacks.steps import EveryNSteps

_LOG = logging.getLogger(__name__)

_SEED = 0
_ROWS_OF_LABELS = 8


class SampleGrid(EveryNSteps):
    """Writes <folder>/step-<step>.png and the same picture for TensorBoard; .txt for texts.

    The samples are of the running average; what is shown of them is `Modality.preview`. Images with
    labels have a column per label (the first 10).

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
        note = self.model.modality.note(self.model.sample_shape)
        if note:
            _LOG.info("%s", note)
        tf.io.gfile.makedirs(self._folder)
        if self.step == 0:
            self.act(0, logs)

    def act(self, step, logs):
        drawn = draw(self.model)
        with self._writer.as_default(step=step):
            drawn.write(self.path(step))
            drawn.summarize("samples")
        self._drawn = step

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        if self._drawn != self.step:
            self.act(self.step, logs)
        self._writer.flush()

    def path(self, step):
        """The file of a step."""
        return f"{self._folder}/step-{step:08d}.{self.model.modality.preview_ending}"


def draw(model):
    """What is shown of a model's first samples, see `modalities.previews`."""
    modality = model.modality
    columns = min(model.classes, 10) if model.classes and modality.in_columns else None
    label = np.tile(np.arange(columns), _ROWS_OF_LABELS) if columns else None
    count = len(label) if columns else modality.shown
    return modality.preview(model.sample(count, seed=_SEED, label=label)["data"], columns)
