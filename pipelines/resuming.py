"""A command that goes on with a run: what it need not say again, and what it may change."""

import contextlib
import logging
import os
import shlex

from . import data_flags, distribution_flags, environment, path_flags, recipe_flags, start
from .errors import refusing, refusing_to_write

_LOG = logging.getLogger("tfgan.train")

# What the record holds elsewhere, and what belongs to one start. A record never says where to
# write: a copy of a run would write into the original's places.
_OF_THE_RECORD = ("recipe", "set", "seed", "precision", "data")
_OF_ONE_START = ("workdir", "change", "dry_run", "tensorboard_dir", "export_dir", "cache_dir")

# What a record holds for people, and a command does not take from it: networks that are executed,
# and where files go. Who made the record would choose what runs on this machine.
_NAMED_AGAIN = ("extractor", "extractor_weights", "data_dir")


_OWN_DIRECTORIES = ("samples", "checkpoints", "best", "evaluation")
_SECONDS_OF_A_DAY = 86_400.0


def recipe_held(arguments):
    """The recipe of the run that arguments name by --workdir, "" for none.

    Args:
      arguments: list of str, the command line of `tfgan train` that is going to be read.
    Raises: Refusal for a run directory whose record cannot be read.
    """
    asked = recipe_flags.alone(arguments, recipe="", workdir="")
    workdir = environment.workdir(asked)
    is_missing = "://" not in workdir and not os.path.exists(f"{workdir}/recipe.json")
    if asked.recipe or not workdir or is_missing:
        return ""
    start.tensorflow()
    from tfgan import runs

    with refusing():
        record = runs.open_record(workdir)
    return record.recipe if record else ""


def complete(values, record):
    """Gives the flags that a command leaves out the values that the run was started with.

    Args:
      values: the flags of `tfgan train`.
      record: `runs.Record`.
    Raises: ValueError for a flag in the record that no record should hold, and for an extractor or
      a place that the command must name itself.
    """
    if values.recipe == record.recipe:
        known = [f"{name}={value}" for name, value in record.parameters.items()]
        values["set"].value = known + values["set"].value
    stray = set(record.flags) - _repeatable(values)
    if stray:
        raise ValueError(
            f"The record of a run holds no flag --{min(stray)}; that of this run does."
        )
    began = {"seed": record.seed, "data": record.data["source"]}
    known = {**data_flags.of_record(record.data), **record.flags, **began}
    left_out = {name: value for name, value in known.items() if not values[name].present}
    _check_trust(left_out)
    for name, value in left_out.items():
        path_flags.take(values[name], value)


def _check_trust(left_out):
    """Refuses to take from a record what decides which network is executed or where files go.

    Args:
      left_out: dict by name, the flags of the record that the command does not give.
    Raises: ValueError.
    """
    from tfgan import extractors

    asked = {name: left_out[name] for name in _NAMED_AGAIN if left_out.get(name)}
    if extractors.is_known(asked.get("extractor")):
        del asked["extractor"]
    if asked:
        given = shlex.join(f"--{name}={value}" for name, value in asked.items())
        none = " ".join(f"--{name}=" for name in asked)
        raise ValueError(
            "What a run directory names is not executed or written to unasked: if it may be "
            f"trusted, give what the run was started with again, {given}, and else {none}"
        )


def kept(values):
    """The flags that a later start need not repeat: dict that JSON can hold, by name.

    Paths are absolute, so that they mean the same in another directory.
    """
    from tfgan import extractors

    names = [name for name in values if name in _repeatable(values) and values[name].present]
    known = {"extractor"} if extractors.is_known(values.extractor) else set()  # and no folder
    return {
        name: values[name].value if name in known else path_flags.absolute(values[name])
        for name in names
    }


def _repeatable(values):
    """The flags that a record keeps: set of str."""
    from tfgan import recipes

    elsewhere = {*_OF_THE_RECORD, *_OF_ONE_START, *distribution_flags.names()}
    elsewhere |= set(recipes.parameters(values.recipe)) - {"steps"}
    return set(values) - elsewhere


@contextlib.contextmanager
def owned(workdir, role):
    """Holds the lock of the run's directory inside the block; the chief alone writes there.

    Yields: `files.Lock`, or None for the other workers.
    Raises: Refusal, if another process holds it or the directory cannot be written.
    """
    from tfgan import files

    with contextlib.ExitStack() as held:
        lock = None
        if role.is_chief:
            with refusing(), refusing_to_write(workdir):
                lock = held.enter_context(files.locked(workdir, "tfgan train"))
        yield lock


