"""SIGINT and SIGTERM end a run between two steps, with its state saved."""

import signal
import sys

import keras


class Interruption(keras.callbacks.Callback):
    """Stops `fit` at the next step after SIGINT or SIGTERM; a second signal kills at once.

    Attributes:
      signal: int, the signal that came, or None.
    """

    def __init__(self):
        super().__init__()
        self.signal = None
        self._handlers = {}

    def on_train_begin(self, logs=None):
        for number in (signal.SIGINT, signal.SIGTERM):
            self._handlers[number] = signal.signal(number, self._remember)

    def on_train_batch_end(self, batch, logs=None):
        if self.signal:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.restore_handlers()

    def restore_handlers(self):
        """Gives the signals back; for `fit` that ended by an exception."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers = {}

    def _remember(self, number, frame):
        self.signal = number
        signal.signal(number, signal.SIG_DFL)
        print(f"\n{signal.Signals(number).name}: saving, then stopping.", file=sys.stderr)
