"""Saves the state of a run."""

from tfgan.training.callbacks.periodic import EveryNSteps


class Checkpointing(EveryNSteps):
    """Saves every `every` steps, and at the end.

    Args:
      checkpoints: `runs.Checkpoints` of the model in training.
      every: int, steps.
    """

    at_end = True

    def __init__(self, checkpoints, every):
        super().__init__(every)
        self._checkpoints = checkpoints

    def act(self, step, logs):
        self._checkpoints.save()
