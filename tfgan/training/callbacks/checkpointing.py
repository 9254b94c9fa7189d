"""Saves the state of a run."""

from tfgan.training.callbacks.periodic import EveryNSteps


class Checkpointing(EveryNSteps):
    """Saves every `every` steps, and at the end.

    Args:
      checkpoints: `runs.Checkpoints` of the model in training.
      every: int, steps.
    """

    def __init__(self, checkpoints, every):
        super().__init__(every)
        self._checkpoints = checkpoints

    def act(self, step, logs):
        self._checkpoints.save()

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        if self._checkpoints.latest_step() != self.step:
            self._checkpoints.save()
