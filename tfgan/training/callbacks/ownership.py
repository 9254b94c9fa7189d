"""Ends a run whose directory another process has taken over."""

import time

import keras

_INTERVAL = 5.0  # seconds between two checks of the lock


class Ownership(keras.callbacks.Callback):
    """Checks the lock, which a suspended process may lose, every few seconds and at the end.

    Args:
      lock: `files.Lock`, acquired.
    Raises: `files.Locked`, in `fit`, if another process has the lock.
    """

    def __init__(self, lock):
        super().__init__()
        self._lock = lock
        self._checked = time.monotonic()

    def on_train_batch_end(self, batch, logs=None):
        if time.monotonic() - self._checked > _INTERVAL:
            self._lock.check()
            self._checked = time.monotonic()

    def on_train_end(self, logs=None):
        self._lock.check()
