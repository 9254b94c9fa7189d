"""A run is a directory, from which it is resumed, sampled, evaluated and exported.

  recipe.json     parameters, data, their shape and fingerprint, seed, versions, flags, and the
                  changes during the run
  checkpoints/    the last states of training, each with the identity of the run
  best/           the state with the best score, if the run was trained with --evaluate_every
  logs/           TensorBoard
  samples/        PNG pictures from fixed seeds
  evaluation/     pictures and tables of `tfgan evaluate`
  averages/       averages of the weights, if it was trained with --average_snapshots
  metrics.jsonl   one JSON object per line; a regular file, never a link

The one process that trains in a directory holds its lock; a run may be on `gs://`.
"""

from tfgan.runs.average_snapshots import AverageSnapshots
from tfgan.runs.checkpoints import Checkpoints
from tfgan.runs.loading import best_checkpoints, open_model, open_run, preserve_learning_rates
from tfgan.runs.metrics_file import MetricsFile
from tfgan.runs.record import Record, format_differences, open_record
from tfgan.runs.run import Run

__all__ = [
    "AverageSnapshots", "Checkpoints", "MetricsFile", "Record", "Run", "best_checkpoints",
    "format_differences", "preserve_learning_rates", "open_model", "open_record", "open_run",
]  # fmt: skip
