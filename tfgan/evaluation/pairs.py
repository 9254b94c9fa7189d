"""Compares two sets, without any model."""

import dataclasses
import logging

import numpy as np

from tfgan import text
from tfgan.evaluation import cautions, figures
from tfgan.evaluation.figures import Comparison
from tfgan.evaluation.measures import find

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
    check_alike(real, fake)
    real, fake = _in_one_alphabet(real, fake)
    for name, measure in measures.items():
        _check_needs(name, measure, real, fake)
    whole = Comparison(real, fake, extractor, symbols=real.symbols, seed=seed)
    half = real.count // 2
    if half < 2 or any(side.statistics is not None for side in (real, fake)):
        floors, matched = {}, None
    else:
        ours, others = real.rows(slice(0, half)), real.rows(slice(half, 2 * half))
        floors = figures.floors(measures, dataclasses.replace(whole, real=ours, fake=others))
        matched = dataclasses.replace(whole, real=ours, fake=fake.first(half))
    results = figures.judge(measures, whole, floors, matched)
    cautions.warn_of_few(measures, real, fake)
    return results


def need_data(metrics):
    """Whether any of the metrics looks at the examples themselves.

    Raises: ValueError for a name that there is not.
    """
    return any("data" in measure.needs for measure in find(metrics).values())


def check_seen_alike(real, fake, extractor, keeps_data):
    """Refuses examples that would not be measured alike, before they are read.

    Images of two sizes, or gray and color ones, are measured alike by an extractor that brings them
    to one form; that it does is logged.

    Args:
      real, fake: `sets.Examples`.
      extractor: `extractors.Extractor`, or None.
      keeps_data: bool, whether the examples themselves are compared.
    Raises: ValueError.
    """
    ours, others = (_form(side.spec.raw_shape, side.spec.noun) for side in (real, fake))
    if ours == others:
        return
    if keeps_data or extractor is None or {real.spec.noun, fake.spec.noun} != {"images"}:
        if real.spec.noun != "texts" or fake.spec.noun != "texts":
            raise ValueError(_differ(real, ours, fake, others))
        return
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


def check_alike(real, fake):
    """Refuses two sets whose numbers would mean nothing side by side.

    Raises: ValueError, if their examples differ in form, or their features come from another
      extractor, other weights, another resizing or have another dimension.
    """
    if real.data is not None and fake.data is not None:
        ours, others = (_form(side.data.shape[1:], side.noun) for side in (real, fake))
        if ours != others and {real.noun, fake.noun} != {"texts"}:
            raise ValueError(_differ(real, ours, fake, others))
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


def _in_one_alphabet(real, fake):
    """Texts of two sets as numbers of the same symbols, and of one length; other sets as they are.

    Raises: ValueError for texts whose symbols are not known.
    """
    if any(side.data is None or side.noun != "texts" for side in (real, fake)):
        return real, fake
    for side in (real, fake):
        if not side.symbols:
            raise ValueError(f"{side.name} holds texts, and its symbols are not known.")
    symbols = text.alphabet([real.symbols, fake.symbols])
    length = max(side.data.shape[1] for side in (real, fake))
    return tuple(
        dataclasses.replace(
            side, data=_recoded(side.data, side.symbols, symbols, length), symbols=symbols
        )
        for side in (real, fake)
    )


def _recoded(data, symbols, others, length):
    numbers = np.array([others.index(symbol) for symbol in symbols], np.int32)
    filled = np.full((len(data), length), others.index(text.END), np.int32)
    filled[:, : data.shape[1]] = numbers[data]
    return filled


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
        if side.data is not None and measure.least_side > min(side.data.shape[1:3]):
            raise ValueError(
                f"The metric {name} needs images of at least {measure.least_side} x "
                f"{measure.least_side} pixels; {side.name} holds "
                f"{_form(side.data.shape[1:], side.noun)}."
            )
        for need in measure.needs:
            if getattr(side, need) is None and side.statistics is None:
                hint = "; give --extractor" if need in ("features", "logits") else ""
                raise ValueError(
                    f"The metric {name} needs {need}, which {side.name} does not hold{hint}."
                )


def _differ(real, ours, fake, others):
    are_images = "images" in ours and "images" in others
    hint = "; --image_size and --channels make images alike, or an --extractor that resizes them"
    return (
        f"The examples differ in form: {real.name} holds {ours}, {fake.name} {others}"
        f"{hint if are_images else ''}."
    )


def _form(shape, noun):
    """The form of a set's examples in words; two sets are alike if it is equal.

    Args:
      shape: tuple, of an example in a batch.
      noun: str, `DataSpec.noun`.
    """
    if noun == "points":
        return f"points of {shape[0]} dimensions"
    if noun == "texts":
        return f"texts of up to {shape[0]} characters"
    kind = {1: "gray", 3: "color", 4: "transparent color"}[shape[-1]]
    if noun == "videos":
        return f"{kind} videos of {shape[0]} frames of {shape[1]} x {shape[2]}"
    return f"{kind} images of {shape[0]} x {shape[1]}"
