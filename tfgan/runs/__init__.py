"""A run is a directory, and the directory is all that sampling, evaluating and exporting need.

  recipe.json     every resolved value, the data's shape and fingerprint, seed and versions
  checkpoints/    the last states of the training, restored by running the same command again
  best/           the state that scored best while it was trained with --evaluate_every
  logs/           TensorBoard
  samples/        PNG pictures from fixed seeds
  evaluation/     pictures and tables of `tfgan evaluate`
  metrics.jsonl   one JSON object a line

All paths go through `tf.io.gfile`, so a run may live on `gs://`.
"""

from tfgan.runs.checkpoints import Checkpoints
from tfgan.runs.metrics import MetricsFile
from tfgan.runs.opening import best_checkpoints, keeping_rates, open_model
from tfgan.runs.record import Record, in_words, open_record

__all__ = [
    "Checkpoints",
    "MetricsFile",
    "Record",
    "best_checkpoints",
    "in_words",
    "keeping_rates",
    "open_model",
    "open_record",
]
