"""`init_from`: a new run that starts from the weights of another one."""

import logging
import os

from tfgan import choices, recipes, runs
from tfgan.models import transfer

_LOG = logging.getLogger("tfgan.train")


def requested_start(init_from, before):
    """The `start` of a record, before the other run is read: dict, {} for random weights.

    An empty `init_from` is the start of the existing run, whose `runs.Record` or None is `before`.
    """
    existing = before.start if before else {}
    if not init_from:
        return existing
    run, state = _split(init_from)
    start = {"run": run if "://" in run else os.path.abspath(run), "state": state}
    return existing if start.items() <= existing.items() else start


def begin(model, start, recipe):
    """Copies the weights of the run that a new model starts from, and logs which layers.

    Args:
      model: compiled `GenerativeModel`, at step 0.
      start: dict, see `requested_start`.
      recipe: str, of the new run, and perhaps of the other one.
    Returns: `start` with the `step` and the `identity` of the other run.
    Raises: ValueError for a run that cannot be opened, has changed, or has no layer that fits.
    """
    record = runs.open_record(start["run"])
    is_own = record is not None and recipes.is_file(record.recipe)
    recipe = recipe if is_own and recipes.is_file(recipe) else None
    state = int(start["state"]) if start["state"].isdigit() else start["state"]
    try:
        other = runs.open_run(start["run"], state=state, recipe=recipe)
        source = {"step": other.step, "identity": other.record.identity}
        if source | start != start | source:  # an entry of both differs
            raise ValueError(f"{start['run']} is another run, or another state, than it was.")
        transfers = transfer.transfer_weights(model, other.model)
    except ValueError as error:
        raise ValueError(f"init_from: {error}") from error
    _LOG.info("The run starts from %s at step %d.", other.workdir, other.step)
    for each in transfers:
        count, all_layers = len(each.transferred), len(each.transferred) + len(each.skipped)
        names = f" ({', '.join(each.transferred)})" if count else ""
        new = f"; new are {', '.join(each.skipped)}" if each.skipped else ""
        _LOG.info(
            "%s: %d of %d layers have its weights%s%s.", each.network, count, all_layers, names, new
        )
    return start | source


def in_words(start):
    """A `start` as `init_from` names it: str, such as "runs/a:best"; "random weights" for {}."""
    if not start:
        return "random weights"
    return start["run"] + (f":{start['state']}" if start["state"] != "last" else "")


def _split(text):
    """("runs/a", "best") for "runs/a:best"; the default state is "last"."""
    run, colon, state = text.rpartition(":")
    if colon and (state in choices.STATES or state.isdigit()):
        return run.rstrip("/"), state
    return text.rstrip("/"), "last"
