"""Stops a run at the first loss that is not finite."""

import numpy as np

from tfgan.training.callbacks.periodic import StepCallback


class NonFiniteError(ArithmeticError):
    """A loss became NaN or infinite."""


class TerminateOnNonFinite(StepCallback):
    """Raises NonFiniteError at the first step whose logs hold NaN or infinity."""

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._before = {}

    def on_train_batch_end(self, batch, logs=None):
        super().on_train_batch_end(batch, logs)
        scalars = {name: float(value) for name, value in logs.items()}
        nonfinite = [name for name, value in scalars.items() if not np.isfinite(value)]
        if nonfinite:
            raise NonFiniteError(
                f"{' and '.join(nonfinite)} stopped being finite at step {self.step} "
                f"({_listed(scalars)}; the step before: {_listed(self._before) or 'none'})."
            )
        self._before = scalars


def _listed(scalars):
    return ", ".join(f"{name} {value:.4g}" for name, value in scalars.items())
