"""writes the model of a run for other programs: a SavedModel, or its generator for other runtimes.

What was written is read back and must make the samples of the run before it becomes a version.
"""

from absl import flags

from . import path_flags, run_flags, start, usage
from .errors import Refusal, refusing, refusing_to_write

_FORMATS = ("saved_model", "keras", "litert", "onnx")


def define_flags(values):
    """The flags of `tfgan export`."""
    run_flags.define(values)
    path_flags.define(
        "out",
        "",
        "The folder that gets a version 1, 2, ... By default export in the run; export_FORMAT for "
        "formats other than saved_model.",
        values,
    )
    flags.DEFINE_enum(
        "format",
        "saved_model",
        _FORMATS,
        "saved_model: samples by seed, for TensorFlow and TF Serving. The generator alone: keras "
        "(generator.keras), litert (generator.tflite), onnx (generator.onnx).",
        flag_values=values,
    )
    run_flags.define_weights(values)


def run(values, positionals):
    """Exports; returns the exit code."""
    usage.no_positionals(positionals)
    workdir = run_flags.workdir(values)
    start.tensorflow()
    from tfgan import export, runs

    folder = "export" if values.format == "saved_model" else f"export_{values.format}"
    out = values.out.rstrip("/") or f"{workdir}/{folder}"
    with refusing():
        model, record = runs.open_model(
            workdir, run_flags.checkpoint(values), weights=run_flags.weights(values)
        )
        about = export.About(
            recipe=record.recipe,
            parameters=record.parameters,
            data=record.data,
            class_names=tuple(record.spec["class_names"]),
            seed=record.seed,
            precision=record.precision,
            checkpoint=values.checkpoint,
            figures=_figures(runs.MetricsFile(workdir).figures(), model.steps_done, values),
        )
        with refusing_to_write(out):
            path = _write(values, model, out, about)
    print(f"Step {model.steps_done}, {values.format}, makes the samples of the run: {path}")
    return 0


def _write(values, model, out, about):
    """The path of what was written; other samples than the run's are a failure, no wrong flag."""
    from tfgan import export

    try:
        return export.FORMATS[values.format](model, out, about)
    except export.MismatchError as error:
        raise Refusal(str(error), 1) from error


def _figures(records, step, values):
    """The evaluations of the weights that are exported, the last of each metric."""
    weights = run_flags.weights(values)
    found = [each for each in records if each["step"] == step]
    found = [each for each in found if each.get("weights", "average") == weights]
    return list({each["metric"]: each for each in found}.values())
