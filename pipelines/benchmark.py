"""measures speed and memory as ratios to what people would use instead, all in one run.

A machine's seconds tell little, above all on a shared one; the ratios do. Rounds are interleaved
and the medians printed.
"""

import json
import statistics
import sys

from absl import flags

from . import data_flags, parsing, path_flags, start
from .errors import UserError, user_errors, write_errors


def define_flags(values):
    """The flags of `tfgan benchmark`."""
    number = flags.DEFINE_integer
    flags.DEFINE_enum("what", None, [*_MEASURED], "What to measure.", flag_values=values)
    number("rounds", 3, "Counted rounds; before them all is warmed up.", 1, flag_values=values)
    number(
        "count",
        10_000,
        "metrics: rows of each set of features. input: the most images that are read. quality: "
        "samples.",
        20,
        flag_values=values,
    )
    number("dimensions", 2048, "metrics: of the features.", 2, flag_values=values)
    path_flags.define_source("data", "", f"input: {data_flags.SOURCES}", values)
    flags.DEFINE_string(
        "image_size",
        "",
        "step: height, width and channels, by default 28x28x1. input: height and width, as 32 or "
        "48x64; by default as stored.",
        values,
    )
    number("batch_size", 64, "step, input: images.", 2, flag_values=values)
    path_flags.define("model", "", "serve: the folder that `tfgan export` wrote.", values)
    number("clients", 8, "serve: at one time, after one alone.", 2, flag_values=values)
    number("rows", 1, "serve: of a request.", 1, flag_values=values)
    number(
        "width",
        None,
        "Filters of the finest layer of dcgan, by default 64. scaling: by default 16.",
        1,
        flag_values=values,
    )
    flags.DEFINE_multi_string(
        "variant",
        [],
        "quality: 'RECIPE name=value name=value', any number of them; by default those that the "
        "defaults were chosen from.",
        values,
    )
    flags.DEFINE_list(
        "seconds",
        None,
        "quality: of training, ascending, by default 120. serve: of each load, by default 30.",
        flag_values=values,
    )
    flags.DEFINE_list("seeds", ["0"], "quality: a run of each variant for each.", values)
    path_flags.define(
        "out", "", "FILE.json: keep the figures. scaling: FILE.svg beside it shows them.", values
    )


def run(values, positionals):
    """Measures; returns the exit code."""
    parsing.no_positionals(positionals)
    if values.what is None:
        *others, last = _MEASURED
        raise flags.Error(f"--what says what to measure: {', '.join(others)} or {last}.")
    start.tensorflow()
    from tfgan.studies.benchmarks import timing

    try:
        with user_errors():
            found = _MEASURED[values.what](values)
    except timing.Lost as error:
        raise UserError(str(error), 1) from error
    if values.out:
        _write(values.out, json.dumps(found, indent=2) + "\n")
        if values.what == "scaling":
            _write(values.out.removesuffix(".json") + ".svg", _picture(found))
    return 0


def _metrics(values):
    from tfgan.studies.benchmarks import metrics, report

    try:
        found = metrics.run(values.count, values.dimensions, values.rounds, _tell)
    except ImportError as error:
        sentence = f"The metrics are measured against SciPy ({error}): pip install scipy."
        raise UserError(sentence, 1) from error
    report.metrics(found)
    return found


def _step(values):
    from tfgan.studies.benchmarks import report, step

    sides = (values.image_size or "28x28x1").split("x")
    if len(sides) != 3 or not all(side.isdigit() for side in sides):
        raise flags.Error(f"--image_size takes 28x28x1; received {values.image_size!r}.")
    shape = tuple(map(int, sides))
    found = step.run(shape, values.batch_size, values.width or 64, values.rounds, _tell)
    report.steps(found)
    return found


def _fit(values):
    from tfgan.studies.benchmarks import fit

    found = fit.run(values.rounds, _tell)
    print(
        f"{found['recipe']}: a bare step {found['bare_seconds'] * 1e3:.2f} ms; in tfgan train "
        f"{found['seconds'] * 1e3:.2f} ms, {statistics.median(found['ratios']):.3f} times that "
        f"(median of {found['rounds']} rounds of {found['steps']:,} steps)"
    )
    return found


def _input(values):
    from tfgan.studies.benchmarks import input_pipeline as input_
    from tfgan.studies.benchmarks import report

    if not values.data:
        raise flags.Error("--data names the images whose reading is measured.")
    found = input_.run(
        values.data,
        data_flags.size(values.image_size),
        values.batch_size,
        values.width or 64,
        values.count,
        values.rounds,
        _tell,
    )
    report.reading(found)
    return found


def _scaling(values):
    from tfgan.studies.benchmarks import report, scaling

    found = scaling.run(values.width or 16, values.rounds, _tell)
    report.scaling(found)
    return found


def _quality(values):
    from tfgan.studies.benchmarks import quality

    found = quality.run(
        values.variant or quality.VARIANTS,
        _numbers("seconds", values.seconds or ["120"], least=1),
        _numbers("seeds", values.seeds, least=0),
        values.count,
        values.rounds,
        _tell,
    )
    print("\n".join(quality.lines(found)))
    return found


def _serve(values):
    from tfgan.studies.benchmarks import serving

    if not values.model:
        raise flags.Error("--model names the folder of the exported model to serve.")
    seconds = _numbers("seconds", values.seconds or ["30"], least=1)
    if len(seconds) != 1:
        raise flags.Error("--what=serve takes one number of --seconds.")
    found = serving.run(values.model, values.clients, values.rows, seconds[0], _tell)
    print("\n".join(serving.lines(found)))
    return found


def _numbers(name, texts, least):
    """The integers of a list flag, which must ascend."""
    numbers = [int(text) if text.isdecimal() else -1 for text in texts]
    if not numbers or numbers[0] < least or sorted(set(numbers)) != numbers:
        raise flags.Error(
            f"--{name} takes ascending whole numbers from {least} on, as 60,120; received "
            f"{','.join(texts)!r}."
        )
    return numbers


_MEASURED = {
    "metrics": _metrics,
    "step": _step,
    "fit": _fit,
    "input": _input,
    "scaling": _scaling,
    "quality": _quality,
    "serve": _serve,
}


def _tell(line):
    print(line, file=sys.stderr, flush=True)


def _picture(found):
    from tfgan.studies.benchmarks import scaling

    return scaling.picture(found)


def _write(path, text):
    from tfgan import files

    with user_errors(), write_errors(path):
        files.write_text(path, text)
    print(f"Figures: {path}")
