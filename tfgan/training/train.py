"""`tfgan.train`: trains what a `TrainConfig` specifies, and returns the run."""

import dataclasses
import logging
import os
from collections.abc import Callable
from typing import Any

from tfgan import evaluation, failures, runs
from tfgan.evaluation import defaults
from tfgan.models import GAN, augmenting
from tfgan.training import config as configs
from tfgan.training import (
    distribution,
    final_export,
    fit_loop,
    init_from,
    multi_worker,
    planning,
    preparation,
    resumption,
)
from tfgan.training.config import TrainConfig
from tfgan.words import counted

_LOG = logging.getLogger("tfgan.train")
_FEW = 1000  # images, see docs/augmentation.md


def train(
    config: TrainConfig | None = None,
    /,
    *,
    report: Callable[[str, float, int], None] | None = None,
    poll_signal: Callable[[], int | None] | None = None,
    **fields: Any,
) -> runs.Run | None:
    """Trains a recipe on data in a run directory; the same call again resumes exactly.

    Progress is printed and logged by the logger `tfgan`. TF_CONFIG makes this process a worker.

    Args:
      config: TrainConfig, or None.
      report: function (name, value, step) for the first score of every evaluation, or None.
      poll_signal: function () -> int or None, called after each step: a signal to stop for.
      **fields: fields of the config, and parameters of the recipe by name.
    Returns: `runs.Run` with the model in training, or None in a replica that only evaluates.
    Raises: ValueError for a run that is not possible; OSError for files that cannot be read;
      `files.Locked`, if another process trains in the directory; `failures.Failure` for disks,
      data, devices, workers and losses that fail; `failures.Interrupted` after a signal.
    """
    plan = planning.resolve(configs.make_config(config, **fields))
    role = distribution.read_role(os.environ)
    if multi_worker.is_evaluator(role):
        return None
    with multi_worker.only_the_chief_prints(role), resumption.run_lock(plan.workdir, role) as lock:
        session = _open_session(plan, role)
        step = session.model.steps_done
        if step < plan.steps:
            if role.is_chief:
                _announce(session)
            fit_loop.fit(session, role, lock=lock, report=report, poll_signal=poll_signal)
        else:
            print(f"{plan.workdir} is at step {step} already; a larger --steps goes on.")
        if role.is_chief:
            final_export.export(plan, trained=step < plan.steps)
    return runs.Run(plan.workdir, session.record, session.model)


def _open_session(plan, role):
    """The `Session`, restored; nothing is written before all checks have passed."""
    with multi_worker.naming_lost_workers(plan, role), multi_worker.meeting(plan, role) as compare:
        compare(multi_worker.facts_of_plan(plan, role))
        strategy = multi_worker.open_strategy(plan, role)
        before = runs.open_record(plan.workdir)  # again, under the lock
        source = resumption.open_source(plan, before)
        more = resumption.open_unlabeled(plan, is_resumed=before is not None)
        compare(multi_worker.facts_of_data(source, more))
        record = resumption.new_record(plan, source, before, more)
        if before:
            resumption.check_unchanged(plan.workdir, before, record, plan.config.change)
        with strategy.scope():
            model = record.build(plan.config.recipe)
        plan = planning.fit_batch(plan, source, model, strategy.num_replicas_in_sync)
        planning.check_parts(plan, model, strategy.num_replicas_in_sync)
        record = _begin(plan, model, resumption.new_record(plan, source, before, more))
        record, checkpoints = resumption.restore(
            plan.workdir, model, before, record, role, plan.config.checkpoint_every
        )
        _choose_execution(plan, model)
        session = fit_loop.Session(
            plan=plan,
            record=record,
            model=model,
            source=source,
            strategy=strategy,
            batches=preparation.batches(plan, strategy, source, more, model),
            evaluator=_evaluator(plan, source, model) if role.is_chief else None,
            checkpoints=checkpoints,
            best=runs.best_checkpoints(plan.workdir, model, record.identity),
        )
        compare({"the step to go on from": str(model.steps_done)})
    if role.is_chief:
        _write_record(session, before)
    return session


def _begin(plan, model, record):
    """The record, after the weights for a new run that starts from another one are copied."""
    if not record.start or runs.Checkpoints(plan.workdir, model).steps():
        return record
    start = init_from.begin(model, record.start, plan.config.recipe)
    return dataclasses.replace(record, start=start)


def _write_record(session, before):
    """Writes the record, and removes what the steps of a resumed run will write again."""
    plan, step = session.plan, session.model.steps_done
    snapshots = runs.AverageSnapshots(plan.workdir, session.model, session.record.identity)
    snapshots.check_own()
    with failures.writing(plan.workdir):
        resumption.remove_parts(plan.workdir, plan.config.cache_dir)
        if session.record != before:
            session.record.write(plan.workdir)
        runs.MetricsFile(plan.workdir).forget_after(step)
        session.best.forget_after(step)
        snapshots.forget_after(step)


def _choose_execution(plan, model):
    config, steps = plan.config, max(0, plan.steps - model.steps_done)
    count = config.steps_per_execution
    if steps % count:
        raise ValueError(
            f"steps_per_execution must divide the {steps} steps that are left; received {count}."
        )
    preparation.choose_execution(plan, model, model.distribute_strategy.num_replicas_in_sync)
    model.steps_per_execution = count


def _evaluator(plan, source, model):
    config = plan.config
    if not config.evaluate_every:
        return None
    extractor = defaults.open_extractor(
        config.extractor, source, weights=config.extractor_weights, resize=config.resize
    )
    evaluator = defaults.evaluator(
        source,
        plan.data,
        model,
        config.evaluate_metrics or [defaults.selection_metric(config.extractor, source, model)],
        extractor,
        config.cache_dir,
        count=config.evaluate_count,
        seed=plan.seed,
    )
    evaluation.check_can_select(evaluator.metrics[0])
    return evaluator


def _announce(session):
    plan, source = session.plan, session.source
    schedule = plan.parameters["learning_rate_schedule"]
    if schedule != "recipe":
        sentence = "All learning rates follow %s over %d steps, whatever schedule the recipe has."
        _LOG.info(sentence, schedule, plan.steps)
    unused = sorted(set(source.spec.conditions) - set(session.model.condition_specs))
    if unused:
        sentence = "The recipe %s does not use %s of the examples: it learns their targets alone."
        _LOG.info(sentence, plan.recipe, " and ".join(unused))
    replicas = session.strategy.num_replicas_in_sync
    examples = f"{counted(source.count, 'example')} of {'x'.join(map(str, source.spec.raw_shape))}"
    devices = f", on {replicas} devices" if replicas > 1 else ""
    print(
        f"Training {plan.recipe} on {source.name} ({examples}) to step {plan.steps}"
        f"{devices}, in {plan.workdir}.",
        flush=True,
    )
    if _has_few_images(session):
        adaptive = "ada" if augmenting.can_adapt(session.model.adversarial_loss) else "ada:p=0.2"
        print(
            f"{source.count} images are few, which the discriminator soon knows by heart: "
            f"--augment=diffaugment or --augment={adaptive} may give better samples "
            "(docs/augmentation.md).",
            flush=True,
        )


def _has_few_images(session):
    """Whether an augmentation is possible, is not chosen, and is probably of use."""
    source = session.source
    is_possible = isinstance(session.model, GAN) and source.spec.modality.kind == "images"
    is_chosen = session.plan.parameters["augment"] != "none"
    return is_possible and not is_chosen and source.count < _FEW
