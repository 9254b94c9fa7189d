"""trains a recipe on a data source and keeps the run in a directory.

The same command again resumes from the last checkpoint, exactly, and so does --workdir alone; a
larger --steps goes on. Every
parameter of the recipe is a flag too, as --learning_rate=1e-3; `tfgan recipes NAME` lists them.
"""

import json
import logging

from absl import flags

from tfgan.words import counted

from . import (
    changing,
    data_flags,
    distribution_flags,
    evaluation_flags,
    exporting,
    fitting,
    path_flags,
    planning,
    recipe_flags,
    resuming,
    start,
    step_flags,
    usage,
)
from .errors import Refusal, refusing, refusing_to_write

_LOG = logging.getLogger("tfgan.train")


def define_flags(values):
    """The flags of `tfgan train`."""
    text, number, switch = flags.DEFINE_string, flags.DEFINE_integer, flags.DEFINE_boolean
    path = path_flags.define
    text("recipe", "dcgan", "What to train; `tfgan recipes` lists them.", values)
    data_flags.define(values)
    path(
        "workdir",
        "",
        "The run's directory. By default what AIP_CHECKPOINT_DIR lies in, or runs/RECIPE-DATA.",
        values,
    )
    path(
        "tensorboard_dir",
        "",
        "Where TensorBoard's files go. By default AIP_TENSORBOARD_LOG_DIR, or WORKDIR/logs.",
        values,
    )
    path(
        "export_dir",
        "",
        "Where the trained model goes as a SavedModel. By default AIP_MODEL_DIR, or nowhere.",
        values,
    )
    tunable = recipe_flags.define_number
    tunable("steps", None, "Generator updates. By default the recipe's.", 0, values)
    about = "Examples in a step, over all devices. By default the recipe's."
    tunable("batch_size", None, about, 1, values)
    tunable("seed", 0, "Of the first weights, the noise and the order of the data.", None, values)
    flags.DEFINE_multi_string(
        "set",
        [],
        "A parameter of the recipe, as name=value.",
        values,
    )
    flags.DEFINE_multi_string(
        "change",
        [],
        "What a run that has begun goes on with, as name=value: a learning rate, a schedule, the "
        "weight of a term, or data=SOURCE for data of the same form.",
        values,
    )
    number("log_every", 100, "Steps between two lines of figures.", 1, flag_values=values)
    number("sample_every", 500, "Steps between two pictures; 0: the last.", 0, flag_values=values)
    number("checkpoint_every", 500, "Steps between two checkpoints.", 1, flag_values=values)
    number(
        "evaluate_every",
        0,
        "Steps between two evaluations; the best state is kept beside the last. 0: never.",
        0,
        flag_values=values,
    )
    text(
        "evaluate_metrics",
        "",
        "What an evaluation measures, see `tfgan evaluate --help`; the first decides which state "
        "is the best. By default fd; without an extractor swd, ngrams for texts, motion for "
        "videos.",
        values,
    )
    number("evaluate_count", 2000, "Samples that an evaluation draws.", 2, flag_values=values)
    number(
        "stop_after",
        0,
        "Stop after this many evaluations without a better one; 0: never.",
        0,
        flag_values=values,
    )
    evaluation_flags.define_extractor(values)
    distribution_flags.define(values)
    step_flags.define(values)
    switch("gradient_norms", False, "Also log the norm of each player's gradient.", values)
    switch("dry_run", False, "Print the resolved recipe and stop.", values)


def define_more_flags(values, arguments):
    """The parameters of the recipe that the arguments name, or whose run they go on with."""
    held = resuming.recipe_held(arguments)
    if held:
        values.set_default("recipe", held)
    try:
        recipe_flags.define(values, arguments)
    except ValueError as error:
        raise Refusal(str(error)) from error


def run(values, positionals):
    """Trains; returns the exit code."""
    usage.no_positionals(positionals)
    start.tensorflow()
    with refusing():
        plan = planning.resolve(values)
        role = distribution_flags.read_role()
    if values.dry_run:
        print(json.dumps(plan, indent=2))
        return 0
    if distribution_flags.evaluator_stops(role):
        return 0
    with distribution_flags.only_the_chief_prints(role):
        return _train(values, plan, role)


def _train(values, plan, role):
    with resuming.owned(plan["workdir"], role) as lock:
        code, trained = _fit(values, plan, role, lock)
    return code or _export(values, plan, role, trained=trained)


