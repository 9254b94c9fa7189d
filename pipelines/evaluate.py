"""measures the samples of a run, or compares two sets in files.

With --workdir: samples against the training data, and held-out real data for comparison; the same
flags give the same figures for any --batch_size. With --real and --fake: two sets, each a source
as --data takes it, a folder or .zip of images, an .npz of images or features, or saved statistics.
"""

from absl import flags

from . import data_flags, evaluate_sets, evaluation_flags, path_flags, run_flags, start, usage
from .errors import user_errors, write_errors

_SETS = (
    "A folder or .zip of images, an .npz of examples, features or statistics, or a source: "
    f"{data_flags.SOURCES}"
)


def define_flags(values):
    """The flags of `tfgan evaluate`."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    run_flags.define(values)
    path_flags.define_source("real", "", f"Instead of a run: the real set. {_SETS}", values)
    about = "Instead of a run: the set that is compared with it, named likewise."
    path_flags.define_source("fake", "", about, values)
    text(
        "metrics",
        "",
        "Names with commas between them: fd, fd_infinity, kd, is, pr (precision, recall), dc "
        "(density, coverage), c2st, auth, copying, modes, labels, cas, swd, ms_ssim, parzen, ppl; "
        "nll (log-likelihood of held-out examples, for models that have one); of autoencoders "
        "codes (against the prior) and category (error of the class code); of texts ngrams and "
        "grammar, of videos motion. "
        "By default those that suit the data.",
        values,
    )
    number(
        "count",
        10_000,
        "How many samples, and at most how many real examples.",
        2,
        flag_values=values,
    )
    number("seed", 0, "Of the samples and of all draws of the metrics.", flag_values=values)
    evaluation_flags.define_extractor(values)
    number(
        "batch_size", 500, "Examples handled together; changes no figure.", 1, flag_values=values
    )
    flags.DEFINE_float("truncation", None, "Cut the prior's tails here.", 0.0, flag_values=values)
    run_flags.define_weights(values)
    path_flags.define(
        "picture",
        "",
        "FILE.png: samples beside their nearest training images. By default "
        "evaluation/step-STEP-neighbors.png in the run.",
        values,
    )
    path_flags.define(
        "save_statistics",
        "",
        "FILE.npz: keep mean and covariance of the real features, for a later --real.",
        values,
    )
    path_flags.define_source(
        "data", "", "Where the run's data lie now, if they were moved.", values
    )
    data_flags.define_reading(values)


def run(values, positionals):
    """Evaluates; returns the exit code."""
    usage.no_positionals(positionals)
    if bool(values.workdir) == bool(values.real or values.fake):
        raise flags.Error("Give --workdir for a run, or --real and --fake for two sets.")
    if not values.workdir and not (values.real and values.fake):
        raise flags.Error("--real and --fake go together.")
    if values.workdir and (values.image_size or values.channels or values.background != "white"):
        raise flags.Error(
            "--image_size, --channels and --background are for --real; a run knows its own."
        )
    start.tensorflow()
    return _evaluate_run(values) if values.workdir else evaluate_sets.compare(values)


def _evaluate_run(values):
    from tfgan import evaluation, runs
    from tfgan.runs import MetricsFile

    workdir = values.workdir.rstrip("/")
    with user_errors():
        run = run_flags.open_run(values)
        source = run.open_data(values.data, **data_flags.places(values))
        evaluator = run.evaluator(
            evaluation_flags.names(values.metrics),
            source,
            evaluation_flags.open_extractor(values, source),
            cache_dir=values.cache_dir,
            count=values.count,
            seed=values.seed,
            batch_size=values.batch_size,
        )
        print(_opening(values, run, evaluator), flush=True)
        found = run.measure(evaluator, truncation=values.truncation)
    print(f"\n{evaluation.table(found.results)}")
    evaluation_flags.tell_how_to_have_fid(evaluator.extractor, source.spec.modality.kind)
    provenance = run.provenance(evaluator, values.truncation)
    with user_errors(), write_errors(workdir):
        is_kept = MetricsFile(workdir).append_if_unlocked(
            evaluation.records(found.results, provenance)
        )
        _tell_classes(run, evaluator, found.fake, provenance)
        evaluate_sets.save_statistics(values.save_statistics, evaluator.real)
        drawn = f"{workdir}/evaluation/step-{run.step:08d}"
        _draw_neighbors(
            values, values.picture or f"{drawn}-neighbors.png", run, evaluator, found.fake
        )
        _draw_codes(f"{drawn}-codes.png", run, evaluator)
    if is_kept:
        print(f"Records:    {runs.MetricsFile(workdir).path}")
    return 0


def _opening(values, run, evaluator):
    source = evaluator.source
    weights = "last weights" if run.weights == "last" else "running average"
    held_out = source.held_out.count if source.held_out else 0
    if not evaluator.needs_samples:
        return (
            f"Likelihood by step {run.step} (seed {values.seed}, {weights}) of "
            f"{min(values.count, held_out):,} examples of {source.name} that training never saw, "
            "and of as many training examples."
        )
    seen_by = f"; features of {_named(evaluator.extractor)}" if evaluator.extractor else ""
    return (
        f"{values.count:,} samples of step {run.step} (seed {values.seed}, {weights}) "
        f"against {min(values.count, source.count):,} training examples of {source.name}{seen_by}."
        f"\nFloor: {min(values.count, held_out):,} real examples that training never saw, in place "
        "of the samples."
    )


def _named(extractor):
    """An extractor in words, with what it is made of: points have neither weights nor sizes."""
    parts = [extractor.version]
    parts += [f"weights {extractor.sha256[:8]}"] if extractor.sha256 else []
    parts += [f"resize {extractor.resize}"] if extractor.resize else []
    return f"{extractor.name} ({', '.join(parts)})"


def _tell_classes(run, evaluator, fake, provenance):
    """Prints and records the table with a line a class, where there are labels."""
    from tfgan import evaluation
    from tfgan.runs import MetricsFile

    if fake is None or fake.features is None or evaluator.real.label is None:
        return
    lines = evaluation.per_class(evaluator.real, fake, evaluator.source.spec.class_names)
    head = list(dict.fromkeys(name for line in lines for name in line))
    if len(head) < 3:  # nothing about the samples
        return
    rows = [head] + [[_cell(line.get(name)) for name in head] for line in lines]
    print(f"\n{evaluation.aligned(rows)}\n")
    MetricsFile(run.workdir).append_if_unlocked(
        [{"metric": "per_class", "classes": lines} | provenance]
    )


def _cell(value):
    return "" if value is None else value if isinstance(value, str) else f"{value:.4g}"


def _draw_neighbors(values, path, run, evaluator, fake):
    from tfgan import images
    from tfgan.evaluation import nearest_neighbors

    has_pictures = evaluator.source.spec.modality.has_pictures
    if fake is None or fake.features is None or not has_pictures:
        return
    options = {"truncation": values.truncation}
    picture = nearest_neighbors.picture(
        evaluator.real,
        fake,
        lambda rows: nearest_neighbors.examples_of(evaluator.source, rows),
        lambda rows: nearest_neighbors.samples_of(run.model, fake, rows, evaluator.seed, **options),
    )
    images.write_png(path, picture)
    print(f"Neighbors: {path}")


def _draw_codes(path, run, evaluator):
    """The codes of training and held-out examples beside the prior, where they have a picture."""
    from tfgan import images
    from tfgan.evaluation import code_plots

    picture = code_plots.picture(run.model, evaluator.source, evaluator.seed)
    if picture is not None:
        images.write_png(path, picture)
        print(f"Codes:      {path}")
