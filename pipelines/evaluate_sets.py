"""`tfgan evaluate --real=A --fake=B`: two datasets, without a run."""

from tfgan import failures

from . import data_flags, evaluation_flags
from .errors import user_errors


def compare(values):
    """Compares the datasets of the flags; returns the exit code."""
    from tfgan import evaluation
    from tfgan.evaluation import example_sets, neighbor_pictures, set_comparison

    with user_errors():
        reading = data_flags.reading(values)
        names = values.real, values.fake
        sides = [example_sets.open_set(name, values.count, **reading) for name in names]
        examples = [side for side in sides if isinstance(side, example_sets.Examples)]
        extractor = None
        if examples:
            extractor = evaluation_flags.open_extractor(values, examples[0].source)
        real, fake, metrics = set_comparison.read(
            *sides,
            values.metrics,
            extractor,
            values.count,
            keep_data=bool(values.picture),
            batch_size=values.batch_size,
        )
        results = evaluation.compare(real, fake, metrics, extractor=extractor, seed=values.seed)
    print(_heading(real, fake, results))
    print(f"\n{evaluation.table(results)}")
    kinds = {side.modality.kind for side in (real, fake) if side.data is not None}
    evaluation_flags.print_fid_hint(extractor, *kinds)
    with user_errors(), failures.writing(values.save_statistics or values.picture):
        save_statistics(values.save_statistics, real)
        if values.picture:
            write_picture("Neighbors:  ", values.picture, neighbor_pictures.of_sets(real, fake))
    return 0


def save_statistics(path, real):
    """Writes the statistics of a FeatureSet, if there is a path."""
    from tfgan.evaluation import feature_files

    if path:
        feature_files.save_statistics(path, real)
        print(f"Statistics: {path}")


def write_picture(title, path, picture):
    """Writes a picture, uint8 `[height, width, channels]` or None, and prints title and path."""
    from tfgan import images

    if picture is not None:
        images.write_png(path, picture)
        print(f"{title}{path}")


def _heading(real, fake, results):
    counts = [f"{side.count:,}" if side.count else "an unknown number" for side in (real, fake)]
    has_baseline = any(result.real_baseline for result in results)
    baseline = " Real baseline: one half of the real dataset against the other." * has_baseline
    return f"{counts[1]} of {fake.name} against {counts[0]} of {real.name}.{baseline}"
