"""A new run that starts from the weights of another one: `init_from`."""

import logging
import os

from tfgan import choices, recipes, runs
from tfgan.models import transfer

_LOG = logging.getLogger("tfgan.train")


def asked(init_from, before):
    """What a record says about where a run starts from, before that is read: dict, {} for nowhere.

    Args:
      init_from: str, "RUN" or "RUN:best", or a step in place of best; "" for nowhere.
      before: `runs.Record` of the run in the directory, or None.
    """
    if not init_from:
        return before.start if before else {}
    run, state = _split(init_from)
    start = {"run": run if "://" in run else os.path.abspath(run), "state": state}
    own = before.start if before else {}
    return own if start.items() <= own.items() else start


def begin(model, start, recipe):
    """Gives a new model the weights of the run that it starts from, and says which.

    Args:
      model: compiled `GenerativeModel`, at step 0.
      start: dict, what `asked` returned, or a record holds.
      recipe: str, the recipe of the new run, by which that of the other run may be named.
    Returns: dict, `start` with the `step` and the `identity` of the other run.
    Raises: ValueError for a run that cannot be opened, that has changed since, or of which no layer
      fits.
    """
    record = runs.open_record(start["run"])
    is_own = record is not None and recipes.is_file(record.recipe)
    named = recipe if is_own and recipes.is_file(recipe) else None
    state = int(start["state"]) if start["state"].isdigit() else start["state"]
    try:
        other = runs.open_run(start["run"], state=state, recipe=named)
        found = {"step": other.step, "identity": other.record.identity}
        if found | start != start | found:  # what is known already, and differs
            raise ValueError(f"{start['run']} is another run, or another state, than it was.")
        taken = transfer.transfer_weights(model, other.model)
    except ValueError as error:
        raise ValueError(f"init_from: {error}") from error
    _tell(other, taken)
    return start | found


def _split(text):
    """("runs/a", "best") of "runs/a:best"; the state is "last" without one."""
    run, colon, state = text.rpartition(":")
    if colon and (state in choices.STATES or state.isdigit()):
        return run.rstrip("/"), state
    return text.rstrip("/"), "last"


def _tell(other, taken):
    _LOG.info("The run starts from %s at step %d.", other.workdir, other.step)
    for each in taken:
        count = len(each.transferred) + len(each.skipped)
        left = f"; new are {', '.join(each.skipped)}" if each.skipped else ""
        listed = f" ({', '.join(each.transferred)})" if each.transferred else ""
        _LOG.info(
            "%s: %d of %d layers have its weights%s%s.",
            each.network,
            len(each.transferred),
            count,
            listed,
            left,
        )
