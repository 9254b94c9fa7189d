"""writes the model of a run for other programs: a SavedModel, or its generator for other runtimes.

The exported files are read back and must reproduce the run's samples before they become a version.
"""

from absl import flags

from tfgan import choices

from . import parsing, path_flags, run_flags, start
from .errors import user_errors


def define_flags(values):
    """The flags of `tfgan export`."""
    run_flags.define(values)
    path_flags.define(
        "out",
        "",
        "The folder to which versions 1, 2, ... are added. By default export in the run; "
        "export_FORMAT for formats other than saved_model.",
        values,
    )
    flags.DEFINE_enum(
        "format",
        "saved_model",
        choices.EXPORT_FORMATS,
        "saved_model: samples by seed, for TensorFlow and TF Serving. The generator alone: keras "
        "(generator.keras), litert (generator.tflite), onnx (generator.onnx).",
        flag_values=values,
    )


def run(values, positionals):
    """Exports; returns the exit code."""
    parsing.no_positionals(positionals)
    run_flags.workdir(values)
    start.tensorflow()
    with user_errors():
        run = run_flags.open_run(values)
        path = run.export(values.out, values.format)
    print(f"Step {run.step}, {values.format}, reproduces the samples of the run: {path}")
    return 0
