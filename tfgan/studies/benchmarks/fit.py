"""What `tfgan train` costs on top of its steps: progress, logs, samples, checkpoints."""

import contextlib
import dataclasses
import io
import os
import statistics
import tempfile

from tfgan import data, runs
from tfgan.studies.benchmarks import timing
from tfgan.training import TrainConfig, fit_loop, planning, resumption

_STEPS = 1_000  # twice the distance between two checkpoints or sample grids


def run(rounds, progress=timing.silent):
    """Measures the default recipe on mnist5k, as `tfgan train` does by default.

    Args:
      rounds: int, counted ones, after one that is not counted.
      progress: see `timing.race`.
    Returns: dict that JSON can hold: what was measured, `bare_seconds` and `seconds` of a step (the
      medians) and `ratios` of the second to the first, one per round.
    """
    source = data.open_source("mnist5k")
    with tempfile.TemporaryDirectory() as workdir:
        training = _Training(source, workdir)
        name = f"tfgan train, {_STEPS:,} steps"
        contest = timing.Contest(name, training.whole, training.bare, "bare steps")
        [row] = timing.race([contest], rounds, progress)
    return {
        "recipe": training.plan.recipe, "parameters": training.plan.parameters,
        "steps": _STEPS, "rounds": rounds, "cores": os.cpu_count(),
        "bare_seconds": row["baseline_seconds"] / _STEPS, "seconds": row["seconds"] / _STEPS,
        "ratios": [1.0 / ratio for ratio in row["ratios"]],
    }  # fmt: skip


def lines(results):
    """The seconds and their ratio as a line of text."""
    yield (
        f"{results['recipe']}: a bare step {results['bare_seconds'] * 1e3:.2f} ms; in tfgan train "
        f"{results['seconds'] * 1e3:.2f} ms, {statistics.median(results['ratios']):.3f} times that "
        f"(median of {results['rounds']} rounds of {results['steps']:,} steps)"
    )


class _Training:
    """One model that advances by bare steps and by `tfgan train`, in turns."""

    def __init__(self, source, workdir):
        self.plan = planning.resolve(TrainConfig(workdir=workdir))
        self._model = resumption.new_record(self.plan, source).build()
        self._checkpoints = runs.Checkpoints(workdir, self._model)
        self._batches = source.batches(self.plan.batch_size, seed=self.plan.seed)
        self._iterator = iter(self._batches)
        self._model.make_train_function()

    def bare(self):
        """The steps alone."""
        for _ in range(_STEPS):
            self._model.train_function(self._iterator)

    def whole(self):
        """The steps as the program takes them."""
        plan = dataclasses.replace(self.plan, steps=self._model.steps_done + _STEPS)
        with contextlib.redirect_stdout(io.StringIO()):
            fit_loop.fit(fit_loop.Session(plan, self._model, self._checkpoints, self._batches))
