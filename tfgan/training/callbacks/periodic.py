"""Callbacks by the model's steps, counted over all epochs and calls of `fit`."""

import abc
import time

import keras
import tensorflow as tf


class StepCallback(keras.callbacks.Callback):
    """Counts the steps of the model, independently of what `fit` calls a batch.

    Attributes:
      step: int, `model.steps_done` at the last call of this callback.
    """

    def __init__(self):
        super().__init__()
        self.step = self._before_epoch = 0

    def on_train_begin(self, logs=None):
        self.step = self.model.steps_done

    def on_epoch_begin(self, epoch, logs=None):
        self.step = self._before_epoch = self.model.steps_done

    def on_train_batch_end(self, batch, logs=None):
        if self.model.steps_per_execution == 1:
            self.step = self._before_epoch + batch + 1  # no need to wait for the device
        else:  # the last call of an epoch may take fewer steps
            self.step = self.model.steps_done

    def on_train_end(self, logs=None):
        self.step = self.model.steps_done  # other callbacks may have restored an earlier state

    def planned_end(self):
        """The step at which this call of `fit` ends: int; ValueError if it is unknown."""
        if self.params.get("steps") is None:
            raise ValueError(
                f"{type(self).__name__} must know where fit ends: give it steps, or give fit "
                "steps_per_epoch."
            )
        return self.model.steps_done + self.params["epochs"] * self.params["steps"]


class EveryNSteps(StepCallback, abc.ABC):
    """Calls `act` after each step that is a multiple of `every`.

    Attributes:
      at_end: bool, whether to call it after the last step too, if it is not a multiple.

    Args:
      every: int; 0 for never.
      writer: `tf.summary` file writer, flushed at the end; None to write nothing.
    """

    at_end = False

    def __init__(self, every, writer=None):
        super().__init__()
        self.every = every
        self._writer = writer or tf.summary.create_noop_writer()
        self._last_act = self._last_logs = None

    def on_train_batch_end(self, batch, logs=None):
        before = self.step
        self._last_logs = logs
        super().on_train_batch_end(batch, logs)
        # With several steps per execution a multiple can lie between two calls.
        if self.every and self.step // self.every > before // self.every:
            self.act_now()

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        if self.at_end and self._last_act != self.step:
            self.act_now()
        self._writer.flush()

    def act_now(self):
        """Calls `act` with the current step, and the logs of the last one."""
        self.act(self.step, self._last_logs)
        self._last_act = self.step

    @abc.abstractmethod
    def act(self, step, logs):
        """The action after `step` updates; logs are the scalars of the last one, None before it."""


class Rate:
    """Examples per second since the last reading; the first step, which compiles, is not timed.

    Args:
      examples_per_step: int; None if unknown: then there is no rate.
    """

    def __init__(self, examples_per_step):
        self._examples_per_step = examples_per_step
        self._last = None

    def read(self, step):
        """The rate at `step`: float, or None at the first reading."""
        now, last = time.perf_counter(), self._last
        self._last = (step, now)
        if last is None or step == last[0] or not self._examples_per_step:
            return None
        return (step - last[0]) * self._examples_per_step / (now - last[1])
