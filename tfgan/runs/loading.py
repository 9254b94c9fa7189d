"""Opens a run: as a `Run`, or its model with the weights of a checkpoint."""

import contextlib
import numbers

import tensorflow as tf

from tfgan import choices
from tfgan.models import GenerativeModel
from tfgan.runs import record as records
from tfgan.runs.average_snapshots import AverageSnapshots
from tfgan.runs.checkpoints import Checkpoints
from tfgan.runs.record import Record
from tfgan.runs.run import Run
from tfgan.typing import Path, State


def open_run(
    workdir: Path,
    weights: str | float = "average",
    state: State = "last",
    *,
    recipe: Path | None = None,
) -> Run:
    """Opens the run that `tfgan.train` or `tfgan train` wrote to a directory.

    Args:
      workdir: path of the directory.
      weights: "average", the running average, or "last", the weights of the last step; or a
        number from 0.001 to 0.25, the width of an average of the weights up to the state's step,
        for a run with `average_snapshots`.
      state: "last", "best" (by the first metric in training) or the step of a checkpoint.
      recipe: path of a recipe that is a file: code in a run directory is never executed.
    Returns: Run.
    Raises: ValueError, if the run, the state or the average does not exist, or if the recipe's
      file has changed.
    """
    directory = str(workdir).rstrip("/") or "/"
    if not (state in choices.STATES or (isinstance(state, int) and state >= 0)):
        raise ValueError(f"state must be 'last', 'best' or a step; received {state!r}.")
    recipe = str(recipe) if recipe else None
    model, record = open_model(directory, state, weights=weights, recipe=recipe)
    return Run(directory, record, model, state)


def open_model(
    workdir: str,
    checkpoint: State = "last",
    *,
    weights: str | float = "average",
    recipe: str | None = None,
) -> tuple[GenerativeModel, Record]:
    """(model with the weights of a checkpoint, Record); args and errors: see `open_run`."""
    record = records.open_record(workdir)
    if record is None:
        raise ValueError(f"{workdir} holds no run: there is no {records.NAME} in it.")
    model = record.build(recipe)
    last = Checkpoints(workdir, model, identity=record.identity)
    if checkpoint == "best":
        if not best_checkpoints(workdir, model, record.identity).restore():
            raise ValueError(
                f"The run {workdir} has no best checkpoint: none was evaluated while it trained "
                "(--evaluate_every)."
            )
    elif checkpoint == "last":
        if not last.restore():
            raise ValueError(f"The run {workdir} has no checkpoint yet: train it first.")
    else:
        last.restore_step(checkpoint)
    if isinstance(weights, numbers.Real) and not isinstance(weights, bool):
        AverageSnapshots(workdir, model, record.identity).average(weights)
    elif weights in ("average", "last"):
        model.use_weights(weights)
    else:
        raise ValueError(
            'weights must be "average", "last" or a number, the width of an average; received '
            f"{weights!r}."
        )
    return model, record


def best_checkpoints(workdir, model, identity=""):
    """The `Checkpoints` with the best state of a run; arguments as there."""
    return Checkpoints(workdir, model, folder="best", keep=1, identity=identity)


@contextlib.contextmanager
def preserve_learning_rates(model):
    """Keeps the learning rates of a compiled model while a checkpoint with its own is restored."""
    rates = [
        variable
        for player in model.players.values()
        for variable in player.optimizer.variables
        if variable.path.rsplit("/", 1)[-1] == "learning_rate"
    ]
    values = [float(tf.convert_to_tensor(rate)) for rate in rates]
    yield
    for rate, value in zip(rates, values, strict=True):
        rate.assign(value)
