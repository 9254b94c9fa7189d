"""A run as it was left: as a value, or its model with the weights of a checkpoint."""

import contextlib

import tensorflow as tf

from tfgan import choices
from tfgan.models import GenerativeModel
from tfgan.runs import record as records
from tfgan.runs.checkpoints import Checkpoints
from tfgan.runs.record import Record
from tfgan.runs.run import Run
from tfgan.typing import Path, State


def open_run(
    workdir: Path,
    weights: str = "average",
    state: State = "last",
    *,
    recipe: Path | None = None,
) -> Run:
    """Opens the run that `tfgan.train` or `tfgan train` left in a directory.

    Args:
      workdir: path of the directory.
      weights: "average", the running average, or "last", the weights of the last step.
      state: "last", "best" (by the metric that decided in training) or the step of a checkpoint.
      recipe: path of the recipe's file, for a run with a recipe of its own: a run directory makes
        no code run.
    Returns: Run.
    Raises: ValueError, if there is no run, no such state, none that can be read, or the recipe's
      file is missing or has changed.
    """
    directory = str(workdir).rstrip("/") or "/"
    if not (state in choices.STATES or (isinstance(state, int) and state >= 0)):
        raise ValueError(f"state must be 'last', 'best' or a step; received {state!r}.")
    named = {"recipe": str(recipe)} if recipe else {}
    model, record = open_model(directory, state, weights=weights, **named)
    return Run(directory, record, model, state)


def open_model(
    workdir: str, checkpoint: State = "last", *, weights: str = "average", recipe: str | None = None
) -> tuple[GenerativeModel, Record]:
    """The trained model of a run, and its record.

    Args:
      workdir: str, the directory that `tfgan train` wrote.
      checkpoint: "last", "best" (by the metric that decided during training) or a step.
      weights: "average" or "last", which weights it samples with, see `GenerativeModel`.
      recipe: str, the file of a recipe that is not one of tfgan's, see `Record.find_recipe`.
    Returns: (model with the weights of that checkpoint, Record).
    Raises: ValueError, if there is no run, no such checkpoint, or none that can be read.
    """
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
    return model.use_weights(weights), record


def best_checkpoints(workdir, model, identity=""):
    """The `Checkpoints` that hold the best state of a run so far.

    Args:
      workdir, model, identity: as of `Checkpoints`.
    """
    return Checkpoints(workdir, model, folder="best", keep=1, identity=identity)


@contextlib.contextmanager
def preserve_learning_rates(model):
    """What is restored inside the block leaves the learning rates as the model was compiled with.

    An optimizer keeps a rate without a schedule in a variable, which a checkpoint holds as it was
    when it was saved; the record of the run says what it is now.

    Args:
      model: compiled `GenerativeModel`.
    """
    optimizers = [player.optimizer for player in model.players.values()]
    rates = [each for optimizer in optimizers for each in optimizer.variables if _is_rate(each)]
    compiled = [float(tf.convert_to_tensor(each)) for each in rates]
    yield
    for rate, value in zip(rates, compiled, strict=True):
        rate.assign(value)


def _is_rate(variable):
    return variable.path.rsplit("/", 1)[-1] == "learning_rate"
