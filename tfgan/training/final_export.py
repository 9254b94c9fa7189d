"""Exports the model at the end of a run, if `export_dir` is given."""

import tensorflow as tf

from tfgan import failures, recipes, runs


def export(plan, *, trained):
    """Exports the best state if evaluations have kept one, else the last.

    Args:
      plan: `planning.Plan`.
      trained: bool, whether this process took steps; if not, an existing version is enough.
    """
    out = plan.export_dir
    if not out or (not trained and _has_version(out)):
        return
    keeps_best = plan.config.evaluate_every and tf.io.gfile.exists(f"{plan.workdir}/best")
    try:
        state, recipe = "best" if keeps_best else "last", plan.config.recipe
        named = recipe if recipe and recipes.is_file(recipe) else None
        run = runs.open_run(plan.workdir, state=state, recipe=named)
        path = run.export(out)
    except (ValueError, failures.Failure) as error:
        raise failures.Failure(f"{plan.workdir} is trained, and not exported: {error}") from error
    print(f"Step {run.step}, saved_model, reproduces the samples of the run: {path}")


def _has_version(directory):
    return tf.io.gfile.isdir(directory) and any(
        name.rstrip("/").isdigit() for name in tf.io.gfile.listdir(directory)
    )
