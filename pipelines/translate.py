"""translates images with a run: photos, drawings or masks of any size, as PNG files.

A run translates if its recipe does, such as pix2pix. Images of more than 512 pixels per side are
translated in overlapping tiles. A mask is a gray file of the numbers of classes, or a picture in
the colors of the run's samples, and is written in these colors.

Files keep their names, with .png for their suffix, or after it where two files differ by the suffix
alone. Images in --out are not translated, so --out may be in the folder of --input. Files that
cannot be translated are listed at the end, and the exit code is 1.
"""

import sys

from absl import flags

from tfgan import choices, memory

from . import data_flags, parsing, path_flags, run_flags, start
from .errors import user_errors
from .progress import Progress


def define_flags(values):
    """The flags of `tfgan translate`."""
    run_flags.define(values)
    about = "An image, a folder or .zip of images, or a pattern in quotes such as 'photos/*.jpg'."
    path_flags.define("input", "", about, values)
    path_flags.define(
        "out", "", "Folder of the translations. By default WORKDIR/translated.", values
    )
    path_flags.define(
        "targets",
        "",
        "Folder of the target images, for the contact sheet; suffixes may differ.",
        values,
    )
    flags.DEFINE_enum(
        "direction",
        choices.DIRECTIONS[0],
        list(choices.DIRECTIONS),
        "AtoB, as in training; BtoA, the reverse, for runs of both directions, such as cyclegan.",
        values,
    )
    flags.DEFINE_string(
        "background",
        "white",
        "Background color of transparent pixels: white, black or R,G,B in 0..255.",
        values,
    )
    about = "Memory for reading one image, such as 2GB. By default a fraction of what is free."
    flags.DEFINE_string("memory", "", about, values)
    run_flags.define_seed("Seed of the noise, if the model has any.", values)


def run(values, positionals):
    """Translates; returns the exit code: 1 if a file failed."""
    parsing.no_positionals(positionals)
    workdir = run_flags.workdir(values)
    if not values.input:
        raise flags.Error("--input must name an image, a folder of images or a pattern.")
    start.tensorflow()
    from tfgan.data.decoding.image_files import Limits
    from tfgan.models import Translator
    from tfgan.runs import translation, translation_inputs

    out = (values.out or f"{workdir}/translated").rstrip("/")
    with user_errors():
        limits = Limits.of(memory.parse_bytes(values.memory) if values.memory else None)
        background = data_flags.background(values.background)
        inputs = translation_inputs.find(values.input, out)
        targets = translation_inputs.find(values.targets) if values.targets else None
        run = run_flags.open_run(values)
        with Progress("images") as progress:
            report = translation.translate_files(
                Translator(run.model, values.direction),
                inputs,
                out,
                targets=targets,
                background=background,
                seed=values.seed,
                limit=limits.one,
                progress=progress,
            )
    for name, reason in report.failed.items():
        print(f"{name} was not translated: {reason}.", file=sys.stderr)
    sheet = f", and {report.sheet}" if report.sheet else ""
    count = f"{len(report.written):,} of {len(inputs.paths):,}"
    print(f"{count} images translated by step {run.step}: {out}{sheet}")
    return 1 if report.failed else 0
