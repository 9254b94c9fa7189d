"""Keras callbacks for the steps of a run, each with one task.

In the list for `fit`, `TerminateOnNonFinite` comes first, so that nothing of a failed step is
shown, drawn or saved.
"""

from tfgan.training.callbacks.averages_saving import AveragesSaving
from tfgan.training.callbacks.checkpointing import Checkpointing
from tfgan.training.callbacks.interruption import Interruption
from tfgan.training.callbacks.ownership import Ownership
from tfgan.training.callbacks.periodic_evaluation import PeriodicEvaluation
from tfgan.training.callbacks.progress import ProgressBar, ProgressLines
from tfgan.training.callbacks.sample_grid import SampleGrid
from tfgan.training.callbacks.scalars import Scalars
from tfgan.training.callbacks.synchronized_stop import SynchronizedStop
from tfgan.training.callbacks.terminate_on_nonfinite import NonFiniteError, TerminateOnNonFinite

__all__ = [
    "AveragesSaving", "Checkpointing", "Interruption", "NonFiniteError", "Ownership",
    "PeriodicEvaluation", "ProgressBar", "ProgressLines", "SampleGrid", "Scalars",
    "SynchronizedStop", "TerminateOnNonFinite",
]  # fmt: skip
