"""Resuming a run: the fields that it inherits, what may change, and its state."""

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

# The `flags` of a record are the fields that are neither elsewhere in it nor of one start alone.
# A record never contains output directories: a copy of a run would write into the original's.
_IN_THE_RECORD = (
    *("recipe", "parameters", "seed", "precision", "data", "batch_size"),
    *("learning_rate_schedule", "init_from", "freeze_discriminator"),
)
_OF_ONE_START = ("workdir", "change", "tensorboard_dir", "export_dir", "cache_dir")
_OF_THE_DEVICES = ("strategy", "tpu", "devices", "join_timeout", "worker_timeout")
# Options of the data are in its `data`; earlier releases wrote them to its flags too.
_OF_THE_DATA = run_data.OPTIONS
_FLAGS = {field.name for field in dataclasses.fields(TrainConfig)} - {
    *_IN_THE_RECORD, *_OF_ONE_START, *_OF_THE_DEVICES, *_OF_THE_DATA
}  # fmt: skip

# Flags that are never inherited, networks that are executed and paths of files: otherwise the
# author of a record would choose what runs on this machine.
_UNTRUSTED = ("extractor", "extractor_weights", "data_dir")

_OWN_DIRECTORIES = ("samples", "checkpoints", "best", "evaluation", "averages")
_SECONDS_OF_A_DAY = 86_400.0


def inherit(config, record):
    """The TrainConfig, whose undecided fields have the values of a `runs.Record`.

    Raises: ValueError for an invalid flag in the record, and an extractor or a path that must be
      given again.
    """
    invalid = set(record.flags) - _FLAGS - set(_OF_THE_DATA)
    if invalid:
        raise ValueError(
            f"The record of a run holds no flag --{min(invalid)}; that of this run does."
        )
    inherited = run_data.from_record(record.data)
    inherited |= {name: value for name, value in record.flags.items() if name in _FLAGS}
    inherited |= {"seed": record.seed, "data": record.data["source"]}
    if not config.recipe:
        inherited["recipe"] = record.find_recipe()
    if record.freeze_discriminator:
        inherited["freeze_discriminator"] = record.freeze_discriminator
    inherited = {name: value for name, value in inherited.items() if getattr(config, name) is None}
    _check_trust(inherited)
    if not config.recipe or recipes.display_name(config.recipe) == record.recipe:
        inherited["parameters"] = {**record.parameters, **config.parameters}
    return dataclasses.replace(config, **inherited)


def _check_trust(inherited):
    untrusted = {name: inherited[name] for name in _UNTRUSTED if inherited.get(name)}
    if extractors.is_known(untrusted.get("extractor")):
        del untrusted["extractor"]
    if untrusted:
        repeated = shlex.join(f"--{name}={value}" for name, value in untrusted.items())
        none = " ".join(f"--{name}=" for name in untrusted)
        raise ValueError(
            "What a run directory names is not executed or written to unasked: if it may be "
            f"trusted, give what the run was started with again, {repeated}, and else {none}"
        )


def flags(config):
    """The flags for the record of a run: dict that JSON can hold, by name; paths are absolute."""
    flags = {name: value for name, value in config.decided_fields.items() if name in _FLAGS}
    for name in {*_UNTRUSTED} & {*flags}:
        flags[name] = _absolute(name, flags[name])
    if config.evaluate_metrics is not None:
        flags["evaluate_metrics"] = ",".join(config.evaluate_metrics)
    return flags


def _absolute(name, path):
    """A path made absolute; the name of an extractor unchanged."""
    is_word = name == "extractor" and (extractors.is_known(path) or not os.path.exists(path))
    return path if is_word or not path or "://" in path else os.path.abspath(path)


@contextlib.contextmanager
def run_lock(workdir, role):
    """Holds the `files.Lock` of the run's directory in the chief; yields None in other workers.

    Raises: `files.Locked`; `failures.Failure`, if the directory cannot be written.
    """
    with contextlib.ExitStack() as stack:
        lock = None
        if role.is_chief:
            with failures.writing(workdir):
                lock = stack.enter_context(files.locked(workdir, "tfgan train"))
        yield lock


def remove_parts(workdir, cache_dir):
    """Removes the unfinished files of killed processes; for the holder of the run's lock.

    In the cache ("": the default), where several runs may write, only old ones are removed.
    """
    for place in (workdir, *(f"{workdir}/{name}" for name in _OWN_DIRECTORIES)):
        files.remove_parts(place)
    cache = store.cache_directory(cache_dir)
    for place in (cache, f"{cache}/features"):
        with contextlib.suppress(OSError):  # of another user; it does not belong to the run
            files.remove_parts(place, min_age=_SECONDS_OF_A_DAY)


