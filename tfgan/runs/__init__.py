"""A run is a directory, and the directory is all that sampling, evaluating and exporting need.

  recipe.json     every resolved value, the data's shape and fingerprint, seed and versions, the
                  flags of the command, and the history of what has changed in mid-run
  checkpoints/    the last states of the training, each with the identity of the run
  best/           the state that scored best while it was trained with --evaluate_every
  logs/           TensorBoard
  samples/        PNG pictures from fixed seeds
  evaluation/     pictures and tables of `tfgan evaluate`
  metrics.jsonl   one JSON object a line; a regular file, never a link

`tfgan train --workdir=DIR` goes on with it. Data are known by their fingerprint, so they may be
moved or named otherwise. One process trains in a directory at a time, and holds its lock; those
that only read take none. All paths go through `tf.io.gfile`, so a run may live on `gs://`.
"""

from tfgan.runs.checkpoints import Checkpoints
from tfgan.runs.loading import best_checkpoints, preserve_learning_rates, open_model, open_run
from tfgan.runs.metrics_file import MetricsFile
from tfgan.runs.record import Record, format_differences, open_record
from tfgan.runs.run import Run

__all__ = [
    "Checkpoints",
    "MetricsFile",
    "Record",
    "Run",
    "best_checkpoints",
    "format_differences",
    "preserve_learning_rates",
    "open_model",
    "open_record",
    "open_run",
]
