"""Stops a run between two steps after SIGINT or SIGTERM."""

import contextlib
import signal
import sys
import threading

import keras

from tfgan import terminal


class Interruption(keras.callbacks.Callback):
    """Stops `fit` after the step in which SIGINT or SIGTERM arrives; a second signal kills.

    In threads other than the main one, which cannot handle signals, only `poll_signal` counts.

    Attributes:
      signal: int, the signal that arrived, or None.

    Args:
      poll_signal: function () -> int or None, called after each step: a signal of another source.
    """

    def __init__(self, poll_signal=lambda: None):
        super().__init__()
        self.signal = None
        self._poll_signal = poll_signal
        self._handlers = {}

    def on_train_begin(self, logs=None):
        self.signal = None
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._handlers[number] = signal.signal(number, self._handle)

    def on_train_batch_end(self, batch, logs=None):
        polled = self._poll_signal()  # during which a signal may arrive
        self.signal = self.signal or polled
        if self.signal:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.restore_handlers()

    def restore_handlers(self):
        """Restores the handlers; also to be called if `fit` raises."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers = {}

    def _handle(self, number, frame):
        self.signal = number
        signal.signal(number, signal.SIG_DFL)
        with contextlib.suppress(OSError):  # if nothing reads: the run is saved regardless
            terminal.print_line(
                f"{signal.Signals(number).name}: saving, then stopping.", sys.stderr
            )
