"""What `tfgan train` costs on top of its steps: progress, figures, samples, checkpoints."""

import contextlib
import dataclasses
import io
import os
import statistics
import tempfile

from tfgan.studies.benchmarks import timing

_STEPS = 1_000  # twice what lies between two checkpoints or pictures


def run(rounds, on_run=None):
    """Measures the default recipe on mnist5k, as `tfgan train` does by default.

    Args:
      rounds: int, counted ones, after one that is not counted.
      on_run: function (str), told what runs next.
    Returns: dict that JSON can hold: what was measured, `bare_seconds` and `seconds` of a step (the
      medians) and `ratios` of the second to the first, a round each.
    """
    from tfgan import data

    source = data.open_source("mnist5k")
    with tempfile.TemporaryDirectory() as workdir:
        training = _Training(source, workdir)
        functions = {"bare steps": training.bare, "tfgan train": training.whole}
        taken = {name: [] for name in functions}
        for number in range(rounds + 1):
            for name, function in functions.items():
                if on_run:
                    on_run(f"round {number} of {rounds}: {name}, {_STEPS:,} steps")
                taken[name].append(timing.seconds(lambda f=function: f(_STEPS)) / _STEPS)
    bare, whole = (seconds[1:] for seconds in taken.values())
    return {
        "recipe": training.plan.recipe,
        "parameters": training.plan.parameters,
        "steps": _STEPS,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "bare_seconds": statistics.median(bare),
        "seconds": statistics.median(whole),
        "ratios": [ours / theirs for ours, theirs in zip(whole, bare, strict=True)],
    }


class _Training:
    """One model that goes on by bare steps and by `tfgan train`, in turns."""

    def __init__(self, source, workdir):
        from tfgan import runs
        from tfgan.training import TrainConfig, planning, resumption

        self.plan = planning.resolve(TrainConfig(workdir=workdir))
        self._model = resumption.new_record(self.plan, source).build()
        self._checkpoints = runs.Checkpoints(workdir, self._model)
        self._batches = source.batches(self.plan.batch_size, seed=self.plan.seed)
        self._iterator = iter(self._batches)
        self._model.make_train_function()

    def bare(self, steps):
        """So many steps, and nothing else."""
        for _ in range(steps):
            self._model.train_function(self._iterator)

    def whole(self, steps):
        """So many steps as the program takes them."""
        from tfgan.training import fit_loop

        plan = dataclasses.replace(self.plan, steps=self._model.steps_done + steps)
        with contextlib.redirect_stdout(io.StringIO()):
            fit_loop.fit(plan, self._model, self._checkpoints, self._batches)
