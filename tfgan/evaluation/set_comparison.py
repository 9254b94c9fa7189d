"""Compares two sets, without any model."""

import dataclasses
import logging

from tfgan import modalities
from tfgan.evaluation import caveats, scores
from tfgan.evaluation.measures import find
from tfgan.evaluation.scores import Comparison

_LOG = logging.getLogger(__name__)


def compare(real, fake, metrics, *, extractor=None, seed=0):
    """Measures one set against another.

    The floor is one half of the real examples against the other half; statistics have none.

    Args:
      real, fake: FeatureSet; fake takes the place of the samples.
      metrics: sequence of names of `measures.MEASURES`.
      extractor: `extractors.Extractor` that read them, or None.
      seed: int, of every draw of a metric.
    Returns: list of Result.
    Raises: ValueError for sets that cannot be compared, and metrics that need more than they hold.
    """
    measures = find(metrics)
    check_comparable(real, fake)
    real, fake = _united(real, fake)
    for name, measure in measures.items():
        _check_needs(name, measure, real, fake)
    whole = Comparison(real, fake, extractor, seed=seed)
    half = real.count // 2
    if half < 2 or any(side.statistics is not None for side in (real, fake)):
        floors, matched = {}, None
    else:
        ours, others = real.rows(slice(0, half)), real.rows(slice(half, 2 * half))
        floors = scores.real_baselines(measures, dataclasses.replace(whole, real=ours, fake=others))
        matched = dataclasses.replace(whole, real=ours, fake=fake.first(half))
    results = scores.judge(measures, whole, floors, matched)
    caveats.warn_if_too_few(measures, real, fake)
    return results


def needs_data(metrics):
    """Whether any of the metrics looks at the examples themselves.

    Raises: ValueError for a name that there is not.
    """
    return any("data" in measure.needs for measure in find(metrics).values())


def check_comparable_examples(real, fake, extractor, keeps_data):
    """Refuses examples that would not be measured alike, before they are read.

    Images of two sizes, or gray and color ones, are measured alike by an extractor that brings them
    to one form; that it does is logged.

    Args:
      real, fake: `example_sets.Examples`.
      extractor: `extractors.Extractor`, or None.
      keeps_data: bool, whether the examples themselves are compared.
    Raises: ValueError.
    """
    kinds = [side.spec.modality for side in (real, fake)]
    ours, others = (side.spec.modality.in_words(side.spec.raw_shape) for side in (real, fake))
    if ours == others or _can_be_united(*kinds):
        return
    are_images = all(kind == modalities.Images() for kind in kinds)
    if keeps_data or extractor is None or not are_images:
        raise ValueError(_differ(real, ours, fake, others))
    size, channels = extractor.size, extractor.channels
    sides = (real.spec.shape, fake.spec.shape)
    if (size is None and sides[0][:2] != sides[1][:2]) or (
        channels is None and sides[0][2] != sides[1][2]
    ):
        raise ValueError(_differ(real, ours, fake, others))
    _LOG.info(
        "%s holds %s, %s %s: the extractor %s brings both to its form (%s).",
        *(real.name, ours, fake.name, others, extractor.name),
        "any size" if size is None else f"{size[0]} x {size[1]}, {extractor.resize}",
    )


def check_comparable(real, fake):
    """Refuses two sets whose numbers would mean nothing side by side.

    Raises: ValueError, if their examples differ in form, or their features come from another
      extractor, other weights, another resizing or have another dimension.
    """
    has_data = real.data is not None and fake.data is not None
    if has_data and real.form != fake.form and not _can_be_united(real.modality, fake.modality):
        raise ValueError(_differ(real, real.form, fake, fake.form))
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


def _united(real, fake):
    """Two sets as sets of one form where their kind has a way, such as texts of two alphabets."""
    if real.data is None or fake.data is None:
        return real, fake
    modality, ours, others = real.modality.united(real.data, fake.modality, fake.data)
    return (
        dataclasses.replace(real, data=ours, modality=modality),
        dataclasses.replace(fake, data=others, modality=modality),
    )


def _check_needs(name, measure, real, fake):
    if {"held_out", "model"} & set(measure.needs):
        raise ValueError(f"The metric {name} needs a run; two sets are not enough for it.")
    for side in (real, fake):
        if side.statistics is not None and name != "fd":
            raise ValueError(
                f"{side.name} holds statistics alone, which do for the metric fd only."
            )
        if side.data is not None and side.modality.kind not in measure.kinds:
            raise ValueError(
                f"The metric {name} is for {' and '.join(measure.kinds)}; {side.name} holds "
                f"{side.modality.kind}."
            )
        if side.data is not None and measure.min_side > min(side.data.shape[1:3]):
            raise ValueError(
                f"The metric {name} needs images of at least {measure.min_side} x "
                f"{measure.min_side} pixels; {side.name} holds {side.form}."
            )
        for need in measure.needs:
            if getattr(side, need) is None and side.statistics is None:
                hint = "; give --extractor" if need in ("features", "logits") else ""
                raise ValueError(
                    f"The metric {name} needs {need}, which {side.name} does not hold{hint}."
                )


def _can_be_united(one, other):
    """Whether sets of two modalities can be compared although their forms differ."""
    return one.any_length and type(one) is type(other)


def _differ(real, ours, fake, others):
    are_images = "images" in ours and "images" in others
    hint = "; --image_size and --channels make images alike, or an --extractor that resizes them"
    return (
        f"The examples differ in form: {real.name} holds {ours}, {fake.name} {others}"
        f"{hint if are_images else ''}."
    )
