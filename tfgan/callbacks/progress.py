"""Shows how far a run is: a bar on a terminal, lines anywhere else."""

import time

import keras

from tfgan.callbacks.steps import EveryNSteps, Rate

_SECONDS_BETWEEN_UPDATES = 0.2


class ProgressBar(keras.callbacks.Callback):
    """A bar with the losses and the time that is left.

    Args:
      steps: int, at which the run ends.
    """

    def __init__(self, steps):
        super().__init__()
        self._steps = steps

    def on_train_begin(self, logs=None):
        self._first_step = self.model.steps_done
        self._bar = keras.utils.Progbar(self._steps - self._first_step, unit_name="step")
        self._bar.update(0)  # the first step takes a while: it is compiled
        self._shown = 0.0
        self._done = 0

    def on_train_batch_end(self, batch, logs=None):
        self._done = batch + 1
        now = time.perf_counter()
        if now - self._shown > _SECONDS_BETWEEN_UPDATES or self._done == self._bar.target:
            self._shown = now
            self._bar.stateful_metrics = set(logs)
            self._bar.update(self._done, [(name, float(value)) for name, value in logs.items()])

    def on_train_end(self, logs=None):
        if self._done < self._bar.target:
            print()  # a full bar ends its line itself


class ProgressLines(EveryNSteps):
    """A line every so many steps.

    Args:
      every: int, steps.
      steps: int, at which the run ends.
      examples_per_step: int, real examples in a step, over all devices.
    """

    def __init__(self, every, steps, examples_per_step):
        super().__init__(every)
        self._steps = steps
        self._rate = Rate(examples_per_step)

    def act(self, step, logs):
        figures = " ".join(f"{name} {float(value):.4f}" for name, value in logs.items())
        rate = self._rate.read(step)
        speed = f" images/s {rate:.0f}" if rate else ""
        print(f"step {step}/{self._steps} {figures}{speed}", flush=True)
