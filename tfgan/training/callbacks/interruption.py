"""SIGINT and SIGTERM end a run between two steps, with its state saved."""

import contextlib
import signal
import sys

import keras

from tfgan import terminal


class Interruption(keras.callbacks.Callback):
    """Stops `fit` at the next step after SIGINT or SIGTERM; a second signal kills at once.

    Attributes:
      signal: int, the signal that came, or None.

    Args:
      asks: function () -> int or None, asked after each step for a signal that came in another way,
        such as SIGPIPE once nobody reads what the program prints.
    """

    def __init__(self, asks=lambda: None):
        super().__init__()
        self.signal = None
        self._asks = asks
        self._handlers = {}

    def on_train_begin(self, logs=None):
        self.signal = None
        for number in (signal.SIGINT, signal.SIGTERM):
            self._handlers[number] = signal.signal(number, self._remember)

    def on_train_batch_end(self, batch, logs=None):
        asked = self._asks()  # while which a signal may come
        self.signal = self.signal or asked
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
        with contextlib.suppress(OSError):  # as where nobody reads: the run is saved all the same
            terminal.print_line(
                f"{signal.Signals(number).name}: saving, then stopping.", sys.stderr
            )
