"""Shows how far a run is: a bar on a terminal, lines anywhere else."""

from tfgan import terminal
from tfgan.training.callbacks.periodic import EveryNSteps, Rate, StepCallback


class ProgressBar(StepCallback):
    """A bar with the time that is left, the speed, the losses and thousands of examples seen.

    Args:
      steps: int, at which the run ends; by default where `fit` ends.
      examples_per_step: int, real examples in a step, over all devices; None leaves out what needs
        it.
    """

    def __init__(self, steps=None, examples_per_step=None):
        super().__init__()
        self._steps = steps
        self._examples_per_step = examples_per_step
        self._bar = None

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._bar = terminal.Bar(self._steps or self.planned_end(), self.step)

    def on_train_batch_end(self, batch, logs=None):
        super().on_train_batch_end(batch, logs)
        if self._bar.is_due(self.step):
            self._bar.update(self.step, lambda rate: self._facts(self.step, logs, rate))

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        self.close()

    def close(self):
        """Ends the line of the bar; for `fit` that ended by an exception too."""
        if self._bar:
            self._bar.close()

    def _facts(self, step, logs, rate):
        losses_first = sorted(logs, key=lambda name: "loss" not in name)
        figures = [f"{name} {float(logs[name]):.3g}" for name in losses_first]
        count = sum("loss" in name for name in logs)
        if not self._examples_per_step:
            return [*([f"{rate:,.1f} steps/s"] if rate else []), *figures]
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
      steps: int, at which the run ends; by default where `fit` ends.
      examples_per_step: int, real examples in a step, over all devices; None leaves out what needs
        it.
    """

    def __init__(self, every, steps=None, examples_per_step=None):
        super().__init__(every)
        self._steps = steps
        self._rate = Rate(examples_per_step)
        self._last = self._shown = None

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._end = self._steps or self.planned_end()
        self._rate.restart()

    def on_train_batch_end(self, batch, logs=None):
        self._last = logs
        super().on_train_batch_end(batch, logs)

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        if self._last and self._shown != self.step:  # the figures that the run ends with
            self.act(self.step, self._last)

    def act(self, step, logs):
        self._shown = step
        figures = " ".join(f"{name} {float(value):.4f}" for name, value in logs.items())
        rate = self._rate.read(step)
        speed = f" images/s {rate:.0f}" if rate else ""
        print(f"step {step}/{self._end} {figures}{speed}", flush=True)

    def close(self):
        """Nothing: a line has ended when it is printed."""
