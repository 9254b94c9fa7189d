"""Shows the progress of a run: a bar on a terminal, lines elsewhere."""

from tfgan import terminal
from tfgan.training.callbacks.periodic import EveryNSteps, Rate, StepCallback


class ProgressBar(StepCallback):
    """A bar with the remaining time, the speed, the losses and kimg.

    Args:
      steps: int, at which the run ends; by default where `fit` ends.
      examples_per_step: int, real examples over all devices; None for a speed in steps, no kimg.
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
        """Ends the line of the bar; also to be called if `fit` raises."""
        if self._bar:
            self._bar.close()

    def _facts(self, step, logs, rate):
        losses_first = sorted(logs, key=lambda name: "loss" not in name)
        scores = [f"{name} {float(logs[name]):.3g}" for name in losses_first]
        count = sum("loss" in name for name in logs)
        if not self._examples_per_step:
            return [*([f"{rate:,.1f} steps/s"] if rate else []), *scores]
        return [
            *([f"{rate * self._examples_per_step:,.0f} img/s"] if rate else []),
            *scores[:count],
            f"{step * self._examples_per_step / 1000:,.1f} kimg",
            *scores[count:],
        ]


class ProgressLines(EveryNSteps):
    """One line per `every` steps; other arguments: see `ProgressBar`."""

    at_end = True

    def __init__(self, every, steps=None, examples_per_step=None):
        super().__init__(every)
        self._steps = steps
        self._examples_per_step = examples_per_step

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._end = self._steps or self.planned_end()
        self._rate = Rate(self._examples_per_step)

    def act(self, step, logs):
        if not logs:  # no step was taken
            return
        scores = " ".join(f"{name} {float(value):.4f}" for name, value in logs.items())
        rate = self._rate.read(step)
        speed = f" images/s {rate:.0f}" if rate else ""
        print(f"step {step}/{self._end} {scores}{speed}", flush=True)

    def close(self):
        """Does nothing, as a `ProgressBar` has it."""
