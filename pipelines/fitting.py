"""What happens around the steps of `tfgan train`: who shows, draws, saves and stops."""

import sys

from . import distribution_flags, environment, evaluation_flags
from .errors import Refusal, refusing_broken_data, refusing_to_write

_STEPS_BETWEEN_AGREEMENTS = 10


def fit(values, plan, model, checkpoints, batches, *, evaluator, role, strategy):
    """Trains to the last step; returns the exit code.

    Args:
      values: the flags.
      plan: dict, what `tfgan train --dry_run` prints.
      model: compiled `GenerativeModel`, with the weights to go on from.
      checkpoints: `runs.Checkpoints`.
      batches: what to `fit` on.
      evaluator: `evaluation.Evaluator`, or None.
      role: `distribution.Role`; the chief alone shows, draws, evaluates and saves.
      strategy: `tf.distribute.Strategy`, through which several workers agree when to stop.
    Raises: Refusal, if the run cannot go on.
    """
    from tfgan import callbacks, distribution

    workdir = plan["workdir"]
    interruption = callbacks.Interruption()
    writing = []
    if role.is_chief:
        writing = _writing(values, plan, model, checkpoints, evaluator)
    stopping = [interruption]
    if role.workers > 1:
        exchange = distribution.Exchange(strategy)
        stopping.append(callbacks.Agreement(exchange, interruption, _STEPS_BETWEEN_AGREEMENTS))
    try:
        with (
            refusing_to_write(workdir),
            refusing_broken_data(),
            distribution_flags.refusing_lost_workers(values, role),
        ):
            model.fit(
                batches,
                steps_per_epoch=plan["steps"] - model.steps_done,
                shuffle=False,
                verbose=0,
                callbacks=[callbacks.NonFiniteGuard(), *writing, *stopping],
            )
    except ArithmeticError as error:
        raise Refusal(f"{error} {_advice(checkpoints)}", 1) from error
    finally:
        interruption.restore_handlers()
    if role.is_chief:
        _tell_the_end(plan, model, writing)
    return 128 + interruption.signal if interruption.signal else 0


def _writing(values, plan, model, checkpoints, evaluator):
    """The callbacks that leave something behind, in the order in which they do."""
    import tensorflow as tf

    from tfgan import callbacks

    writer = tf.summary.create_file_writer(plan["tensorboard_dir"])
    return [
        *_figures(values, plan, model, writer),
        callbacks.SampleGrid(f"{plan['workdir']}/samples", writer, values.sample_every),
        # Before the checkpoint: a run that resumes there has this evaluation's record.
        *([_evaluation(values, plan, model, evaluator, writer)] if evaluator else []),
        callbacks.Checkpointing(checkpoints, values.checkpoint_every),
    ]


def _figures(values, plan, model, writer):
    """The callbacks that show how far the run is, and write its losses and speed."""
    from tfgan import callbacks, runs

    per_step = plan["parameters"]["batch_size"] * model.discriminator_steps
    metrics_file = runs.MetricsFile(plan["workdir"])
    progress = (
        callbacks.ProgressBar(plan["steps"])
        if sys.stdout.isatty()
        else callbacks.ProgressLines(values.log_every, plan["steps"], per_step)
    )
    return progress, callbacks.Scalars(metrics_file, writer, values.log_every, per_step)


def _evaluation(values, plan, model, evaluator, writer):
    from tfgan import callbacks, runs

    return callbacks.Evaluation(
        evaluator,
        runs.MetricsFile(plan["workdir"]),
        writer,
        runs.best_checkpoints(plan["workdir"], model),
        every=values.evaluate_every,
        steps=plan["steps"],
        stop_after=values.stop_after,
        provenance=evaluation_flags.provenance(evaluator, plan["data"]),
        report=environment.trial_report(),
    )


def _advice(checkpoints):
    step = checkpoints.latest_step()
    kept = f"The checkpoint of step {step} is kept" if step else "No checkpoint was written yet"
    return f"{kept}; a lower learning rate or another loss may help."


def _tell_the_end(plan, model, writing):
    from tfgan import callbacks

    workdir, logs = plan["workdir"], plan["tensorboard_dir"]
    samples = next(each for each in writing if isinstance(each, callbacks.SampleGrid))
    evaluation = next((each for each in writing if isinstance(each, callbacks.Evaluation)), None)
    step = model.steps_done
    print(
        f"Samples:    {samples.path(step)}\n"
        f"Run:        {workdir} (step {step}; TensorBoard: tensorboard --logdir {logs})"
    )
    best = ""
    if evaluation and evaluation.best:
        value, at = evaluation.best
        print(
            f"Best:       {evaluation.decisive} {value:.4g} at step {at}, kept in {workdir}/best; "
            f"evaluations took {evaluation.share:.0%} of the time"
        )
        best = " --checkpoint=best"
    print(f"Next:       tfgan evaluate --workdir={workdir}{best}")
