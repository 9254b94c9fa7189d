"""draws samples from a run: a picture, PNG files in a folder or zip file, texts, or arrays.

Sample i of a seed does not depend on how many samples are drawn, nor on other seeds. A run that
translates does so with held-out example i of its data.
"""

from absl import flags

from tfgan import failures

from . import parsing, path_flags, run_flags, start
from .errors import user_errors

_COUNT = 64


def define_flags(values):
    """The flags of `tfgan sample`."""
    run_flags.define(values)
    about = f"Samples per seed. By default {_COUNT} for one seed, or one each for several."
    flags.DEFINE_integer("count", None, about, 1, flag_values=values)
    flags.DEFINE_string("seed", "0", "A seed, or several, such as 1-5,8.", values)
    flags.DEFINE_string(
        "label",
        "",
        "The class of all samples, by name or number, if the model is conditional. By default "
        "random classes.",
        values,
    )
    path_flags.define(
        "out",
        "",
        "FILE.png or FILE.jpg for one picture of all samples, FILE.zip or a folder for one PNG per "
        "sample, FILE.npz for arrays `data` and `label`, FILE.txt for texts. By default "
        "samples/seed-SEED.png or .txt in the run.",
        values,
    )
    run_flags.define_truncation(values)


def run(values, positionals):
    """Samples; returns the exit code."""
    parsing.no_positionals(positionals)
    workdir = run_flags.workdir(values)
    start.tensorflow()
    from tfgan.runs.sample_files import draw, formats, seeds

    with user_errors():
        numbers = seeds.parse(values.seed)
        run = run_flags.open_run(values)
        run_flags.use_standing_statistics(run, values)
        suffix = run.spec.modality.preview_suffix
        out = values.out or f"{workdir}/samples/seed-{values.seed}.{suffix}"
        form = formats.find(out, run.spec)
        count = values.count or (_COUNT if seeds.count(numbers) == 1 else 1)
        label = values.label or None
        samples = draw.draw(run, numbers, count, label=label, truncation=values.truncation)
        with failures.writing(out):
            form.write(out, samples)
    print(f"{len(samples.names):,} samples of step {run.step}{_weights(run)}: {out}")
    return 0


def _weights(run):
    """Which weights made the samples, if they are not those of the running average."""
    return "" if run.weights == "average" else f", {run.model.describe_weights()}"
