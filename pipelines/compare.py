"""trains families of generative models on one budget, and compares claims with measurements.

The table of the lecture "Bringing it all together" is written twice: as it claims, and as measured
here on real digits. By default RBM, VAE, PixelCNN and GAN; --all adds MADE and the hybrids.
"""

import os
import sys
import time

from absl import flags

from . import data_flags, evaluation_flags, parsing, path_flags, start
from .errors import UserError, data_errors, user_errors, write_errors


def define_flags(values):
    """The flags of `tfgan compare`."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    path_flags.define_source(
        "data", "mnist5k", f"Images with held-out ones. {data_flags.SOURCES}", values
    )
    text(
        "budget",
        "60s",
        "What each family may spend on training: a time (60s, 2min, 1h) or a number of examples "
        "(50000, 300kimg). Of a time, the steps of all families are timed in turns first.",
        values,
    )
    flags.DEFINE_boolean("all", False, "All families, the hybrids as well.", values)
    text(
        "families",
        "",
        "Names with commas between them: rbm, vae, pixelcnn, gan, made, aae, pixelvae, pixelgan.",
        values,
    )
    number(
        "count", 500, "Samples of each family, and at most how many held-out examples.", 10,
        flag_values=values,
    )  # fmt: skip
    number("seed", 0, "Of weights, noise, order of the data and all draws.", flag_values=values)
    path_flags.define(
        "out", "", "The directory of the results. By default runs/compare-DATA.", values
    )
    evaluation_flags.define_extractor(values)
    data_flags.define_reading(values)


def run(values, positionals):
    """Compares; returns the exit code."""
    parsing.no_positionals(positionals)
    from tfgan.studies.families import budget, families, report, verdicts

    try:
        allowance = budget.parse(values.budget)
        names = families.choose(values.families, values.all)
    except ValueError as error:
        raise UserError(str(error)) from error
    start.tensorflow()
    out = (values.out or f"runs/compare-{_slug(values.data)}").rstrip("/")
    with user_errors():
        source, examples, reference = _read(values)
        chosen = {name: families.FAMILIES[name] for name in names}
    _make(out)
    steps = _steps(chosen, source, values.seed, allowance)
    found, spent, samples = _measure(chosen, steps, source, examples, values.seed)
    comparison = report.Comparison(
        facts=_facts(values, allowance, source, examples),
        measured=found,
        reference=reference,
        training=spent,
        verdicts=verdicts.verdicts(found, reference),
    )
    with write_errors(out):
        _write(out, comparison, samples)
    return 0


def _slug(text):
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in text).strip("-")


def _read(values):
    """The source, the real side of every comparison, and what held-out examples score."""
    from tfgan import data, modalities
    from tfgan.studies.families import measurements

    reading = data_flags.reading(values)
    source = data.open_source(values.data, **reading)
    modality = source.spec.modality
    if modality != modalities.Images():
        raise ValueError(f"The families are models of images; {source.name} holds {modality.kind}.")
    binary = data.open_source(values.data, **reading, binarise="static")
    extractor = evaluation_flags.open_extractor(values, source)
    _tell(f"Reading {source.name}: {source.count:,} training examples.")
    examples = measurements.read(source, binary, extractor, count=values.count, seed=values.seed)
    return source, examples, measurements.reference(examples)


def _steps(chosen, source, seed, allowance):
    """How many steps each family may take: dict of int by name."""
    from tfgan.studies.families import training

    with user_errors(), data_errors():
        per_step = {
            name: training.build(family, source.spec, seed)[1] for name, family in chosen.items()
        }
        seconds = {}
        if allowance.seconds is not None:
            seconds = training.step_seconds(chosen, source, seed, _tell)
    return {name: allowance.steps(per_step[name], seconds.get(name)) for name in chosen}


def _measure(chosen, steps, source, examples, seed):
    """Trains and measures a family after the other: three dicts, the last by heading.

    Returns: (what was measured, what training took, samples).
    """
    from tfgan.studies.families import measurements, training

    found, spent, samples = {}, {}, {"Real examples": examples.held_out["data"]}
    for name, family in chosen.items():
        _tell(f"{family.heading}: {steps[name]:,} steps of recipe {family.recipe}.")
        try:
            with user_errors(), data_errors():
                trained = training.train(family, source, seed, steps[name], _tell)
        except ArithmeticError as error:
            raise UserError(f"{family.heading}: {error}", 1) from error
        began = time.monotonic()
        _tell(f"{family.heading}: {examples.count:,} samples, likelihood, code.")
        found[name], samples[family.heading] = measurements.model(
            trained.model, examples, seed=seed
        )
        _tell(f"{family.heading}: measured in {time.monotonic() - began:.0f} s.")
        spent[name] = trained.spent
    return found, spent, samples


def _facts(values, allowance, source, examples):
    from tfgan import provenance

    extractor = next(iter(examples.evaluators.values())).extractor
    return {
        "data": source.name,
        "fingerprint": source.fingerprint,
        "budget": str(allowance),
        "seed": values.seed,
        "count": examples.count,
        "training_examples": len(examples.training["data"]),
        "extractor": extractor and extractor.identity,
        "cores": os.cpu_count(),
        "versions": provenance.versions(),
    }


def _make(out):
    import tensorflow as tf

    with user_errors(), write_errors(out):
        tf.io.gfile.makedirs(out)


def _write(out, comparison, samples):
    """Writes the three reports and the pictures, and prints the tables."""
    import tensorflow as tf

    from tfgan import files, images
    from tfgan.studies.families import report

    names, drawn = {}, {}
    for heading, rows in samples.items():
        names[heading] = f"samples-{_slug(heading.lower())}.png"
        images.write_png(f"{out}/{names[heading]}", images.grid(rows[:64]))
        with tf.io.gfile.GFile(f"{out}/{names[heading]}", "rb") as file:
            drawn[heading] = file.read()
    contents = {
        "comparison.json": report.as_json(comparison),
        "comparison.md": report.markdown(comparison, names),
        "comparison.html": report.as_html(comparison, drawn),
    }
    for name, content in contents.items():
        files.write_text(f"{out}/{name}", content)
    print(f"{report.text(comparison)}\n\n{report.about(comparison)}")
    print(f"Page:       {out}/comparison.html (also comparison.md, comparison.json)")


def _tell(line):
    print(line, file=sys.stderr, flush=True)