def open_source(plan, before):
    """The data of a `planning.Plan`; `before` is the `runs.Record` of the run, None for a new one.

    Raises: ValueError for data that cannot be read, with advice if those of the run were moved.
    """
    config = plan.config
    options = {name: getattr(config, name) or None for name in ("data_dir", "cache_dir", "memory")}
    options["skip_broken"] = config.skip_broken
    try:
        return run_data.open_source(plan.data, run_data.rules_of(before), **options)
    except ValueError as error:
        if before is None or plan.data["source"] != data.absolute_name(before.data["source"]):
            raise
        sentence = f"{error} If the run's data have moved, --data gives their location."
        raise ValueError(sentence) from error


def open_unlabeled(plan, is_resumed=False):
    """The `data.Source` of the examples that a `planning.Plan` adds without labels, or None.

    They are read in the form of the data. Raises: ValueError for data that cannot be read.
    """
    if not plan.unlabeled:
        return None
    names = "image_size", "crop", "channels", "background"
    form = {name: plan.data[name] for name in names if name in plan.data}
    try:
        return data.open_source(plan.unlabeled, **form)
    except ValueError as error:
        sentence = f"unlabeled: {error} If these examples have moved, --set=unlabeled names them."
        raise ValueError(sentence if is_resumed else f"unlabeled: {error}") from error


def new_record(plan, source, before=None, more=None):
    """The `runs.Record` before the first step.

    Args:
      plan, before: see `open_source`.
      source, more: the results of `open_source` and `open_unlabeled`.
    """
    return runs.Record(
        recipe=plan.recipe,
        parameters=plan.parameters,
        data=plan.data
        | ({"decided": source.decisions} if source.decisions else {})
        | ({"unlabeled": more.fingerprint} if more else {})
        | {"fingerprint": source.fingerprint},
        spec=source.spec.to_dict(),
        seed=plan.seed,
        precision=plan.precision,
        flags=plan.flags,
        recipe_file=_recipe_file(plan.config.recipe, before),
        start=init_from.requested_start(plan.config.init_from, before),
        freeze_discriminator=plan.config.freeze_discriminator or None,
    )


def _recipe_file(recipe, before):
    if not recipes.is_file(recipe):
        return {}
    text = recipes.source(recipe)
    own = before.recipe_file if before else {}
    if own and recipes.have_same_code(text, own["text"]):
        return own
    return {"text": text, "sha256": recipes.fingerprint(text)}


def check_unchanged(workdir, before, record, changes):
    """Refuses to resume the run `before` as `record`, if values other than `changes` differ.

    Raises: ValueError that names the values.
    """
    may = {f"parameters.{name}" for name in changes}
    may |= {"data.source", "data.fingerprint"} if "data" in changes else set()
    differences = before.differences(record).items()
    refused = {name: pair for name, pair in differences if name not in may}
    if refused:
        values = "; ".join(_values(refused, before, record))
        raise ValueError(
            f"{workdir} holds a run with other values ({values}): --workdir alone resumes it with "
            f"its own{_ways(refused, record)}; or choose another --workdir."
        )


def restore(workdir, model, before, record, role, every):
    """Restores the state of the run in a directory.

    Args:
      model: compiled `GenerativeModel`, as the record builds it.
      before, record: `runs.Record` of the run, None for a new one, and of the request.
      every: int, steps between two checkpoints of the run.
    Returns: (record with the history of the run, `runs.Checkpoints`).
    Raises: ValueError for damaged or missing checkpoints.
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
    resumed = before.changed_to(record, model.steps_done)
    if role.is_chief:
        for change in resumed.history[len(before.history) :]:
            name, old, new = change["name"], change.get("old"), change.get("new")
            if not name.startswith("flags."):
                _LOG.info("From step %d on %s is %s (was %s).", change["step"], name, new, old)
        if record.steps != before.steps:
            sentence = (
                "From step %d on the run is one of %d steps (was %d), and so are its schedules."
            )
            _LOG.info(sentence, model.steps_done, record.steps, before.steps)
    return resumed, checkpoints


def _check_nothing_is_lost(workdir, every):
    step = max((record["step"] for record in runs.MetricsFile(workdir).read()), default=0)
    if step >= 2 * every:
        raise ValueError(
            f"{workdir} has the figures of {step:,} steps and no checkpoint, though one was saved "
            f"every {every:,} steps: bring {workdir}/checkpoints back, or choose another --workdir."
        )


def _values(refused, before, record):
    """The differences of two records in words: list of str."""
    others = {name: pair for name, pair in refused.items() if not name.startswith("start.")}
    values = runs.format_differences(others)
    if before.start != record.start:
        own, other = (init_from.in_words(each.start) for each in (before, record))
        values.append(f"init_from: {own} -> {other}")
    return values


def _ways(refused, record):
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
