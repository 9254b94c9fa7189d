"""What happens around the steps of a run: Keras callbacks, each with one duty.

A list of them is passed to `fit`; the guard stands first, so that nothing is shown, drawn or saved
of a step that went wrong.
"""

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
    "SynchronizedStop",
    "Checkpointing",
    "PeriodicEvaluation",
    "Interruption",
    "NonFiniteError",
    "TerminateOnNonFinite",
    "Ownership",
    "ProgressBar",
    "ProgressLines",
    "SampleGrid",
    "Scalars",
]
