"""A training that goes on with a run: what it need not say again, and what it may change."""

import contextlib
import dataclasses
import logging
import os
import shlex

from tfgan import data, extractors, failures, files, recipes, runs
from tfgan.data.decoding import cache as store
from tfgan.runs import run_data
from tfgan.training import init_from
from tfgan.training.config import TrainConfig

_LOG = logging.getLogger("tfgan.train")

# What the record holds elsewhere, and what belongs to one start. A record never says where to
# write: a copy of a run would write into the original's places.
_OF_THE_RECORD = (
    *("recipe", "parameters", "seed", "precision", "data", "batch_size"),
    "learning_rate_schedule",
    *("init_from", "freeze_discriminator"),
)
_OF_ONE_START = ("workdir", "change", "tensorboard_dir", "export_dir", "cache_dir")
_OF_THE_DEVICES = ("strategy", "tpu", "devices", "join_timeout", "worker_timeout")
# What decides the data is in the record's description of them; earlier releases wrote it twice.
_OF_THE_DATA = ("image_size", "crop", "channels", "background", "flip", "binarise", "labels")
_REPEATABLE = {field.name for field in dataclasses.fields(TrainConfig)} - {
    *_OF_THE_RECORD, *_OF_ONE_START, *_OF_THE_DEVICES, *_OF_THE_DATA
}  # fmt: skip

# What a record holds for people, and a training does not take from it: networks that are executed,
# and where files go. Who made the record would choose what runs on this machine.
_NAMED_AGAIN = ("extractor", "extractor_weights", "data_dir")

_OWN_DIRECTORIES = ("samples", "checkpoints", "best", "evaluation")
_SECONDS_OF_A_DAY = 86_400.0


def complete(config, record):
    """Gives the fields that are open the values that the run was started with.

    Args:
      config: TrainConfig.
      record: `runs.Record`.
    Returns: TrainConfig.
    Raises: ValueError for a flag in the record that no record should hold, and for an extractor or
      a place that must be named again.
    """
    stray = set(record.flags) - _REPEATABLE - set(_OF_THE_DATA)
    if stray:
        raise ValueError(
            f"The record of a run holds no flag --{min(stray)}; that of this run does."
        )
    own = {name: value for name, value in record.flags.items() if name in _REPEATABLE}
    began = {"seed": record.seed, "data": record.data["source"]}
    if not config.recipe:
        began["recipe"] = record.find_recipe()
    if record.freeze_discriminator:
        began["freeze_discriminator"] = record.freeze_discriminator
    known = {**run_data.from_record(record.data), **own, **began}
    open_ = {name: value for name, value in known.items() if getattr(config, name) is None}
    _check_trust(open_)
    if not config.recipe or recipes.display_name(config.recipe) == record.recipe:
        open_["parameters"] = {**record.parameters, **config.parameters}
    return dataclasses.replace(config, **open_)


def _check_trust(open_):
    """Refuses to take from a record what decides which network is executed or where files go.

    Args:
      open_: dict by name, the fields that the record is going to decide.
    Raises: ValueError.
    """
    asked = {name: open_[name] for name in _NAMED_AGAIN if open_.get(name)}
    if extractors.is_known(asked.get("extractor")):
        del asked["extractor"]
    if asked:
        given = shlex.join(f"--{name}={value}" for name, value in asked.items())
        none = " ".join(f"--{name}=" for name in asked)
        raise ValueError(
            "What a run directory names is not executed or written to unasked: if it may be "
            f"trusted, give what the run was started with again, {given}, and else {none}"
        )


def kept(config):
    """The fields that a later start need not repeat: dict that JSON can hold, by name.

    Paths are absolute, so that they mean the same in another directory.
    """
    found = {name: value for name, value in config.decided_fields.items() if name in _REPEATABLE}
    for name in {*_NAMED_AGAIN} & {*found}:
        found[name] = _absolute(name, found[name])
    if config.evaluate_metrics is not None:
        found["evaluate_metrics"] = ",".join(config.evaluate_metrics)
    return found


def _absolute(name, path):
    """A path as it is named in every directory; what names an extractor may be a word instead."""
    is_word = name == "extractor" and (extractors.is_known(path) or not os.path.exists(path))
    return path if is_word or not path or "://" in path else os.path.abspath(path)


@contextlib.contextmanager
def owned(workdir, role):
    """Holds the lock of the run's directory inside the block; the chief alone writes there.

    Yields: `files.Lock`, or None for the other workers.
    Raises: `files.Locked`, if another process holds it; `failures.Failure`, if the directory
      cannot be written.
    """
    with contextlib.ExitStack() as held:
        lock = None
        if role.is_chief:
            with failures.writing(workdir):
                lock = held.enter_context(files.locked(workdir, "tfgan train"))
        yield lock


def clear(workdir, cache_dir):
    """Removes what killed processes left half-written; for the holder of the run's lock.

    Several runs may write to the cache at once, so that only what is old goes there.

    Args:
      workdir: str.
      cache_dir: str, "" for the default.
    """
    for place in (workdir, *(f"{workdir}/{name}" for name in _OWN_DIRECTORIES)):
        files.remove_parts(place)
    cache = store.cache_directory(cache_dir)
    for place in (cache, f"{cache}/features"):
        with contextlib.suppress(OSError):  # of another user: it is no part of the run
            files.remove_parts(place, min_age=_SECONDS_OF_A_DAY)


