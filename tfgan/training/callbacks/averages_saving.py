"""Saves the averages of a run of which one of any width is made later."""

from tfgan.training.callbacks.periodic import EveryNSteps


class AveragesSaving(EveryNSteps):
    """Saves every `every` steps.

    Args:
      snapshots: `runs.AverageSnapshots` of the model in training.
      every: int, steps.
    """

    def __init__(self, snapshots, every):
        super().__init__(every)
        self._snapshots = snapshots

    def act(self, step, logs):
        self._snapshots.save()
