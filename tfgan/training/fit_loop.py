"""`fit` with the callbacks of a training run."""

import dataclasses
import shlex
from typing import Any

import tensorflow as tf

from tfgan import failures, recipes, runs, terminal
from tfgan.evaluation import defaults, sample_conditions
from tfgan.models import GenerativeModel
from tfgan.training import callbacks, distribution, multi_worker, planning

_STOP_EVERY = 10  # steps between two agreements of the workers
_PICTURES = 24  # examples whose conditions the pictures of samples show


@dataclasses.dataclass(frozen=True)
class Session:
    """A training that is ready for its next step.

    Attributes:
      plan: `planning.Plan`, with a batch size that the data can fill.
      model: compiled `GenerativeModel`, with restored weights.
      batches: the data to `fit` on.
      record: `runs.Record`, with the run's history; None for steps outside of a run.
      source: `data.Source`.
      strategy: `tf.distribute.Strategy`.
      evaluator: `evaluation.Evaluator`, or None.
    """

    plan: planning.Plan
    model: GenerativeModel
    checkpoints: runs.Checkpoints
    batches: object
    record: Any = None
    source: object = None
    strategy: object = None
    evaluator: object = None
    best: runs.Checkpoints | None = None

    @property
    def examples_per_step(self):
        """Real examples in a step over all devices: int."""
        return self.plan.batch_size * self.model.discriminator_steps


def fit(session, role=None, *, lock=None, report=None, poll_signal=None):
    """Trains to the last step.

    Args:
      session: Session.
      role: `distribution.Role`; only the chief prints, evaluates and writes. None: alone.
      lock: `files.Lock` of the run's directory, or None.
      report, poll_signal: see `train.train`, which has the same errors.
    """
    plan, model, role = session.plan, session.model, role or distribution.Role()
    interruption = callbacks.Interruption(poll_signal or (lambda: None))
    of_chief = _chief_callbacks(session, lock, report) if role.is_chief else {}
    stopping = [interruption]
    if role.workers > 1:
        all_gather = distribution.AllGather(session.strategy)
        stopping.append(callbacks.SynchronizedStop(all_gather, interruption, _STOP_EVERY))
    try:
        with (
            failures.writing(plan.workdir),
            failures.reading_data(),
            multi_worker.naming_lost_workers(plan, role),
        ):
            model.fit(
                session.batches,
                steps_per_epoch=plan.steps - model.steps_done,
                verbose=0,
                callbacks=[callbacks.TerminateOnNonFinite(), *of_chief.values(), *stopping],
            )
    except ArithmeticError as error:
        step = session.checkpoints.latest_step()
        state = (
            f"The checkpoint of step {step} is kept" if step else "No checkpoint was written yet"
        )
        sentence = f"{error} {state}; a lower learning rate or another loss may help."
        raise failures.Failure(sentence) from error
    finally:
        interruption.restore_handlers()
        if of_chief:
            of_chief["progress"].close()
    if of_chief:
        _print_summary(session, of_chief["samples"], of_chief.get("evaluation"))
    if interruption.signal:
        raise failures.Interrupted(interruption.signal)


def _chief_callbacks(session, lock, report):
    plan, config, examples = session.plan, session.plan.config, session.examples_per_step
    metrics = runs.MetricsFile(plan.workdir)
    with failures.writing(plan.tensorboard_dir):
        writer = tf.summary.create_file_writer(plan.tensorboard_dir)
    ordered = {"ownership": callbacks.Ownership(lock)} if lock else {}
    if terminal.can_redraw():
        ordered["progress"] = callbacks.ProgressBar(plan.steps, examples)
    else:
        ordered["progress"] = callbacks.ProgressLines(config.log_every, plan.steps, examples)
    ordered["scalars"] = callbacks.Scalars(
        metrics, writer, every=config.log_every, examples_per_step=examples
    )
    conditions, target = sample_conditions.first(session.source, session.model, _PICTURES)
    ordered["samples"] = callbacks.SampleGrid(
        f"{plan.workdir}/samples",
        writer,
        every=config.sample_every,
        conditions=conditions,
        target=target,
    )
    if session.evaluator:
        # Before the checkpoint: a run that resumes from it has the record of this evaluation.
        ordered["evaluation"] = callbacks.PeriodicEvaluation(
            session.evaluator,
            metrics,
            writer,
            session.best,
            every=config.evaluate_every,
            steps=plan.steps,
            stop_after=config.stop_after,
            provenance=defaults.provenance(session.evaluator, plan.data),
            report=report,
        )
    if every := plan.parameters["average_snapshots"]:
        snapshots = runs.AverageSnapshots(plan.workdir, session.model, session.record.identity)
        ordered["averages"] = callbacks.AveragesSaving(snapshots, every)
    ordered["checkpoints"] = callbacks.Checkpointing(session.checkpoints, config.checkpoint_every)
    return ordered


def _print_summary(session, samples, evaluation):
    plan, step = session.plan, session.model.steps_done
    tensorboard = shlex.join(["tensorboard", f"--logdir={plan.tensorboard_dir}"])
    print(
        f"Samples:    {samples.path(step)}\n"
        f"Run:        {plan.workdir} (step {step}; TensorBoard: {tensorboard})"
    )
    command = ["tfgan", "evaluate", f"--workdir={plan.workdir}"]
    if session.model.translation_networks:
        command = ["tfgan", "translate", f"--workdir={plan.workdir}", "--input=IMAGES"]
    if evaluation and evaluation.best:
        value, best_step = evaluation.best
        print(
            f"Best:       {evaluation.decisive} {value:.4g} at step {best_step}, kept in "
            f"{plan.workdir}/best; evaluations took {evaluation.share:.0%} of the time"
        )
        command.append("--checkpoint=best")
    if plan.config.recipe and recipes.is_file(plan.config.recipe):
        command.append(f"--recipe={plan.config.recipe}")
    print(f"Next:       {shlex.join(command)}")
