"""measures speed and memory as ratios to what people would use instead, all in one run.

A machine's seconds tell little, above all on a shared one; the ratios do. Rounds are interleaved
and the medians printed.
"""

import json
import statistics
import sys

from absl import flags

from . import data_flags, start, usage
from .errors import Refusal, refusing, refusing_to_write


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
    flags.DEFINE_string("data", "", f"input: {data_flags.SOURCES}", values)
    flags.DEFINE_string(
        "image_size",
        "",
        "step: height, width and channels, by default 28x28x1. input: height and width, as 32 or "
        "48x64; by default as stored.",
        values,
    )
    number("batch_size", 64, "step, input: images.", 2, flag_values=values)
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
    flags.DEFINE_list("seconds", ["120"], "quality: of training, ascending.", flag_values=values)
    flags.DEFINE_list("seeds", ["0"], "quality: a run of each variant for each.", values)
    flags.DEFINE_string(
        "out", "", "FILE.json: keep the figures. scaling: FILE.svg beside it shows them.", values
    )


def run(values, positionals):
    """Measures; returns the exit code."""
    usage.no_positionals(positionals)
    if values.what is None:
        *others, last = _MEASURED
        raise flags.Error(f"--what says what to measure: {', '.join(others)} or {last}.")
    start.tensorflow()
    from .benchmarks import measuring

    try:
        with refusing():
            found = _MEASURED[values.what](values)
    except measuring.Lost as error:
        raise Refusal(str(error), 1) from error
    if values.out:
        _write(values.out, json.dumps(found, indent=2) + "\n")
        if values.what == "scaling":
            _write(values.out.removesuffix(".json") + ".svg", _picture(found))
    return 0


def _metrics(values):
    from .benchmarks import metrics

    try:
        found = metrics.run(values.count, values.dimensions, values.rounds, _tell)
    except ImportError as error:
        sentence = f"The metrics are measured against SciPy ({error}): pip install scipy."
        raise Refusal(sentence, 1) from error
    _print_metrics(found)
    return found


def _step(values):
    from .benchmarks import step

    sides = (values.image_size or "28x28x1").split("x")
    if len(sides) != 3 or not all(side.isdigit() for side in sides):
        raise flags.Error(f"--image_size takes 28x28x1; received {values.image_size!r}.")
    shape = tuple(map(int, sides))
    found = step.run(shape, values.batch_size, values.width or 64, values.rounds, _tell)
    _print_steps(found)
    return found


def _fit(values):
    from .benchmarks import fit

    found = fit.run(values.rounds, _tell)
    print(
        f"{found['recipe']}: a bare step {found['bare_seconds'] * 1e3:.2f} ms; in tfgan train "
        f"{found['seconds'] * 1e3:.2f} ms, {statistics.median(found['ratios']):.3f} times that "
        f"(median of {found['rounds']} rounds of {found['steps']:,} steps)"
    )
    return found


def _input(values):
    from .benchmarks import input as input_

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
    _print_input(found)
    return found


def _scaling(values):
    from .benchmarks import scaling

    found = scaling.run(values.width or 16, values.rounds, _tell)
    _print_scaling(found)
    return found


def _quality(values):
    from .benchmarks import quality

    found = quality.run(
        values.variant or quality.VARIANTS,
        _numbers("seconds", values.seconds, least=1),
        _numbers("seeds", values.seeds, least=0),
        values.count,
        values.rounds,
        _tell,
    )
    print("\n".join(quality.lines(found)))
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
}


def _tell(line):
    print(line, file=sys.stderr, flush=True)


def _print_metrics(found):
    print(f"{found['count']:,} rows of {found['dimensions']:,} a side, medians of rounds")
    for row in found["speed"]:
        print(
            f"{row['name']:<38}{row['seconds']:>8.2f} s   {row['ratio']:>6.1f} times as fast as "
            f"{row['baseline']} ({row['baseline_seconds']:.2f} s)"
        )
    _print_memory(found)


def _print_memory(found):
    for row in found["memory"]:
        print(
            f"{row['name']:<38}{row['bytes'] / 2**20:>6.0f} MiB   {row['ratio']:>6.2f} times "
            f"{row['of']} ({row['of_bytes'] / 2**20:.0f} MiB)"
        )
    if not found["memory"]:
        print("Peak memory is not told on this system.")


def _print_steps(found):
    print(
        f"dcgan of width {found['width']} on images {found['shape']}, batch {found['batch_size']}, "
        f"{found['cores']} cores, medians of {found['rounds']} rounds"
    )
    for row in found["steps"]:
        ratio = f"   {row['ratio']:.2f} times {row['against']}" if "ratio" in row else ""
        print(
            f"{row['name']:<42}{row['seconds'] * 1e3:>8.1f} ms"
            f"{row['images_per_second']:>9,.0f} images/s{ratio}"
        )


def _print_input(found):
    print(
        f"{found['count']:,} images {found['shape']} of {found['data']}, batch "
        f"{found['batch_size']}, dcgan of width {found['width']}, {found['cores']} cores, medians "
        f"of {found['rounds']} rounds"
    )
    for row in found["input"]:
        print(f"{row['name']:<38}{row['images_per_second']:>9,.0f} images/s")
        for other in row["against"]:
            print(f"{'':<40}{other['ratio']:.1f} times as fast as {other['name']}")
    _print_memory(found)


def _print_scaling(found):
    from .benchmarks import scaling

    print(scaling.title(found))
    if not found["gpus"]:
        print(
            f"The replicas are parts of the CPU and share its {found['cores']} cores: they show "
            "what distribution costs, not what more devices gain."
        )
    for name, points in found["axes"].items():
        print(name)
        for point in points:
            memory = f"{point['memory'] / 2**20:>7,.0f} MiB" if point["memory"] else ""
            print(
                f"{point[name]:>7,}{point['seconds'] * 1e3:>10,.1f} ms"
                f"{point['images_per_second']:>9,.0f} images/s{point['ratio']:>7.2f} of the base"
                f"{memory}"
            )
    print("The memory is the host's, on top of what TensorFlow holds from the start.")


def _picture(found):
    from .benchmarks import scaling

    return scaling.picture(found)


def _write(path, text):
    import tensorflow as tf

    with refusing(), refusing_to_write(path):
        with tf.io.gfile.GFile(path + ".part", "w") as file:
            file.write(text)
        tf.io.gfile.rename(path + ".part", path, overwrite=True)
    print(f"Figures: {path}")