def clear(workdir, cache_dir):
    """Removes what killed processes left half-written; for the holder of the run's lock.

    Several runs may write to the cache at once, so that only what is old goes there.

    Args:
      workdir: str.
      cache_dir: str, as the flag gives it.
    """
    from tfgan import files
    from tfgan.data import store

    for place in (workdir, *(f"{workdir}/{name}" for name in _OWN_DIRECTORIES)):
        files.remove_parts(place)
    cache = store.cache_directory(cache_dir)
    for place in (cache, f"{cache}/features"):
        with contextlib.suppress(OSError):  # of another user: it is no part of the run
            files.remove_parts(place, least_age=_SECONDS_OF_A_DAY)


def open_source(values, plan, before):
    """The data of the plan.

    Raises: ValueError for data that cannot be read; with what to do if the run's were moved.
    """
    from tfgan import data

    try:
        return data_flags.open_source(plan["data"], values, data_flags.rules_of(before))
    except ValueError as error:
        if before is None or plan["data"]["source"] != data.absolute(before.data["source"]):
            raise
        raise ValueError(
            f"{error} If the run's data were moved, --data names their place."
        ) from error


def new_record(plan, source):
    """What is written down of a run before its first step: `runs.Record`."""
    from tfgan import runs

    return runs.Record(
        recipe=plan["recipe"],
        parameters=plan["parameters"],
        data={
            **plan["data"],
            **({"decided": source.decided} if source.decided else {}),
            "fingerprint": source.fingerprint,
        },
        spec=source.spec.to_dict(),
        seed=plan["seed"],
        precision=plan["precision"],
        flags=plan["flags"],
    )


def check(workdir, before, record, asked):
    """Refuses to go on with a run under other values than its own, but those that may change.

    Args:
      workdir: str.
      before, record: `runs.Record`, of the run and of the command.
      asked: what `changing.changes` returned.
    Raises: ValueError that names the values that differ.
    """
    from tfgan import runs

    may = {f"parameters.{name}" for name in asked}
    may |= {"data.source", "data.fingerprint"} if "data" in asked else set()
    found = before.differences(record)
    refused = {name: pair for name, pair in found.items() if name not in may}
    if refused:
        raise ValueError(
            f"{workdir} holds a run with other values ({'; '.join(runs.in_words(refused))}): "
            f"--workdir alone resumes it with its own{_ways(refused, record)}; or choose another "
            "--workdir."
        )


def restore(workdir, model, before, record, role, every):
    """Brings a new model to where the run in a directory stands.

    Args:
      workdir: str.
      model: compiled `GenerativeModel`, as the record builds it.
      before: `runs.Record` of the run, or None for a new one.
      record: `runs.Record` of the command, which may go on with the run.
      role: `distribution.Role`.
      every: int, steps between two checkpoints of the run.
    Returns: (record with the history of the run, `runs.Checkpoints`).
    Raises: ValueError for checkpoints of which none can be read, and checkpoints that are missing.
    """
    from tfgan import runs

    checkpoints = runs.Checkpoints(workdir, model, identity=(before or record).identity)
    with runs.keeping_rates(model):
        is_resumed = checkpoints.restore(repair=role.is_chief)
    if is_resumed:
        print(f"Resuming {workdir} at step {model.steps_done}.", flush=True)
    elif before:
        _check_nothing_is_lost(workdir, every)
    if before is None:
        return record, checkpoints
    if role.is_chief and record.steps != before.steps:
        _LOG.info(
            "From step %d on the run is one of %d steps (was %d), and so are its schedules.",
            model.steps_done,
            record.steps,
            before.steps,
        )
    record = before.changed_to(record, model.steps_done)
    for change in record.history[len(before.history) :]:
        if role.is_chief and not change["name"].startswith("flags."):
            old, new = change.get("old"), change.get("new")
            _LOG.info(
                "From step %d on %s is %s (was %s).", change["step"], change["name"], new, old
            )
    return record, checkpoints


def _check_nothing_is_lost(workdir, every):
    """Refuses to begin a run again whose figures tell of steps that were saved."""
    from tfgan import runs

    step = max((record["step"] for record in runs.MetricsFile(workdir).read()), default=0)
    if step >= 2 * every:
        raise ValueError(
            f"{workdir} has the figures of {step:,} steps and no checkpoint, though one was saved "
            f"every {every:,} steps: bring {workdir}/checkpoints back, or choose another --workdir."
        )


def _ways(refused, record):
    """How a command goes on with the values that may change: str, the part of a sentence."""
    from tfgan import recipes

    ways = [
        f"--change={name}={refused[f'parameters.{name}'][1]}"
        for name in recipes.changeable(record.recipe)
        if f"parameters.{name}" in refused and "recipe" not in refused
    ]
    if "data.fingerprint" in refused and not any(name.startswith("spec.") for name in refused):
        ways.append(f"--change=data={record.data['source']}")
    return f", and with {' '.join(ways)} it goes on with the new value" if ways else ""
