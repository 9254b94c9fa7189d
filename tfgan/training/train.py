"""`tfgan.train`: trains what a `TrainConfig` says, and gives the run back."""

import dataclasses
import logging
import os
from collections.abc import Callable
from typing import Any

from tfgan import data as sources
from tfgan import evaluation, failures, runs
from tfgan.evaluation import defaults
from tfgan.models import GenerativeModel
from tfgan.training import config as configs
from tfgan.training import (
    distribution,
    final_export,
    fit_loop,
    init_from,
    planning,
    resumption,
    workers,
)
from tfgan.training.config import TrainConfig
from tfgan.words import counted

_LOG = logging.getLogger("tfgan.train")


def train(
    config: TrainConfig | None = None,
    /,
    *,
    report: Callable[[str, float, int], None] | None = None,
    stops: Callable[[], int | None] | None = None,
    **fields: Any,
) -> runs.Run | None:
    """Trains a recipe on data in a directory; the same call again resumes, exactly.

    It is what `tfgan train` does: `tfgan.train(recipe="dcgan", workdir="runs/a", steps=100)`.
    What it decides is said on standard output and by the logger `tfgan`. Where TF_CONFIG names a
    cluster, this process is one of its workers.

    Args:
      config: TrainConfig, or None.
      report: function (name, value, step), told the deciding figure of every evaluation; or None.
      stops: function () -> int or None, asked after each step for a signal to stop by.
      **fields: fields of the config, and parameters of the recipe by name.
    Returns: `runs.Run` with the model in training, or None in a replica that only evaluates.
    Raises: ValueError for what cannot be trained; OSError for files that cannot be read;
      `files.Locked`, if another process trains in the directory; `failures.Failure` for disks,
      data, devices, workers and losses that fail; `failures.Interrupted`, a KeyboardInterrupt, if
      SIGINT or SIGTERM ended it, once the state was saved.
    """
    plan = planning.resolve(configs.make_config(config, **fields))
    role = distribution.read_role(os.environ)
    if workers.is_evaluator(role):
        return None
    with workers.only_the_chief_prints(role), resumption.owned(plan.workdir, role) as lock:
        prepared = _prepare(plan, role)
        trained = prepared.model.steps_done < prepared.plan.steps
        if trained:
            _fit(prepared, role, lock, report, stops)
        else:
            _tell_it_has_ended(prepared)
        if role.is_chief:
            final_export.export(prepared, trained=trained)
    return runs.Run(plan.workdir, prepared.record, prepared.model)


@dataclasses.dataclass(frozen=True)
class Prepared:
    """A training that stands at its next step.

    Attributes:
      plan: `planning.Plan`, with a batch that the data can fill.
      record: `runs.Record`, with the run's history.
      model: `GenerativeModel`, with the weights to go on from.
      source: `data.Source`.
      strategy: `tf.distribute.Strategy`.
      batches: what to `fit` on.
      evaluator: `evaluation.Evaluator`, or None.
      checkpoints, best: `runs.Checkpoints`.
    """

    plan: planning.Plan
    record: runs.Record
    model: GenerativeModel
    source: object
    strategy: object
    batches: object
    evaluator: object
    checkpoints: object
    best: object


def _prepare(plan, role):
    """Meets the other workers, opens data, devices and model, and restores the run.

    Nothing is written before everything has been found right.
    """
    with workers.naming_lost_workers(plan, role), workers.meeting(plan, role) as compare:
        compare(workers.facts_of_plan(plan, role))
        strategy = workers.open_strategy(plan, role)
        before = runs.open_record(plan.workdir)  # again, now that nobody else writes it
        source = resumption.open_source(plan, before)
        compare(workers.facts_of_data(source))
        record = resumption.new_record(plan, source, before)
        if before:
            resumption.check(plan.workdir, before, record, plan.config.change)
        with strategy.scope():
            model = record.build(plan.config.recipe)
        plan = planning.fit_batch(plan, source, model, strategy.num_replicas_in_sync)
        record = _begin(plan, model, resumption.new_record(plan, source, before))
        record, checkpoints = resumption.restore(
            plan.workdir, model, before, record, role, plan.config.checkpoint_every
        )
        _choose_execution(plan, model)
        prepared = Prepared(
            plan=plan,
            record=record,
            model=model,
            source=source,
            strategy=strategy,
            batches=_batches(plan, strategy, source, model),
            evaluator=_evaluator(plan, source, model) if role.is_chief else None,
            checkpoints=checkpoints,
            best=runs.best_checkpoints(plan.workdir, model, record.identity),
        )
        compare({"the step to go on from": str(model.steps_done)})
    if role.is_chief:
        _write_the_beginning(prepared, before)
    return prepared


