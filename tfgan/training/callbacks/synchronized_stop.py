"""Lets several processes that train one model stop at one step."""

from tfgan.training.callbacks.periodic import EveryNSteps


class SynchronizedStop(EveryNSteps):
    """Makes one worker's wish to stop the decision of all, be it a signal or a reason to end early.

    A worker that left `fit` alone would let the others wait for its gradients for ever. So this
    stands last in the list, holds back what other callbacks wish, and asks all workers every so
    many steps. At the end it waits for them: none leaves before the last has saved.

    Args:
      exchange: function (list of int) -> int `[rows, n]`, what all workers said; they call it
        together.
      interruption: `Interruption`; it receives the signal that any worker was sent.
      every: int, steps. The same on all workers, as is all that decides how many steps they take.
    """

    def __init__(self, exchange, interruption, every):
        super().__init__(every)
        self._exchange = exchange
        self._interruption = interruption
        self._wishes_to_stop = False

    def on_train_batch_end(self, batch, logs=None):
        self._wishes_to_stop |= self.model.stop_training
        self.model.stop_training = False
        super().on_train_batch_end(batch, logs)

    def act(self, step, logs):
        self.model.stop_training = self._ask()

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        self._ask()

    def _ask(self):
        """Whether any worker wishes to stop."""
        said = self._exchange([int(self._wishes_to_stop), self._interruption.signal or 0])
        self._interruption.signal = int(said[:, 1].max()) or None
        return bool(said.any())
