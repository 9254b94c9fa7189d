"""A run as it was left: its model with the weights of a checkpoint."""

import contextlib

import tensorflow as tf

from tfgan.runs import record as records
from tfgan.runs.checkpoints import Checkpoints


def open_model(workdir, checkpoint="last", *, weights="average", recipe=None):
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
def keeping_rates(model):
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
