"""Draws the same samples at several steps of a run."""

import logging

import numpy as np
import tensorflow as tf

from tfgan.modalities import translations
from tfgan.training.callbacks.periodic import EveryNSteps

_LOG = logging.getLogger(__name__)

_SEED = 0
_ROWS_OF_LABELS = 8


class SampleGrid(EveryNSteps):
    """Writes <folder>/step-<step>.png (.txt for texts), and the same picture to TensorBoard.

    Args:
      folder: path of the files.
      writer, every: see `EveryNSteps`.
      conditions: dict of arrays `[count, ...]`, see the model's `sample`; by default the first 10
        labels, in columns. Conditions with pictures are shown beside the samples.
      target: raw `[count, ...]`, shown on the other side of the samples; or None.
    """

    at_end = True

    def __init__(self, folder, writer=None, *, every, conditions=None, target=None):
        super().__init__(every, writer)
        self._conditions = conditions
        self._target = target
        self._folder = folder

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        note = self.model.modality.preview_note(self.model.sample_shape)
        if note:
            _LOG.info("%s", note)
        tf.io.gfile.makedirs(self._folder)
        if self.step == 0:
            self.act_now()

    def act(self, step, logs):
        drawn = draw(self.model, self._conditions, self._target)
        with self._writer.as_default(step=step):
            drawn.write(self.path(step))
            drawn.summarize("samples")

    def path(self, step):
        """The file of a step: str."""
        return f"{self._folder}/step-{step:08d}.{self.model.modality.preview_suffix}"


def draw(model, conditions=None, target=None):
    """The preview of a model's first samples; conditions and target: see `SampleGrid`."""
    modality = model.modality
    if conditions:
        count = len(next(iter(conditions.values())))
        samples = model.sample(count, seed=_SEED, **conditions)
        return translations.preview(samples, modality, model.condition_modalities, target)
    columns = min(model.classes, 10) if model.classes and modality.columns_by_label else None
    label = np.tile(np.arange(columns), _ROWS_OF_LABELS) if columns else None
    count = len(label) if columns else modality.preview_count
    return modality.preview(model.sample(count, seed=_SEED, label=label)["data"], columns)
