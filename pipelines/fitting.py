"""What happens around the steps of `tfgan train`: who shows, draws, saves and stops."""

import shlex

from . import distribution_flags, environment, evaluation_flags, printing
from .errors import Refusal, refusing_broken_data, refusing_to_write

_STEPS_BETWEEN_AGREEMENTS = 10


def fit(values, plan, model, checkpoints, batches, *, evaluator, best, role, strategy, lock):
    """Trains to the last step; returns the exit code.

    Args:
      values: the flags.
      plan: dict, what `tfgan train --dry_run` prints.
      model: compiled `GenerativeModel`, with the weights to go on from.
      checkpoints: `runs.Checkpoints`.
      batches: what to `fit` on.
      evaluator: `evaluation.Evaluator`, or None.
      best: `runs.Checkpoints` of the state that the evaluator finds best.
      role: `distribution.Role`; the chief alone shows, draws, evaluates and saves.
      strategy: `tf.distribute.Strategy`, through which several workers agree when to stop.
      lock: `files.Lock` of the run's directory, or None.
    Raises: Refusal, if the run cannot go on.
    """
    from tfgan import callbacks, distribution, files

    workdir = plan["workdir"]
    interruption = callbacks.Interruption(printing.stop_signal)
    progress, writing = None, []
    if role.is_chief:
        progress = _progress(values, plan, model)
        writing = [callbacks.Ownership(lock)] if lock else []
        writing += [progress, *_writing(values, plan, model, checkpoints, evaluator, best)]
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
                verbose=0,
                callbacks=[callbacks.NonFiniteGuard(), *writing, *stopping],
            )
    except files.Locked as error:
        raise Refusal(str(error), 1) from error
    except ArithmeticError as error:
        raise Refusal(f"{error} {_advice(checkpoints)}", 1) from error
    finally:
        interruption.restore_handlers()
        if progress:
            progress.close()
    if role.is_chief:
        _tell_the_end(plan, model, writing)
    return 128 + interruption.signal if interruption.signal else 0


def _writing(values, plan, model, checkpoints, evaluator, best):
    """The callbacks that leave something behind, in the order in which they do."""
    import tensorflow as tf

    from tfgan import callbacks, runs

    with refusing_to_write(plan["tensorboard_dir"]):
        writer = tf.summary.create_file_writer(plan["tensorboard_dir"])
    return [
        callbacks.Scalars(
            runs.MetricsFile(plan["workdir"]),
            writer,
            every=values.log_every,
            examples_per_step=_per_step(plan, model),
        ),
        callbacks.SampleGrid(f"{plan['workdir']}/samples", writer, every=values.sample_every),
        # Before the checkpoint: a run that resumes there has this evaluation's record.
        *([_evaluation(values, plan, evaluator, best, writer)] if evaluator else []),
        callbacks.Checkpointing(checkpoints, values.checkpoint_every),
    ]


def _progress(values, plan, model):
    """The callback that shows how far the run is."""
    from tfgan import callbacks, terminal

    if terminal.can_redraw():
        return callbacks.ProgressBar(plan["steps"], _per_step(plan, model))
    return callbacks.ProgressLines(values.log_every, plan["steps"], _per_step(plan, model))


def _per_step(plan, model):
    return plan["parameters"]["batch_size"] * model.discriminator_steps


def _evaluation(values, plan, evaluator, best, writer):
    from tfgan import callbacks, runs

    return callbacks.Evaluation(
        evaluator,
        runs.MetricsFile(plan["workdir"]),
        writer,
        best,
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
    tensorboard = shlex.join(["tensorboard", f"--logdir={logs}"])
    print(
        f"Samples:    {samples.path(step)}\n"
        f"Run:        {workdir} (step {step}; TensorBoard: {tensorboard})"
    )
    evaluate = ["tfgan", "evaluate", f"--workdir={workdir}"]
    if evaluation and evaluation.best:
        value, at = evaluation.best
        print(
            f"Best:       {evaluation.decisive} {value:.4g} at step {at}, kept in {workdir}/best; "
            f"evaluations took {evaluation.share:.0%} of the time"
        )
        evaluate.append("--checkpoint=best")
    print(f"Next:       {shlex.join(evaluate)}")
