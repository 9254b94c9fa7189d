"""Writes the losses and other scalars of a run to TensorBoard and metrics.jsonl."""

import tensorflow as tf

from tfgan.models import scheduled_values
from tfgan.training.callbacks.periodic import EveryNSteps, Rate


class Scalars(EveryNSteps):
    """Writes losses, D(x), D(G(z)), what follows a schedule, kimg and speed every `every` steps.

    Args:
      metrics_file: `runs.MetricsFile`.
      writer, every: see `EveryNSteps`.
      examples_per_step: int, real examples over all devices; None leaves out kimg and speed.
    """

    def __init__(self, metrics_file, writer=None, *, every, examples_per_step=None):
        super().__init__(every, writer)
        self._file = metrics_file
        self._examples_per_step = examples_per_step

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._rate = Rate(self._examples_per_step)

    def act(self, step, logs):
        record = {name: float(value) for name, value in logs.items()}
        record |= scheduled_values.of_model(self.model)
        if self._examples_per_step:
            record["kimg"] = step * self._examples_per_step / 1000
        rate = self._rate.read(step)
        if rate:
            record["images_per_second"] = rate
        with self._writer.as_default(step=step):
            for name, value in record.items():
                tf.summary.scalar(name, value)
        self._file.append({"step": step, **record})
