"""What happens around the steps of a training: who shows, draws, saves and stops."""

import shlex
import threading

import tensorflow as tf

from tfgan import failures, recipes, runs, terminal
from tfgan.evaluation import defaults
from tfgan.training import callbacks, distribution, workers

_STEPS_BETWEEN_AGREEMENTS = 10


def fit(
    plan,
    model,
    checkpoints,
    batches,
    *,
    evaluator=None,
    best=None,
    role=None,
    strategy=None,
    lock=None,
    report=None,
    stops=None,
):
    """Trains to the last step.

    Args:
      plan: `planning.Plan`.
      model: compiled `GenerativeModel`, with the weights to go on from.
      checkpoints: `runs.Checkpoints`.
      batches: what to `fit` on.
      evaluator: `evaluation.Evaluator`, or None.
      best: `runs.Checkpoints` of the state that the evaluator finds best.
      role: `distribution.Role`; the chief alone shows, draws, evaluates and saves.
      strategy: `tf.distribute.Strategy`, through which several workers agree when to stop.
      lock: `files.Lock` of the run's directory, or None.
      report, stops: as of `train.train`.
    Raises: `failures.Failure`, if the run cannot go on; `files.Locked`, if another process has
      taken the directory over; `failures.Interrupted`, if a signal ended it.
    """
    role = role or distribution.Role()
    interruption = _Interruption(stops or (lambda: None))
    progress, writing = None, []
    if role.is_chief:
        progress = _progress(plan, model)
        writing = [callbacks.Ownership(lock)] if lock else []
        writing += [progress, *_writing(plan, model, checkpoints, evaluator, best, report)]
    stopping = [interruption]
    if role.workers > 1:
        exchange = distribution.AllGather(strategy)
        stopping.append(
            callbacks.SynchronizedStop(exchange, interruption, _STEPS_BETWEEN_AGREEMENTS)
        )
    try:
        with (
            failures.writing(plan.workdir),
            failures.reading_data(),
            workers.naming_lost_workers(plan, role),
        ):
            model.fit(
                batches,
                steps_per_epoch=plan.steps - model.steps_done,
                verbose=0,
                callbacks=[callbacks.TerminateOnNonFinite(), *writing, *stopping],
            )
    except ArithmeticError as error:
        raise failures.Failure(f"{error} {_advice(checkpoints)}") from error
    finally:
        interruption.restore_handlers()
        if progress:
            progress.close()
    if role.is_chief:
        _tell_the_end(plan, model, writing)
    if interruption.signal:
        raise failures.Interrupted(interruption.signal)


class _Interruption(callbacks.Interruption):
    """Leaves signals alone in a thread, which may not handle them."""

    def on_train_begin(self, logs=None):
        if threading.current_thread() is threading.main_thread():
            super().on_train_begin(logs)


def _writing(plan, model, checkpoints, evaluator, best, report):
    """The callbacks that leave something behind, in the order in which they do."""
    config = plan.config
    with failures.writing(plan.tensorboard_dir):
        writer = tf.summary.create_file_writer(plan.tensorboard_dir)
    return [
        callbacks.Scalars(
            runs.MetricsFile(plan.workdir),
            writer,
            every=config.log_every,
            examples_per_step=_per_step(plan, model),
        ),
        callbacks.SampleGrid(f"{plan.workdir}/samples", writer, every=config.sample_every),
        # Before the checkpoint: a run that resumes there has this evaluation's record.
        *([_evaluation(plan, evaluator, best, writer, report)] if evaluator else []),
        callbacks.Checkpointing(checkpoints, config.checkpoint_every),
    ]


def _progress(plan, model):
    """The callback that shows how far the run is."""
    if terminal.can_redraw():
        return callbacks.ProgressBar(plan.steps, _per_step(plan, model))
    return callbacks.ProgressLines(plan.config.log_every, plan.steps, _per_step(plan, model))


def _per_step(plan, model):
    return plan.batch_size * model.discriminator_steps


def _evaluation(plan, evaluator, best, writer, report):
    return callbacks.PeriodicEvaluation(
        evaluator,
        runs.MetricsFile(plan.workdir),
        writer,
        best,
        every=plan.config.evaluate_every,
        steps=plan.steps,
        stop_after=plan.config.stop_after,
        provenance=defaults.provenance(evaluator, plan.data),
        report=report,
    )


def _advice(checkpoints):
    step = checkpoints.latest_step()
    kept = f"The checkpoint of step {step} is kept" if step else "No checkpoint was written yet"
    return f"{kept}; a lower learning rate or another loss may help."


def _tell_the_end(plan, model, writing):
    samples = next(each for each in writing if isinstance(each, callbacks.SampleGrid))
    evaluation = next(
        (each for each in writing if isinstance(each, callbacks.PeriodicEvaluation)), None
    )
    step = model.steps_done
    tensorboard = shlex.join(["tensorboard", f"--logdir={plan.tensorboard_dir}"])
    print(
        f"Samples:    {samples.path(step)}\n"
        f"Run:        {plan.workdir} (step {step}; TensorBoard: {tensorboard})"
    )
    evaluate = ["tfgan", "evaluate", f"--workdir={plan.workdir}"]
    if evaluation and evaluation.best:
        value, at = evaluation.best
        print(
            f"Best:       {evaluation.decisive} {value:.4g} at step {at}, kept in "
            f"{plan.workdir}/best; evaluations took {evaluation.share:.0%} of the time"
        )
        evaluate.append("--checkpoint=best")
    if plan.config.recipe and recipes.is_file(plan.config.recipe):
        evaluate.append(f"--recipe={plan.config.recipe}")
    print(f"Next:       {shlex.join(evaluate)}")
