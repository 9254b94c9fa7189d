"""measures speed and memory as ratios to alternatives, within one run.

Times on one machine mean little, above all on a shared one; ratios are comparable. Rounds are
interleaved and medians printed.
"""

import functools
import importlib
import json
import sys

from absl import flags

from tfgan import failures, studies

from . import data_flags, parsing, path_flags, start
from .errors import user_errors


def define_flags(values):
    """The flags of `tfgan benchmark`."""
    number = functools.partial(flags.DEFINE_integer, flag_values=values)
    flags.DEFINE_enum("what", None, [*_SUBJECTS], "What to measure.", flag_values=values)
    number("rounds", 3, "Measured rounds, after a warm-up.", 1)
    number("count", 10_000, "metrics: rows per set. input: maximum images. quality: samples.", 20)
    number("dimensions", 2048, "metrics: dimension of the features.", 2)
    path_flags.define_source("data", "", f"input: {data_flags.SOURCES}", values)
    flags.DEFINE_string(
        "image_size",
        "",
        "step, translation: height, width and channels, by default 28x28x1 and 64x64x3. input: "
        "height and width, such as 32 or 48x64; by default as stored.",
        values,
    )
    number("batch_size", 64, "step, input: images per batch.", 2)
    path_flags.define("model", "", "serve: the folder that `tfgan export` wrote.", values)
    number("clients", 8, "serve: concurrent clients, measured after a single one.", 2)
    number("rows", 1, "serve: rows per request.", 1)
    number(
        "width",
        None,
        "Filters of the highest-resolution layer: 64, or 16 for scaling and 32 for translation.",
        1,
    )
    number("layers", 3, "translation: convolutions of stride 2 in the discriminators.", 1)
    flags.DEFINE_multi_string(
        "variant",
        [],
        "quality, recipes: 'RECIPE name=value name=value'; by default a list of them, and for "
        "recipes all of them and two blocks of their networks. paper: a recipe.",
        values,
    )
    flags.DEFINE_list(
        "seconds",
        None,
        "quality: training times, ascending, by default 120. serve: time per load, by default 30.",
        values,
    )
    flags.DEFINE_list("seeds", ["0"], "quality: one run of each variant per seed.", values)
    path_flags.define("out", "", "FILE.json for the results; scaling: FILE.svg beside it.", values)


def run(values, positionals):
    """Measures; returns the exit code."""
    parsing.no_positionals(positionals)
    if values.what is None:
        *others, last = _SUBJECTS
        raise flags.Error(f"--what must be one of {', '.join(others)} and {last}.")
    start.tensorflow()
    module, arguments = _SUBJECTS[values.what]
    benchmark = importlib.import_module(f"tfgan.studies.benchmarks.{module}")
    with user_errors():
        if values.out and values.what == "scaling":
            studies.check_packages("The picture of --what=scaling")
        results = benchmark.run(**arguments(values), progress=_progress)
    print("\n".join(benchmark.lines(results)))
    if values.out:
        _write(values.out, json.dumps(results, indent=2) + "\n")
        if values.what == "scaling":
            _write(values.out.removesuffix(".json") + ".svg", benchmark.picture(results))
    return 0


def _flags(*names, **defaults):
    """Function: flags -> their values by name, or the defaults of some."""
    return lambda values: {
        name: values[name].value or defaults.get(name) for name in (*names, *defaults)
    }


def _step(values):
    shape = _shape(values, "28x28x1")
    return {"shape": shape, **_flags("batch_size", "rounds", width=64)(values)}


def _translation(values):
    return {"shape": _shape(values, "64x64x3"), **_flags("layers", "rounds", width=32)(values)}


def _shape(values, default):
    sides = (values.image_size or default).split("x")
    if len(sides) != 3 or not all(side.isdigit() for side in sides):
        raise flags.Error(
            f"--image_size must be of the form {default}; received {values.image_size!r}."
        )
    return tuple(map(int, sides))


def _input(values):
    if not values.data:
        raise flags.Error("--data must name the images whose reading is measured.")
    same = _flags("data", "batch_size", "count", "rounds", width=64)(values)
    size = data_flags.size(values.image_size)
    return {"image_size": size, "initializer": start.tensorflow, **same}


def _scaling(values):
    return {"initializer": start.tensorflow, **_flags("rounds", width=16)(values)}


def _recipes(values):
    return {"initializer": start.tensorflow, **_flags("variant", "rounds")(values)}


def _paper(values):
    return {"variants": values.variant}


def _quality(values):
    seconds = _numbers("seconds", values.seconds or ["120"], least=1)
    seeds = _numbers("seeds", values.seeds, least=0)
    return {"seconds": seconds, "seeds": seeds, **_flags("variant", "count", "rounds")(values)}


def _serve(values):
    if not values.model:
        raise flags.Error("--model must name the folder of the exported model to serve.")
    seconds = _numbers("seconds", values.seconds or ["30"], least=1)
    if len(seconds) != 1:
        raise flags.Error(f"--seconds must be one number for --what=serve; received {seconds}.")
    return {"seconds": seconds[0], **_flags("model", "clients", "rows")(values)}


def _numbers(name, texts, least):
    numbers = [int(text) if text.isdecimal() else -1 for text in texts]
    if not numbers or numbers[0] < least or sorted(set(numbers)) != numbers:
        raise flags.Error(
            f"--{name} must be ascending whole numbers from {least} up, such as 60,120; received "
            f"{','.join(texts)!r}."
        )
    return numbers


# By the value of --what: the module of `tfgan.studies.benchmarks` and the arguments of its `run`.
_SUBJECTS = {
    "metrics": ("metrics", _flags("count", "dimensions", "rounds")),
    "step": ("step", _step),
    "translation": ("translation", _translation),
    "recipes": ("recipe_steps", _recipes),
    "fit": ("fit", _flags("rounds")),
    "input": ("input_pipeline", _input),
    "scaling": ("scaling", _scaling),
    "quality": ("quality", _quality),
    "serve": ("serving", _serve),
    "paper": ("paper", _paper),
}


def _progress(line):
    print(line, file=sys.stderr, flush=True)


def _write(path, text):
    from tfgan import files

    with user_errors(), failures.writing(path):
        files.write_text(path, text)
    print(f"Figures: {path}")
