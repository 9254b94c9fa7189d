"""Ends a run whose directory another process has taken over."""

import time

import keras

_SECONDS = 5.0  # between two looks at the lock


class Ownership(keras.callbacks.Callback):
    """Looks at the lock of the run's directory every few seconds, and before training ends.

    A process that was stopped for minutes may have lost it: what it wrote then would be doubled.
    It stands before all callbacks that write.

    Args:
      lock: `files.Lock`, held.
    Raises: `files.Locked` out of `fit`, once the lock is another's.
    """

    def __init__(self, lock):
        super().__init__()
        self._lock = lock
        self._looked = time.monotonic()

    def on_train_batch_end(self, batch, logs=None):
        if time.monotonic() - self._looked > _SECONDS:
            self._look()

    def on_train_end(self, logs=None):
        self._look()

    def _look(self):
        self._lock.check()
        self._looked = time.monotonic()
