"""What happens around the steps of a run: Keras callbacks, each with one duty.

A list of them is passed to `fit`; the guard stands first, so that nothing is shown, drawn or saved
of a step that went wrong.
"""

from tfgan.callbacks.agreement import Agreement
from tfgan.callbacks.checkpointing import Checkpointing
from tfgan.callbacks.evaluation import Evaluation
from tfgan.callbacks.guard import NonFiniteError, NonFiniteGuard
from tfgan.callbacks.interruption import Interruption
from tfgan.callbacks.ownership import Ownership
from tfgan.callbacks.progress import ProgressBar, ProgressLines
from tfgan.callbacks.samples import SampleGrid
from tfgan.callbacks.scalars import Scalars

__all__ = [
    "Agreement",
    "Checkpointing",
    "Evaluation",
    "Interruption",
    "NonFiniteError",
    "NonFiniteGuard",
    "Ownership",
    "ProgressBar",
    "ProgressLines",
    "SampleGrid",
    "Scalars",
]
