"""draws samples from a run: a picture, single PNG files in a folder or zip, texts, or arrays.

Sample i of a seed is the same however many are drawn, and whatever other seeds are.
"""

from absl import flags

from . import path_flags, run_flags, start, usage
from .errors import user_errors, write_errors

_COUNT = 64


def define_flags(values):
    """The flags of `tfgan sample`."""
    number = flags.DEFINE_integer
    run_flags.define(values)
    number(
        "count",
        None,
        f"How many samples of each seed. By default {_COUNT} of one seed, and one of each of "
        "several.",
        1,
        flag_values=values,
    )
    flags.DEFINE_string("seed", "0", "Which samples: a seed, or several as 1-5,8.", values)
    flags.DEFINE_string(
        "label",
        "",
        "The class to draw, by name or number, if the model is conditional. By default each sample "
        "draws its own.",
        values,
    )
    path_flags.define(
        "out",
        "",
        "FILE.png or FILE.jpg for one picture of all, FILE.zip or a folder for one PNG per sample, "
        "FILE.npz for arrays `data` and `label`, FILE.txt for texts. By default "
        "samples/seed-SEED.png or .txt in the run.",
        values,
    )
    flags.DEFINE_float(
        "truncation",
        None,
        "Cut the prior's tails here: fewer surprises, less variety.",
        0.0,
        flag_values=values,
    )
    run_flags.define_weights(values)


def run(values, positionals):
    """Samples; returns the exit code."""
    usage.no_positionals(positionals)
    workdir = run_flags.workdir(values)
    start.tensorflow()
    from tfgan.runs.sample_files import draw, formats, seeds

    with user_errors():
        chosen = seeds.parse(values.seed)
        run = run_flags.open_run(values)
        suffix = run.spec.modality.preview_ending
        out = values.out or f"{workdir}/samples/seed-{values.seed}.{suffix}"
        form = formats.find(out, run.spec)
        samples = draw.draw(
            run,
            chosen,
            values.count or (_COUNT if seeds.count(chosen) == 1 else 1),
            label=values.label or None,
            truncation=values.truncation,
        )
        with write_errors(out):
            form.write(out, samples)
    print(f"{len(samples.names):,} samples of step {run.step}: {out}")
    return 0
