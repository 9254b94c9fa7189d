"""Compares two sets that lie in files, without any model."""

from tfgan.evaluation import figures
from tfgan.evaluation.figures import Comparison
from tfgan.evaluation.measures import find


def compare(real, fake, metrics, *, extractor=None, seed=0):
    """Measures one set against another.

    The floor is one half of the real examples against the other half.

    Args:
      real, fake: FeatureSet; fake takes the place of the samples.
      metrics: sequence of names of `measures.MEASURES`.
      extractor: `extractors.Extractor` that read them, or None.
      seed: int, of every draw of a metric.
    Returns: list of Result.
    Raises: ValueError for sets that cannot be compared, and metrics that need more than they hold.
    """
    measures = find(metrics)
    check_alike(real, fake)
    for name, measure in measures.items():
        _check_needs(name, measure, real, fake)
    whole = Comparison(real, fake, extractor, seed=seed)
    half = real.count // 2
    if real.statistics is not None or half < 2:
        return figures.judge(measures, whole, {}, None)
    ours, others = real.rows(slice(0, half)), real.rows(slice(half, 2 * half))
    between = Comparison(ours, others, extractor, seed=seed)
    floors = figures.floors(measures, between)
    matched = Comparison(ours, fake.first(half), extractor, seed=seed)
    return figures.judge(measures, whole, floors, matched)


def check_alike(real, fake):
    """Refuses two sets whose numbers would mean nothing side by side.

    Raises: ValueError, if their examples are texts or differ in form, or their features come from
      another extractor, other weights, another resizing or have another dimension.
    """
    for side in (real, fake):
        if side.data is not None and side.noun == "texts":
            raise ValueError(
                f"{side.name} holds texts, and two files of texts have alphabets of their own; "
                "evaluate a run on one of them instead."
            )
    if real.data is not None and fake.data is not None:
        ours, others = _form(real), _form(fake)
        if ours != others:
            raise ValueError(
                f"The examples differ in form: {real.name} holds {ours}, {fake.name} {others}; "
                "--image_size and --channels make images alike."
            )
    one, other = real.identity, fake.identity
    if one and other and one != other:
        keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
        listed = "; ".join(f"{key} {one.get(key)} and {other.get(key)}" for key in keys)
        raise ValueError(
            f"{real.name} and {fake.name} were not seen by the same extractor ({listed}), so their "
            "statistics cannot be compared."
        )
    has_features = [side.features is not None or side.statistics for side in (real, fake)]
    if all(has_features) and real.dimensions != fake.dimensions:
        raise ValueError(
            f"{real.name} has features of {real.dimensions} dimensions, {fake.name} of "
            f"{fake.dimensions}; they come from different extractors."
        )


def _check_needs(name, measure, real, fake):
    if {"held_out", "model"} & set(measure.needs):
        raise ValueError(f"The metric {name} needs a run; two sets are not enough for it.")
    for side in (real, fake):
        if side.statistics is not None and name != "fd":
            raise ValueError(
                f"{side.name} holds statistics alone, which do for the metric fd only."
            )
        if side.data is not None and side.noun not in measure.forms:
            raise ValueError(
                f"The metric {name} is for {' and '.join(measure.forms)}; {side.name} holds "
                f"{side.noun}."
            )
        for need in measure.needs:
            if getattr(side, need) is None and side.statistics is None:
                raise ValueError(
                    f"The metric {name} needs {need}, which {side.name} does not hold."
                )


def _form(side):
    """The form of a set's examples in words; two sets are alike if it is equal."""
    shape = side.data.shape[1:]
    if len(shape) == 1:
        return f"points of {shape[0]} dimensions"
    kind = {1: "gray", 3: "color", 4: "color and alpha"}[shape[-1]]
    if len(shape) == 4:
        return f"{kind} videos of {shape[0]} frames of {shape[1]} x {shape[2]}"
    return f"{kind} images of {shape[0]} x {shape[1]}"