def _fit(values, plan, role, lock):
    """Trains to the last step; returns (exit code, whether there were steps to take)."""
    from tfgan import runs

    with (
        refusing(),
        distribution_flags.refusing_lost_workers(values, role),
        distribution_flags.meeting(values, role) as compare,
    ):
        compare(distribution_flags.facts_of_flags(values, plan, role))
        strategy = distribution_flags.open_strategy(values, role, plan["parameters"]["batch_size"])
        before = runs.open_record(plan["workdir"])  # again, now that nobody else writes it
        source = resuming.open_source(values, plan, before)
        compare(distribution_flags.facts_of_data(source))
        record = resuming.new_record(plan, source)
        if before:
            resuming.check(plan["workdir"], before, record, changing.changes(values))
        with strategy.scope():
            model = record.build()
        plan = planning.fit_batch(values, plan, source, model, strategy.num_replicas_in_sync)
        record = resuming.new_record(plan, source)
        record, checkpoints = resuming.restore(
            plan["workdir"], model, before, record, role, values.checkpoint_every
        )
        step_flags.apply(values, model, max(0, plan["steps"] - model.steps_done))
        batches = _batches(values, plan, strategy, source, model)
        evaluator = _evaluator(values, source, plan, model) if role.is_chief else None
        best = runs.best_checkpoints(plan["workdir"], model, record.identity)
        compare({"the step to go on from": str(model.steps_done)})
    if role.is_chief:
        with refusing_to_write(plan["workdir"]):
            resuming.clear(plan["workdir"], values.cache_dir)
            if record != before:
                record.write(plan["workdir"])
            runs.MetricsFile(plan["workdir"]).forget_after(model.steps_done)
            best.forget_after(model.steps_done)
    if model.steps_done >= plan["steps"]:
        print(f"{plan['workdir']} is at step {model.steps_done} already; a larger --steps goes on.")
        return 0, False
    model.gradient_norms = values.gradient_norms
    if role.is_chief:
        _announce(plan, source, strategy)
    code = fitting.fit(
        values,
        plan,
        model,
        checkpoints,
        batches,
        evaluator=evaluator,
        best=best,
        role=role,
        strategy=strategy,
        lock=lock,
    )
    return code, True


def _export(values, plan, role, *, trained):
    if not (plan["export_dir"] and role.is_chief):
        return 0
    return exporting.export_run(values, plan["workdir"], plan["export_dir"], trained=trained)


def _batches(values, plan, strategy, source, model):
    """What to fit on, from the model's step on."""
    from tfgan import distribution
    from tfgan.data import keep_labels

    size = plan["parameters"]["batch_size"] * model.discriminator_steps
    if plan["labelled"] is not None:
        source = keep_labels(source, plan["labelled"], plan["seed"])

    def slices(worker):
        return source.batches(
            size, seed=plan["seed"], start=model.steps_done, flip=values.flip, worker=worker
        )

    return distribution.distribute(strategy, size, slices)


def _evaluator(values, source, plan, model):
    """What measures the model while it trains; None without --evaluate_every."""
    if not values.evaluate_every:
        return None
    from tfgan import evaluation
    from tfgan.evaluation import suitable

    decisive = suitable.decisive(values.extractor, source)
    evaluator = evaluation_flags.evaluator(
        values,
        source,
        plan["data"],
        bool(model.classes),
        values.evaluate_metrics or decisive,
        count=values.evaluate_count,
        seed=plan["seed"],
    )
    evaluation.check_decisive(evaluator.metrics[0])
    return evaluator


def _announce(plan, source, strategy):
    schedule = plan["parameters"]["learning_rate_schedule"]
    if schedule != "recipe":
        _LOG.info(
            "All learning rates follow %s over %d steps, whatever schedule the recipe has.",
            schedule,
            plan["steps"],
        )
    replicas = strategy.num_replicas_in_sync
    examples = f"{counted(source.count, 'example')} of {'x'.join(map(str, source.spec.raw_shape))}"
    devices = f", on {replicas} devices" if replicas > 1 else ""
    print(
        f"Training {plan['recipe']} on {source.name} ({examples}) to step {plan['steps']}"
        f"{devices}, in {plan['workdir']}.",
        flush=True,
    )
