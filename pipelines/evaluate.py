"""measures the samples of a run, or compares two datasets.

With --workdir: samples, and held-out real data, against the training data; the same flags give
the same scores for any --batch_size. With --real and --fake: two datasets, each a source as for
--data, a folder or .zip of images, an .npz of images or features, or saved statistics.
"""

import functools

from absl import flags

from tfgan import choices, failures

from . import data_flags, evaluate_sets, evaluation_flags, parsing, path_flags, run_flags, start
from .errors import user_errors

_SETS = (
    "A folder or .zip of images, an .npz of examples, features or statistics, or a source: "
    f"{data_flags.SOURCES}"
)

_RELIABLE = 50  # held-out examples
_FEW = " So few give scores that chance decides."


def define_flags(values):
    """The flags of `tfgan evaluate`."""
    number = functools.partial(flags.DEFINE_integer, flag_values=values)
    path = functools.partial(path_flags.define, values=values)
    source = functools.partial(path_flags.define_source, values=values)
    run_flags.define(values)
    source("real", "", f"Instead of a run: the real dataset. {_SETS}")
    source("fake", "", "Instead of a run: the dataset that is compared with it, in the same forms.")
    metrics = ", ".join(f"{name} ({about})" for name, about in choices.METRICS.items())
    about = f"Metrics, separated by commas: {metrics}. By default those that suit the data."
    flags.DEFINE_list("metrics", [], about, flag_values=values)
    number("count", 10_000, "Samples, and the maximum number of real examples.", 2)
    number("seed", 0, "Seed of the samples and of all random draws of the metrics.")
    evaluation_flags.define_extractor(values)
    number("batch_size", 500, "Examples per batch; does not affect the scores.", 1)
    run_flags.define_truncation(values)
    path(
        "picture",
        "",
        "FILE.png: samples beside their nearest training images. By default "
        "evaluation/step-STEP-neighbours.png in the run.",
    )
    about = "FILE.npz for the mean and covariance of the real features, for later use as --real."
    path("save_statistics", "", about)
    source("data", "", "New location of the run's data, if they have moved.")
    data_flags.define_reading(values)


def run(values, positionals):
    """Evaluates; returns the exit code."""
    parsing.no_positionals(positionals)
    if bool(values.workdir) == bool(values.real or values.fake):
        raise flags.Error("Give --workdir for a run, or --real and --fake for two datasets.")
    if not values.workdir and not (values.real and values.fake):
        raise flags.Error("--real and --fake go together.")
    if values.workdir and (values.image_size or values.channels or values.background != "white"):
        raise flags.Error(
            "--image_size, --channels and --background are for --real; a run has its own."
        )
    start.tensorflow()
    return _evaluate_run(values) if values.workdir else evaluate_sets.compare(values)


def _evaluate_run(values):
    import numpy as np

    from tfgan import evaluation, runs
    from tfgan.evaluation import code_plots, neighbor_pictures

    workdir = run_flags.workdir(values)
    file = runs.MetricsFile(workdir)
    with user_errors():
        run = run_flags.open_run(values)
        run_flags.use_standing_statistics(run, values)
        source = run.open_data(values.data, **data_flags.reading_options(values))
        evaluator = run.evaluator(
            values.metrics,
            source,
            evaluation_flags.open_extractor(values, source),
            cache_dir=values.cache_dir,
            count=values.count,
            seed=values.seed,
            batch_size=values.batch_size,
        )
        print(_heading(run, evaluator), flush=True)
        evaluated = run.measure(evaluator, truncation=values.truncation)
    fake = evaluated.fake
    print(f"\n{evaluation.table(evaluated.results)}")
    if evaluator.needs_samples:
        evaluation_flags.print_fid_hint(evaluator.extractor, source.spec.modality.kind)
    provenance = run.provenance(evaluator, values.truncation)
    if values.standing_statistics:
        provenance |= {"standing_statistics": values.standing_statistics}
    with user_errors(), failures.writing(workdir):
        is_appended = file.append_if_unlocked(evaluation.records(evaluated.results, provenance))
        if fake is not None and fake.features is not None and evaluator.real.label is not None:
            rows = evaluation.per_class(evaluator.real, fake, source.spec.class_names)
            if table := evaluation.class_table(rows):
                print(f"\n{table}\n")
                file.append_if_unlocked([{"metric": "per_class", "classes": rows} | provenance])
        evaluate_sets.save_statistics(values.save_statistics, evaluator.real)
        prefix = f"{workdir}/evaluation/step-{run.step:08d}"
        neighbors = neighbor_pictures.of_model(
            evaluator, run.model, fake, truncation=values.truncation
        )
        codes = code_plots.picture(run.model, source, values.seed)
        evaluate_sets.write_picture(
            "Neighbors:  ", values.picture or f"{prefix}-neighbours.png", neighbors
        )
        evaluate_sets.write_picture("Codes:      ", f"{prefix}-codes.png", codes)
        if run.model.translation_networks:
            translated = np.atleast_3d(run.sample_grid(seed=values.seed))
            path = f"{prefix}-translations.png"
            evaluate_sets.write_picture("Pictures:   ", path, translated)
    if is_appended:
        print(f"Records:    {file.path}")
    return 0


def _heading(run, evaluator):
    source, extractor = evaluator.source, evaluator.extractor
    weights = f"(seed {evaluator.seed}, {run.model.describe_weights()})"
    held_out = min(evaluator.count, source.held_out.count if source.held_out else 0)
    if not evaluator.needs_samples:
        return (
            f"{', '.join(evaluator.metrics)} of step {run.step} {weights} on {held_out:,} held-out "
            f"examples of {source.name}."
        )
    features = ""
    if extractor:
        parts = [extractor.version]
        parts += [f"weights {extractor.sha256[:8]}"] if extractor.sha256 else []
        parts += [f"resize {extractor.resize}"] if extractor.resize else []
        features = f"; features of {extractor.name} ({', '.join(parts)})"
    return (
        f"{evaluator.sample_count(run.model):,} samples of step {run.step} {weights} against "
        f"{min(evaluator.count, source.count):,} training examples of {source.name}{features}.\n"
        f"Real baseline: {held_out:,} held-out real examples instead of the samples."
        f"{_FEW * (0 < held_out < _RELIABLE)}"
    )
