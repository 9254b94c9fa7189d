"""measures speed and memory as ratios to what people would use instead, all in one run.

A machine's seconds tell little, above all on a shared one; the ratios do. Rounds are interleaved
and the medians printed.
"""

import json
import sys

from absl import flags

from . import start, usage
from .errors import Refusal, refusing, refusing_to_write


def define_flags(values):
    """The flags of `tfgan benchmark`."""
    number = flags.DEFINE_integer
    flags.DEFINE_enum("what", None, ["metrics", "step"], "What to measure.", flag_values=values)
    number("rounds", 3, "Counted rounds; before them all is warmed up.", 1, flag_values=values)
    number("count", 10_000, "metrics: rows of each set of features.", 100, flag_values=values)
    number("dimensions", 2048, "metrics: of the features.", 2, flag_values=values)
    flags.DEFINE_string("image_size", "28x28x1", "step: height, width and channels.", values)
    number("batch_size", 64, "step: images.", 2, flag_values=values)
    number("width", 64, "step: filters of the finest layer of dcgan.", 1, flag_values=values)
    flags.DEFINE_string("out", "", "FILE.json: keep the figures.", values)


def run(values, positionals):
    """Measures; returns the exit code."""
    usage.no_positionals(positionals)
    if values.what is None:
        raise flags.Error("--what says what to measure: metrics or step.")
    start.tensorflow()
    with refusing():
        found = _metrics(values) if values.what == "metrics" else _step(values)
    if values.out:
        with refusing(), refusing_to_write(values.out):
            _write(values.out, found)
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

    sides = values.image_size.split("x")
    if len(sides) != 3 or not all(side.isdigit() for side in sides):
        raise flags.Error(f"--image_size takes 28x28x1; received {values.image_size!r}.")
    shape = tuple(map(int, sides))
    found = step.run(shape, values.batch_size, values.width, values.rounds, _tell)
    _print_steps(found)
    return found


def _tell(line):
    print(line, file=sys.stderr, flush=True)


def _print_metrics(found):
    print(f"{found['count']:,} rows of {found['dimensions']:,} a side, medians of rounds")
    for row in found["speed"]:
        print(
            f"{row['name']:<38}{row['seconds']:>8.2f} s   {row['ratio']:>6.1f} times as fast as "
            f"{row['baseline']} ({row['baseline_seconds']:.2f} s)"
        )
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


def _write(path, found):
    import tensorflow as tf

    with tf.io.gfile.GFile(path + ".part", "w") as file:
        file.write(json.dumps(found, indent=2) + "\n")
    tf.io.gfile.rename(path + ".part", path, overwrite=True)
    print(f"Figures: {path}")
