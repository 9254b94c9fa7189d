"""Stops several processes that train one model at the same step."""

from tfgan.training.callbacks.periodic import EveryNSteps


class SynchronizedStop(EveryNSteps):
    """Stops all workers if one of them has to stop, by a signal or a callback.

    If one left `fit` alone, the others would wait for its gradients forever. So this comes last in
    the list, suppresses the stop of other callbacks, and exchanges it every `every` steps. At the
    end it waits for the others: none leaves before the last has saved.

    Args:
      all_gather: function (list of n integers) -> int `[rows, n]`, see `distribution.AllGather`.
      interruption: `Interruption`; it receives the signal of any worker.
      every: int, steps, equal on all workers.
    """

    def __init__(self, all_gather, interruption, every):
        super().__init__(every)
        self._all_gather = all_gather
        self._interruption = interruption
        self._must_stop = False

    def on_train_batch_end(self, batch, logs=None):
        self._must_stop |= self.model.stop_training
        self.model.stop_training = False
        super().on_train_batch_end(batch, logs)

    def act(self, step, logs):
        self.model.stop_training = self._agree()

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        self._agree()

    def _agree(self):
        rows = self._all_gather([int(self._must_stop), self._interruption.signal or 0])
        self._interruption.signal = int(rows[:, 1].max()) or None
        return bool(rows.any())
