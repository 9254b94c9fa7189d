"""Stops a run at the first loss that is not a finite number."""

import numpy as np

from tfgan.training.callbacks.periodic import StepCallback


class NonFiniteError(ArithmeticError):
    """A loss became NaN or infinite."""


class TerminateOnNonFinite(StepCallback):
    """Raises at the first step whose logs hold NaN or infinity.

    Raises: NonFiniteError, telling the step and every figure of it and of the step before.
    """

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._before = {}

    def on_train_batch_end(self, batch, logs=None):
        super().on_train_batch_end(batch, logs)
        seen = {name: float(value) for name, value in logs.items()}
        broken = [name for name, value in seen.items() if not np.isfinite(value)]
        if broken:
            raise NonFiniteError(
                f"{' and '.join(broken)} stopped being finite at step {self.step} "
                f"({_listed(seen)}; the step before: {_listed(self._before) or 'none'})."
            )
        self._before = seen


def _listed(figures):
    return ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
