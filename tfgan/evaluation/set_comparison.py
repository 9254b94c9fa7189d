"""Compares two sets of examples, without a model."""

import dataclasses
import logging

from tfgan import modalities
from tfgan.evaluation import caveats, defaults, measures, scores
from tfgan.evaluation.example_sets import Examples
from tfgan.evaluation.scores import Comparison

_LOG = logging.getLogger(__name__)


def compare(real, fake, metrics, *, extractor=None, seed=0):
    """Measures one set against another.

    The baseline is one half of the real examples against the other half; statistics have none.

    Args:
      real, fake: FeatureSet; fake takes the place of samples.
      metrics: sequence of names of `measures.MEASURES`.
      extractor: `extractors.Extractor` of the features, or None.
      seed: int, of every random draw of a metric.
    Returns: list of Result.
    Raises: ValueError for sets that cannot be compared, and for metrics that lack an input.
    """
    chosen = measures.by_name(metrics)
    check_comparable(real, fake)
    real, fake = _in_one_form(real, fake)
    for name in chosen:
        _check_inputs(name, real, fake)
    comparison = Comparison(real, fake, extractor, seed=seed)
    half = real.count // 2
    baselines, matched = {}, None
    if half >= 2 and all(side.statistics is None for side in (real, fake)):
        first, second = real.rows(slice(0, half)), real.rows(slice(half, 2 * half))
        halves = dataclasses.replace(comparison, real=first, fake=second)
        baselines = scores.real_baselines(chosen, halves)
        matched = dataclasses.replace(comparison, real=first, fake=fake.first(half))
    results = scores.results(chosen, comparison, baselines, matched)
    caveats.warn_if_too_few(metrics, real, fake)
    return results


def read(real, fake, metrics, extractor, count, *, keep_data=False, batch_size=500):
    """Reads two sets as `compare` takes them.

    Args:
      real, fake: what `example_sets.open_set` returns: Examples, or a FeatureSet that is read.
      metrics, extractor: see `compare`; no metrics for those that suit the sets.
      count: int, the maximum number of examples of each.
      keep_data, batch_size: see `Examples.read`.
    Returns: (FeatureSet, FeatureSet, names of the metrics).
    Raises: ValueError for sets that cannot be compared.
    """
    sides = real, fake
    metrics = metrics or defaults.metrics_for_sets(sides, extractor)
    keep_data |= any("data" in each.needs for each in measures.by_name(metrics).values())
    if all(isinstance(side, Examples) for side in sides):
        _check_examples(real, fake, extractor, keep_data)
        caveats.warn_if_compressed_differently(real.source, fake.source)
    options = {"batch_size": batch_size, "keep_data": keep_data}
    real, fake = (
        side.read(extractor, count, **options) if isinstance(side, Examples) else side
        for side in sides
    )
    return real, fake, metrics


def _check_examples(real, fake, extractor, keep_data):
    kinds = [side.spec.modality for side in (real, fake)]
    forms = [side.spec.modality.describe(side.spec.raw_shape) for side in (real, fake)]
    if forms[0] == forms[1] or _have_one_form(*kinds):
        return
    are_images = all(kind == modalities.Images() for kind in kinds)
    if keep_data or extractor is None or not are_images:
        raise ValueError(_forms_differ(real, fake, forms))
    size, channels = extractor.size, extractor.channels
    shapes = (real.spec.shape, fake.spec.shape)
    if (size is None and shapes[0][:2] != shapes[1][:2]) or (
        channels is None and shapes[0][2] != shapes[1][2]
    ):
        raise ValueError(_forms_differ(real, fake, forms))
    _LOG.info(
        "%s holds %s, %s %s: the extractor %s converts both to its form (%s).",
        *(real.name, forms[0], fake.name, forms[1], extractor.name),
        "any size" if size is None else f"{size[0]} x {size[1]}, {extractor.resize}",
    )


def check_comparable(real, fake):
    """Refuses two FeatureSets whose examples differ in form, or whose features in extractor.

    Raises: ValueError.
    """
    has_data = real.data is not None and fake.data is not None
    if has_data and real.form != fake.form and not _have_one_form(real.modality, fake.modality):
        raise ValueError(_forms_differ(real, fake, [real.form, fake.form]))
    one, other = real.identity, fake.identity
    if one and other and one != other:
        keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
        listed = "; ".join(f"{key} {one.get(key)} and {other.get(key)}" for key in keys)
        raise ValueError(
            f"{real.name} and {fake.name} come from different extractors ({listed}), so their "
            "features cannot be compared."
        )
    has_features = [side.features is not None or side.statistics for side in (real, fake)]
    if all(has_features) and real.dimensions != fake.dimensions:
        raise ValueError(
            f"{real.name} has features of {real.dimensions} dimensions, {fake.name} of "
            f"{fake.dimensions}; they come from different extractors."
        )


def _in_one_form(real, fake):
    if real.data is None or fake.data is None:
        return real, fake
    modality, *arrays = real.modality.unify(real.data, fake.modality, fake.data)
    return tuple(
        dataclasses.replace(side, data=data, modality=modality)
        for side, data in zip((real, fake), arrays, strict=True)
    )


def _check_inputs(name, real, fake):
    needs = measures.MEASURES[name].needs
    if {"held_out", "model", "conditions"} & set(needs):
        raise ValueError(f"The metric {name} needs a run; two sets are not enough for it.")
    for side in (real, fake):
        if side.statistics is not None and name != "fd":
            raise ValueError(
                f"{side.name} holds only statistics, which suffice for the metric fd alone."
            )
        if side.data is not None:
            measures.check_data(name, side.name, side.modality, side.data.shape[1:])
        for need in needs:
            if getattr(side, need) is None and side.statistics is None:
                hint = "; give --extractor" if need in ("features", "logits") else ""
                raise ValueError(
                    f"The metric {name} needs {need}, which {side.name} does not hold{hint}."
                )


def _have_one_form(one, other):
    return one.variable_length and type(one) is type(other)


def _forms_differ(real, fake, forms):
    are_images = all("images" in form for form in forms)
    hint = "; --image_size and --channels make images alike, or an --extractor that resizes them"
    return (
        f"The examples differ in form: {real.name} holds {forms[0]}, {fake.name} {forms[1]}"
        f"{hint if are_images else ''}."
    )
