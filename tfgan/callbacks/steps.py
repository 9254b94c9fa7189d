"""Callbacks that act on some of a run's steps, counted from the run's start, not from `fit`'s."""

import abc
import time

import keras


class EveryNSteps(keras.callbacks.Callback, abc.ABC):
    """Calls `act` after each step that is a multiple of `every`.

    Args:
      every: int; 0 for never.
    """

    def __init__(self, every):
        super().__init__()
        self.every = every
        self.step = 0

    def on_train_begin(self, logs=None):
        self.first_step = self.step = self.model.steps_done

    def on_train_batch_end(self, batch, logs=None):
        before, self.step = self.step, self.first_step + batch + 1
        # Several steps may run as one execution, so a multiple can lie between two calls.
        if self.every and self.step // self.every > before // self.every:
            self.act(self.step, logs)

    @abc.abstractmethod
    def act(self, step, logs):
        """What to do after `step` updates of the run; logs are the scalars of the last one."""


class Rate:
    """Examples a second since the last reading; the first, which compiles, is not timed."""

    def __init__(self, examples_per_step):
        self._examples_per_step = examples_per_step
        self._last = None

    def read(self, step):
        """The rate at `step`: float, or None at the first reading."""
        now, last = time.perf_counter(), self._last
        self._last = (step, now)
        if last is None or step == last[0]:
            return None
        return (step - last[0]) * self._examples_per_step / (now - last[1])
