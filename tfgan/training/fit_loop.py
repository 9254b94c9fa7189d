"""`fit` with the callbacks of a training."""

import shlex

import tensorflow as tf

from tfgan import failures, recipes, runs, terminal
from tfgan.evaluation import defaults
from tfgan.training import callbacks, distribution, workers

_STOP_EVERY = 10  # steps between two agreements of the workers


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
    poll_signal=None,
):
    """Trains to the last step.

    Args:
      plan: `planning.Plan`.
      model: compiled `GenerativeModel`, with restored weights.
      checkpoints: `runs.Checkpoints`.
      batches: the data to `fit` on.
      evaluator: `evaluation.Evaluator`, or None.
      best: `runs.Checkpoints` of the best state, or None.
      role: `distribution.Role`; only the chief prints, evaluates and writes.
      strategy: `tf.distribute.Strategy`, through which several workers agree to stop.
      lock: `files.Lock` of the run's directory, or None.
      report, poll_signal: as of `train.train`.
    Raises: `failures.Failure`, if the run cannot continue; `files.Locked`, if another process has
      taken the directory over; `failures.Interrupted` after a signal.
    """
    role = role or distribution.Role()
    interruption = callbacks.Interruption(poll_signal or (lambda: None))
    progress, writing = None, []
    if role.is_chief:
        progress = _progress(plan, model)
        writing = [callbacks.Ownership(lock)] if lock else []
        writing += [
            progress,
            *_writing_callbacks(plan, model, checkpoints, evaluator, best, report),
        ]
    stopping = [interruption]
    if role.workers > 1:
        all_gather = distribution.AllGather(strategy)
        stopping.append(callbacks.SynchronizedStop(all_gather, interruption, _STOP_EVERY))
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
        _print_summary(plan, model, writing)
    if interruption.signal:
        raise failures.Interrupted(interruption.signal)


def _writing_callbacks(plan, model, checkpoints, evaluator, best, report):
    """The callbacks that write files, in their order."""
    config = plan.config
    with failures.writing(plan.tensorboard_dir):
        writer = tf.summary.create_file_writer(plan.tensorboard_dir)
    return [
        callbacks.Scalars(
            runs.MetricsFile(plan.workdir),
            writer,
            every=config.log_every,
            examples_per_step=_examples_per_step(plan, model),
        ),
        callbacks.SampleGrid(f"{plan.workdir}/samples", writer, every=config.sample_every),
        # Before the checkpoint: a run that resumes from it has the record of this evaluation.
        *([_evaluation(plan, evaluator, best, writer, report)] if evaluator else []),
        callbacks.Checkpointing(checkpoints, config.checkpoint_every),
    ]


def _progress(plan, model):
    """The callback that shows the progress of the run."""
    if terminal.can_redraw():
        return callbacks.ProgressBar(plan.steps, _examples_per_step(plan, model))
    return callbacks.ProgressLines(
        plan.config.log_every, plan.steps, _examples_per_step(plan, model)
    )


def _examples_per_step(plan, model):
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
    state = f"The checkpoint of step {step} is kept" if step else "No checkpoint was written yet"
    return f"{state}; a lower learning rate or another loss may help."


def _print_summary(plan, model, writing):
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