def _begin(plan, model, record):
    """The record, once the model of a run that starts from another one has its weights.

    A run that has a checkpoint does not read the other one again.
    """
    if not record.start or runs.Checkpoints(plan.workdir, model).steps():
        return record
    start = init_from.begin(model, record.start, plan.config.recipe)
    return dataclasses.replace(record, start=start)


def _write_the_beginning(prepared, before):
    """Removes what a run that goes on will write again, and writes its record."""
    plan, step = prepared.plan, prepared.model.steps_done
    with failures.writing(plan.workdir):
        resumption.clear(plan.workdir, plan.config.cache_dir)
        if prepared.record != before:
            prepared.record.write(plan.workdir)
        runs.MetricsFile(plan.workdir).forget_after(step)
        prepared.best.forget_after(step)


def _fit(prepared, role, lock, report, stops):
    plan = prepared.plan
    if role.is_chief:
        _announce(prepared)
    fit_loop.fit(
        plan,
        prepared.model,
        prepared.checkpoints,
        prepared.batches,
        evaluator=prepared.evaluator,
        best=prepared.best,
        role=role,
        strategy=prepared.strategy,
        lock=lock,
        report=report,
        stops=stops,
    )


def _choose_execution(plan, model):
    """Sets up how the steps of a compiled model are executed.

    Raises: ValueError for XLA with several replicas, and executions that do not end at the last
      step.
    """
    config, steps = plan.config, max(0, plan.steps - model.steps_done)
    count, jit_compile = config.steps_per_execution, config.jit_compile
    if steps % count:
        raise ValueError(
            f"steps_per_execution must divide the {steps} steps that are left; received {count}."
        )
    if jit_compile == "on" and model.distribute_strategy.num_replicas_in_sync > 1:
        raise ValueError("jit_compile=on is for one device; this run has several.")
    if jit_compile != "auto":
        model.jit_compile = jit_compile == "on"
    model.steps_per_execution = count
    model.gradient_norms = config.gradient_norms
    model.microbatches = config.microbatches


def _batches(plan, strategy, source, model):
    """What to fit on, from the model's step on."""
    size = plan.batch_size * model.discriminator_steps
    if plan.labelled is not None:
        source = sources.keep_labels(source, plan.labelled, plan.seed)

    def slices(worker):
        return source.batches(
            size, seed=plan.seed, start=model.steps_done, flip=plan.data["flip"], worker=worker
        )

    return distribution.distribute(strategy, size, slices)


def _evaluator(plan, source, model):
    """What measures the model while it trains; None if it is not evaluated."""
    config = plan.config
    if not config.evaluate_every:
        return None
    extractor = defaults.open_extractor(
        config.extractor, source, weights=config.extractor_weights, resize=config.resize
    )
    evaluator = defaults.evaluator(
        source,
        plan.data,
        bool(model.classes),
        config.evaluate_metrics or [defaults.selection_metric(config.extractor, source)],
        extractor,
        config.cache_dir,
        count=config.evaluate_count,
        seed=plan.seed,
    )
    evaluation.check_can_select(evaluator.metrics[0])
    return evaluator


def _announce(prepared):
    plan, source = prepared.plan, prepared.source
    schedule = plan.parameters["learning_rate_schedule"]
    if schedule != "recipe":
        _LOG.info(
            "All learning rates follow %s over %d steps, whatever schedule the recipe has.",
            schedule,
            plan.steps,
        )
    replicas = prepared.strategy.num_replicas_in_sync
    examples = f"{counted(source.count, 'example')} of {'x'.join(map(str, source.spec.raw_shape))}"
    devices = f", on {replicas} devices" if replicas > 1 else ""
    print(
        f"Training {plan.recipe} on {source.name} ({examples}) to step {plan.steps}"
        f"{devices}, in {plan.workdir}.",
        flush=True,
    )


def _tell_it_has_ended(prepared):
    step, workdir = prepared.model.steps_done, prepared.plan.workdir
    print(f"{workdir} is at step {step} already; a larger --steps goes on.")