def open_source(plan, before):
    """The data of the plan.

    Args:
      plan: `planning.Plan`.
      before: `runs.Record` of the run, or None for a new one.
    Raises: ValueError for data that cannot be read; with what to do if the run's were moved.
    """
    places = {
        "data_dir": plan.config.data_dir or None,
        "cache_dir": plan.config.cache_dir or None,
        "skip_broken": plan.config.skip_broken,
        "memory": plan.config.memory or None,
    }
    try:
        return run_data.open_source(plan.data, run_data.rules_of(before), **places)
    except ValueError as error:
        if before is None or plan.data["source"] != data.absolute_name(before.data["source"]):
            raise
        raise ValueError(
            f"{error} If the run's data were moved, --data names their place."
        ) from error


def new_record(plan, source, before=None):
    """What is written down of a run before its first step: `runs.Record`.

    Args:
      plan: `planning.Plan`.
      source: `data.Source`.
      before: `runs.Record` of the run in the directory, or None.
    """
    return runs.Record(
        recipe=plan.recipe,
        parameters=plan.parameters,
        data={
            **plan.data,
            **({"decided": source.decisions} if source.decisions else {}),
            "fingerprint": source.fingerprint,
        },
        spec=source.spec.to_dict(),
        seed=plan.seed,
        precision=plan.precision,
        flags=plan.flags,
        recipe_file=_recipe_file(plan.config.recipe, before),
        start=init_from.asked(plan.config.init_from, before),
        freeze_discriminator=plan.config.freeze_discriminator or None,
    )


def _recipe_file(recipe, before):
    """What the record keeps of a recipe's file; the run's own, if a new one does the same."""
    if not recipes.is_file(recipe):
        return {}
    text = recipes.source(recipe)
    own = before.recipe_file if before else {}
    if own and recipes.have_same_code(text, own["text"]):
        return own
    return {"text": text, "sha256": recipes.fingerprint(text)}


def check(workdir, before, record, asked):
    """Refuses to go on with a run under other values than its own, but those that may change.

    Args:
      workdir: str.
      before, record: `runs.Record`, of the run and of what was asked for.
      asked: iterable of names, what may change.
    Raises: ValueError that names the values that differ.
    """
    may = {f"parameters.{name}" for name in asked}
    may |= {"data.source", "data.fingerprint"} if "data" in asked else set()
    found = before.differences(record)
    refused = {name: pair for name, pair in found.items() if name not in may}
    if refused:
        raise ValueError(
            f"{workdir} holds a run with other values ({'; '.join(runs.format_differences(refused))}): "
            f"--workdir alone resumes it with its own{_ways(refused, record)}; or choose another "
            "--workdir."
        )


def restore(workdir, model, before, record, role, every):
    """Brings a new model to where the run in a directory stands.

    Args:
      workdir: str.
      model: compiled `GenerativeModel`, as the record builds it.
      before: `runs.Record` of the run, or None for a new one.
      record: `runs.Record` of what was asked for, which may go on with the run.
      role: `distribution.Role`.
      every: int, steps between two checkpoints of the run.
    Returns: (record with the history of the run, `runs.Checkpoints`).
    Raises: ValueError for checkpoints of which none can be read, and checkpoints that are missing.
    """
    checkpoints = runs.Checkpoints(workdir, model, identity=(before or record).identity)
    with runs.preserve_learning_rates(model):
        is_resumed = checkpoints.restore(repair=role.is_chief)
    if is_resumed:
        print(f"Resuming {workdir} at step {model.steps_done}.", flush=True)
    elif before:
        _check_nothing_is_lost(workdir, every)
    if before is None:
        return record, checkpoints
    going_on = before.changed_to(record, model.steps_done)
    if role.is_chief:
        _tell_changes(going_on.history[len(before.history) :])
        if record.steps != before.steps:
            _LOG.info(
                "From step %d on the run is one of %d steps (was %d), and so are its schedules.",
                model.steps_done,
                record.steps,
                before.steps,
            )
    return going_on, checkpoints


def _tell_changes(changes):
    """Says what a run goes on with from now on."""
    for change in changes:
        name, old, new = change["name"], change.get("old"), change.get("new")
        if not name.startswith("flags."):
            _LOG.info("From step %d on %s is %s (was %s).", change["step"], name, new, old)


def _check_nothing_is_lost(workdir, every):
    """Refuses to begin a run again whose figures tell of steps that were saved."""
    step = max((record["step"] for record in runs.MetricsFile(workdir).read()), default=0)
    if step >= 2 * every:
        raise ValueError(
            f"{workdir} has the figures of {step:,} steps and no checkpoint, though one was saved "
            f"every {every:,} steps: bring {workdir}/checkpoints back, or choose another --workdir."
        )


def _ways(refused, record):
    """How a training goes on with the values that may change: str, the part of a sentence."""
    ways = [
        f"--change={name}={refused[f'parameters.{name}'][1]}"
        for name, parameter in record.schema.items()
        if parameter.may_change
        and f"parameters.{name}" in refused
        and not {"recipe", "recipe_file.sha256"} & set(refused)
    ]
    if "data.fingerprint" in refused and not any(name.startswith("spec.") for name in refused):
        ways.append(f"--change=data={record.data['source']}")
    return f", and with {' '.join(ways)} it goes on with the new value" if ways else ""
