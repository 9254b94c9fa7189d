"""Trains families on one budget and measures each: the work of `tfgan compare`."""

import dataclasses
import os
import time

from tfgan import data, failures, modalities, provenance
from tfgan.studies.families import measurements, training, verdicts
from tfgan.studies.families.families import FAMILIES


@dataclasses.dataclass(frozen=True)
class Comparison:
    """All results.

    Attributes:
      facts: dict that JSON can hold: data, budget, seed, counts, versions, machine.
      measured: dict of the dicts of `measurements.measure` by family.
      reference: dict, see `measurements.reference`.
      training: dict of the dicts of `training.train` by family.
      verdicts: list of `verdicts.Verdict`.
      samples: dict of uint8 `[count, height, width, channels]` by heading, real examples first.
    """

    facts: dict
    measured: dict
    reference: dict
    training: dict
    verdicts: list
    samples: dict


def open_images(name, **options):
    """The images that the families model, as stored and in black and white: two `data.Source`.

    The arguments are those of `data.open_source`; ValueError for another modality.
    """
    source = data.open_source(name, **options)
    modality = source.spec.modality
    if modality != modalities.Images():
        raise ValueError(f"The families are models of images; {source.name} holds {modality.kind}.")
    return source, data.open_source(name, **options, binarise="static")


def compare(names, source, examples, reference, *, budget, seed, progress):
    """Trains and measures one family after the other: Comparison.

    Args:
      names: list of str, of `FAMILIES`.
      source: `data.Source` of images.
      examples: `measurements.Examples`.
      reference: dict, see `measurements.reference`.
      budget: `budget.Budget` of each family.
      seed: int, of weights, noise, the order of the data and all draws.
      progress: function (str), called with what runs next.
    """
    steps = _steps(names, source, budget, seed, progress)
    measured, records, samples = {}, {}, {"Real examples": examples.held_out["data"]}
    for name in names:
        family = FAMILIES[name]
        progress(f"{family.heading}: {steps[name]:,} steps of recipe {family.recipe}.")
        model, records[name] = training.train(family, source, seed, steps[name], progress)
        start = time.monotonic()
        progress(f"{family.heading}: {examples.count:,} samples, likelihood, code.")
        measured[name], samples[family.heading] = measurements.measure(model, examples, seed=seed)
        progress(f"{family.heading}: measured in {time.monotonic() - start:.0f} s.")
    extractor = next(iter(examples.evaluators.values())).extractor
    facts = {
        "data": source.name, "fingerprint": source.fingerprint,
        "budget": str(budget), "seed": seed,
        "count": examples.count, "training_examples": len(examples.training["data"]),
        "extractor": extractor and extractor.identity,
        "cores": os.cpu_count(), "versions": provenance.versions(),
    }  # fmt: skip
    judged = verdicts.verdicts(measured, reference)
    return Comparison(facts, measured, reference, records, judged, samples)


def _steps(names, source, budget, seed, progress):
    families = {name: FAMILIES[name] for name in names}
    seconds = {}
    with failures.reading_data():
        per_step = {
            name: training.build(family, source.spec, seed)[1] for name, family in families.items()
        }
        if budget.seconds is not None:
            seconds = training.step_seconds(families, source, seed, progress)
    return {name: budget.steps(per_step[name], seconds.get(name)) for name in names}
