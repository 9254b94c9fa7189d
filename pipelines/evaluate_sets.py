"""`tfgan evaluate --real=A --fake=B`: two sets, without a run."""

from . import data_flags, evaluation_flags
from .errors import user_errors, write_errors


def compare(values):
    """Compares the sets that the flags name; returns the exit code."""
    from tfgan import evaluation

    with user_errors():
        real, fake, extractor, names = _read(values)
        results = evaluation.compare(real, fake, names, extractor=extractor, seed=values.seed)
    print(_heading(real, fake, results))
    print(f"\n{evaluation.table(results)}")
    kinds = {side.modality.kind for side in (real, fake) if side.data is not None}
    evaluation_flags.tell_how_to_have_fid(extractor, *kinds)
    with user_errors(), write_errors(values.save_statistics or values.picture):
        save_statistics(values.save_statistics, real)
        _draw(values.picture, real, fake)
    return 0


def save_statistics(path, real):
    """Writes the statistics of a FeatureSet and says so; nothing without a path.

    Raises: ValueError for a set without features.
    """
    from tfgan.evaluation import example_sets

    if path:
        if real.features is None and real.statistics is None:
            raise ValueError(f"--save_statistics needs features, and {real.name} has none of them.")
        example_sets.save_statistics(path, real)
        print(f"Statistics: {path}")


def _read(values):
    """(real, fake, extractor, names of metrics) as the flags name them; the sets are read."""
    from tfgan.evaluation import caveats, example_sets, set_comparison

    reading = data_flags.reading(values)
    opened = [
        example_sets.open_set(name, values.count, **reading) for name in (values.real, values.fake)
    ]
    examples = [side for side in opened if isinstance(side, example_sets.Examples)]
    extractor = _extractor(values, examples)
    names = evaluation_flags.metrics_of_sets(values.metrics, opened, extractor)
    keeps_data = bool(values.picture) or set_comparison.needs_data(names)
    if len(examples) == 2:
        set_comparison.check_comparable_examples(*examples, extractor, keeps_data)
        caveats.warn_if_compressed_differently(*(side.source for side in examples))
    options = {"batch_size": values.batch_size, "keep_data": keeps_data}
    real, fake = (
        side.read(extractor, values.count, **options) if side in examples else side
        for side in opened
    )
    return real, fake, extractor, names


def _extractor(values, examples):
    """What reads the examples, by the first of them; None where there are none."""
    if not examples:
        return None
    return evaluation_flags.open_extractor(values, examples[0].source)


def _heading(real, fake, results):
    counts = [f"{side.count:,}" if side.count else "an unknown number" for side in (real, fake)]
    has_floor = any(result.real_baseline for result in results)
    floor = " Floor: one half of the real set against the other." if has_floor else ""
    return f"{counts[1]} of {fake.name} against {counts[0]} of {real.name}.{floor}"


def _draw(path, real, fake):
    from tfgan import images
    from tfgan.evaluation import nearest_neighbors

    if not path:
        return
    for side in (real, fake):
        if side.data is None or side.features is None or not side.modality.has_pictures:
            raise ValueError(f"--picture needs images and an extractor; {side.name} gives none.")
    picture = nearest_neighbors.picture(real, fake, real.data.__getitem__, fake.data.__getitem__)
    images.write_png(path, picture)
    print(f"Neighbors: {path}")
