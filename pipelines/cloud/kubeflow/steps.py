"""What each step does inside its container: reads the user's flags, and calls the library.

`arguments` are the user's flags for the program of the step's name; all else is decided by the
pipeline. A step that fails ends as that program does: error message, exit code, no traceback.
"""

import contextlib
import shutil
import sys
import tempfile

from absl import flags

from ... import data_flags, errors, evaluation_flags, run_flags, start
from ... import prepare as prepare_program
from . import settings


def prepare(data, folder, arguments):
    """Decodes and resizes images once, like `tfgan prepare`."""
    with _refusing("prepare"):
        values = settings.parse("prepare", arguments)
        values["data"].parse(data)
        values["out"].parse(folder)
        prepare_program.run(values, positionals=[])


def train(recipe, data, workdir, steps, seed, arguments):
    """Trains a recipe, like `tfgan train`; steps=0 means the recipe's own."""
    with _refusing("train"):
        import tfgan

        config = settings.train_config(recipe, steps, arguments)
        tfgan.train(config, data=data, workdir=workdir, seed=seed)


def evaluate(workdir, data, source, metrics, checkpoint, count, seed, arguments):
    """Measures the samples of a run, like `tfgan evaluate`, and leaves the run unchanged.

    Args:
      workdir: str, the run; an artifact that other steps share, so nothing is written there.
      data: str, `--data` of the pipeline, before it was prepared.
      source: str, the prepared data.
      metrics: str, names with commas between them.
    Returns: list of dict, the scores, as in `metrics.jsonl`; the first decides.
    """
    with _refusing("evaluate"), tempfile.TemporaryDirectory() as folder:
        from tfgan import evaluation, runs

        values = settings.parse("evaluate", arguments)
        # A prepared dataset does not record which extractor suits its data.
        values["extractor"].parse(values.extractor or _extractor_name(data))
        run = _open_run(workdir, checkpoint, values.recipe, folder)
        examples = run.open_data(source, **data_flags.reading_options(values))
        results = run.evaluate(
            settings.metric_names(metrics),
            source=examples,
            extractor=evaluation_flags.open_extractor(values, examples),
            truncation=values.truncation,
            cache_dir=values.cache_dir,
            count=count,
            seed=seed,
            batch_size=values.batch_size,
        )
        print(evaluation.table(results), flush=True)
        records = runs.MetricsFile(folder).scores()
        if not records:
            raise errors.UserError("The evaluation has no score to decide by.", 1)
        if records[0]["value"] is None:
            metric = records[0]["metric"]
            raise errors.UserError(f"{metric} is not a number, so there is no decision.", 1)
        return records


def decide(name, value, better, threshold):
    """Whether a score is good enough: value <= threshold where lower is better, else >=.

    Returns: ("export" or "stop", the reason).
    Raises: SystemExit for a metric without a better side, "lower" or "higher".
    """
    if better not in ("lower", "higher"):
        raise SystemExit(f"{name} decides nothing: neither its high nor its low values are good.")
    is_good = value <= threshold if better == "lower" else value >= threshold
    limit = "at most" if better == "lower" else "at least"
    sentence = f"{name} is {value:.6g} and must be {limit} {threshold:.6g}."
    decision, verdict = ("export", "Good enough") if is_good else ("stop", "Not exported")
    return decision, f"{verdict}: {sentence}"


def export(workdir, scores, out, checkpoint):
    """Writes a run's SavedModel, like `tfgan export`, with the records in the file `scores`."""
    with _refusing("export"), tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(scores, f"{folder}/metrics.jsonl")
        print(f"Export: {_open_run(workdir, checkpoint, '', folder).export(out)}", flush=True)


@contextlib.contextmanager
def _refusing(verb):
    start.tensorflow()
    from tfgan import failures

    try:
        with errors.user_errors():
            yield
    except failures.Interrupted as interrupted:
        raise SystemExit(128 + interrupted.signal) from None
    except (errors.UserError, failures.Failure, flags.Error) as error:
        print(f"tfgan {verb}: {error}", file=sys.stderr, flush=True)
        code = 1 if isinstance(error, failures.Failure) else getattr(error, "code", 2)
        raise SystemExit(code) from None


def _open_run(workdir, checkpoint, recipe, folder):
    """A run of an artifact whose scores are written to, and read from, a folder of its own."""
    from tfgan import runs

    run = runs.open_run(workdir, state=run_flags.state(checkpoint), recipe=recipe or None)
    return runs.Run(folder, run.record, run.model, run.state)


def _extractor_name(data):
    """The extractor that suits data before they are prepared: str, or ""."""
    from tfgan import modalities
    from tfgan.data import describe_name
    from tfgan.evaluation import defaults

    kind, facts = describe_name(data)
    return defaults.extractor_name(modalities.by_kind(kind), facts)
