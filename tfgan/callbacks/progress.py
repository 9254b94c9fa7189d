"""Shows how far a run is: a bar on a terminal, lines anywhere else."""

import keras

from tfgan import terminal
from tfgan.callbacks.steps import EveryNSteps, Rate


class ProgressBar(keras.callbacks.Callback):
    """A bar with the time that is left, the speed, the losses and thousands of examples seen.

    Args:
      steps: int, at which the run ends.
      examples_per_step: int, real examples in a step, over all devices.
    """

    def __init__(self, steps, examples_per_step):
        super().__init__()
        self._steps = steps
        self._examples_per_step = examples_per_step
        self._bar = None

    def on_train_begin(self, logs=None):
        self._first_step = self.model.steps_done
        self._bar = terminal.Bar(self._steps, self._first_step)

    def on_train_batch_end(self, batch, logs=None):
        step = self._first_step + batch + 1
        if self._bar.is_due(step):
            self._bar.update(step, lambda rate: self._facts(step, logs, rate))

    def on_train_end(self, logs=None):
        self.close()

    def close(self):
        """Ends the line of the bar; for `fit` that ended by an exception too."""
        if self._bar:
            self._bar.close()

    def _facts(self, step, logs, rate):
        losses_first = sorted(logs, key=lambda name: "loss" not in name)
        figures = [f"{name} {float(logs[name]):.3g}" for name in losses_first]
        count = sum("loss" in name for name in logs)
        return [
            *([f"{rate * self._examples_per_step:,.0f} img/s"] if rate else []),
            *figures[:count],
            f"{step * self._examples_per_step / 1000:,.1f} kimg",
            *figures[count:],
        ]


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
        self._last = self._shown = None

    def on_train_batch_end(self, batch, logs=None):
        self._last = logs
        super().on_train_batch_end(batch, logs)

    def on_train_end(self, logs=None):
        if self._last and self._shown != self.step:  # the figures that the run ends with
            self.act(self.step, self._last)

    def act(self, step, logs):
        self._shown = step
        figures = " ".join(f"{name} {float(value):.4f}" for name, value in logs.items())
        rate = self._rate.read(step)
        speed = f" images/s {rate:.0f}" if rate else ""
        print(f"step {step}/{self._steps} {figures}{speed}", flush=True)

    def close(self):
        """Nothing: a line has ended when it is printed."""
