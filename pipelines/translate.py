"""translates images by a run: photos, drawings or masks of any size, as PNG files.

A run translates if its recipe does, such as pix2pix and cyclegan. Large images are translated in
overlapping tiles.
"""

from absl import flags

from tfgan import choices

from . import data_flags, parsing, path_flags, run_flags, start
from .errors import user_errors
from .progress import Progress


def define_flags(values):
    """The flags of `tfgan translate`."""
    run_flags.define(values)
    path_flags.define("input", "", "An image, a folder of images, or a pattern.", values)
    path_flags.define(
        "out", "", "Folder of the translations. By default WORKDIR/translated.", values
    )
    path_flags.define(
        "targets",
        "",
        "Folder of target images with the same names, for the contact sheet.",
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
    flags.DEFINE_integer("seed", 0, "Seed of the noise, if the model has any.", flag_values=values)


def run(values, positionals):
    """Translates; returns the exit code: 1 if a file failed."""
    parsing.no_positionals(positionals)
    workdir = run_flags.workdir(values)
    if not values.input:
        raise flags.Error("--input must name an image, a folder of images or a pattern.")
    start.tensorflow()
    from tfgan.models import Translator
    from tfgan.runs import translation

    with user_errors():
        paths = translation.find_files(values.input)
        targets = translation.find_files(values.targets) if values.targets else None
        run = run_flags.open_run(values)
        out = (values.out or f"{workdir}/translated").rstrip("/")
        with Progress("images") as progress:
            report = translation.translate_files(
                Translator(run.model, values.direction),
                paths,
                out,
                targets=targets,
                background=data_flags.background(values.background),
                seed=values.seed,
                progress=progress,
            )
    for name, reason in report.failed.items():
        print(f"{name} was not translated: {reason}.")
    sheet = f", and {report.sheet}" if report.sheet else ""
    print(f"{len(report.written):,} of {len(paths):,} images of step {run.step}: {out}{sheet}")
    return 1 if report.failed else 0
