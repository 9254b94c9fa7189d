"""trains families of generative models on equal budgets, and compares them.

The table of the lecture "Bringing it all together" is written twice: with the claims of the lecture
and with measurements. By default RBM, VAE, PixelCNN and GAN; --all adds MADE and the hybrids.
"""

import sys

from absl import flags

from tfgan import failures, studies, words
from tfgan.studies.families import budget, families

from . import data_flags, evaluation_flags, parsing, path_flags, start
from .errors import UserError, user_errors


def define_flags(values):
    """The flags of `tfgan compare`."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    path_flags.define_source(
        "data", "mnist5k", f"Images with a held-out part. {data_flags.SOURCES}", values
    )
    text(
        "budget",
        "60s",
        "Training budget of each family: a time (60s, 2min, 1h) or a number of examples (50000, "
        "300kimg). For a time, the steps of all families are first timed in turn.",
        values,
    )
    flags.DEFINE_boolean("all", False, "Compare all families, including the hybrids.", values)
    text("families", "", f"Names, separated by commas: {', '.join(families.FAMILIES)}.", values)
    number(
        "count", 500, "Samples of each family, and the maximum number of held-out examples.", 10,
        flag_values=values,
    )  # fmt: skip
    number(
        "seed",
        0,
        "Seed of weights, noise, the order of the data and all random draws.",
        flag_values=values,
    )
    path_flags.define("out", "", "Directory of the results. By default runs/compare-DATA.", values)
    evaluation_flags.define_extractor(values)
    data_flags.define_reading(values)


def run(values, positionals):
    """Compares; returns the exit code."""
    parsing.no_positionals(positionals)
    try:
        limit = budget.parse(values.budget)
        names = families.choose(values.families, values.all)
    except ValueError as error:
        raise UserError(str(error)) from error
    start.tensorflow()
    import tensorflow as tf

    from tfgan.studies.families import comparison, measurements, report

    out = (values.out or f"runs/compare-{words.slug(values.data)}").rstrip("/")
    with user_errors():
        studies.check_packages("tfgan compare")
        source, binary = comparison.open_images(values.data, **data_flags.reading(values))
        extractor = evaluation_flags.open_extractor(values, source)
        _progress(f"Reading {source.name}: {source.count:,} training examples.")
        examples = measurements.read(
            source, binary, extractor, count=values.count, seed=values.seed
        )
        reference = measurements.reference(examples)
        with failures.writing(out):
            tf.io.gfile.makedirs(out)
        results = comparison.compare(
            names, source, examples, reference, budget=limit, seed=values.seed, progress=_progress
        )
        with failures.writing(out):
            report.write(out, results)
    print(report.text(results))
    print(f"Page:       {out}/comparison.html (also comparison.md, comparison.json)")
    return 0


def _progress(line):
    print(line, file=sys.stderr, flush=True)
