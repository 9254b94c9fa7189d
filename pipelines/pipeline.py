"""compiles the pipeline for Kubeflow Pipelines or Vertex AI, or runs it here.

prepare -> train -> evaluate -> gate -> export: the model is exported only if its score reaches
--threshold. Otherwise the pipeline still succeeds and reports why nothing was exported.
--out=FILE.yaml writes the pipeline, whose parameters take their defaults from the flags; --local
runs it on this machine.
"""

import importlib.util

from absl import flags

from tfgan import extras, failures

from . import data_flags, parsing, path_flags, run_flags
from .errors import UserError, user_errors

_PARAMETERS = ("threshold", "data", "recipe", "steps", "metric", "checkpoint", "count", "seed")
_PROGRAMS = {
    "prepare": "--image_size=64",
    "train": "--set=width=32 --batch_size=128",
    "evaluate": "--extractor=keras:MobileNetV2",
}


def define_flags(values):
    """The flags of `tfgan pipeline`."""
    text, number = flags.DEFINE_string, flags.DEFINE_integer
    path_flags.define("out", "", "FILE.yaml to write.", values)
    flags.DEFINE_boolean("local", False, "Run the steps here, one process each.", values)
    about = "--local: the directory of the steps' outputs."
    path_flags.define("root", "runs/pipeline", about, values)
    about = "Export only if the score is at most this where lower is better, else at least this."
    flags.DEFINE_float("threshold", None, about, flag_values=values)
    path_flags.define_source("data", "mnist5k", f"Images. {data_flags.SOURCES}", values)
    text("recipe", "dcgan", "What to train.", values)
    number("steps", 0, "Generator updates; 0: the recipe's.", 0, flag_values=values)
    text("metric", "fd", "See `tfgan evaluate --metrics`; the first decides.", values)
    text("checkpoint", "last", "The state to measure and export: last, best or a step.", values)
    number("count", 10_000, "Samples to measure.", 2, flag_values=values)
    number("seed", 0, "Seed of the training run and of the samples.", flag_values=values)
    for verb, example in _PROGRAMS.items():
        about = f"Further flags of `tfgan {verb}` in one string, such as '{example}'."
        text(f"{verb}_flags", "", about, values)
    text("image", "", "--out: the container image of the steps, with tfgan[kfp].", values)
    flags.DEFINE_multi_string(
        "machine",
        [],
        "STEP:KEY=VALUE,... with KEY any of cpu, memory, accelerator, count, such as "
        "train:accelerator=NVIDIA_L4,count=1,memory=32G.",
        values,
    )


def run(values, positionals):
    """Compiles or runs; returns the exit code."""
    parsing.no_positionals(positionals)
    if bool(values.out) == values.local:
        raise flags.Error("Give --out=FILE.yaml to compile, or --local to run here.")
    if values.threshold is None:
        raise flags.Error("--threshold must give the score that an export requires.")
    if values.out and not values.image:
        raise flags.Error("--image must name the container image that the steps run in.")
    if values.out and not values.out.endswith((".yaml", ".yml")):
        raise flags.Error(f"--out must end in .yaml; received {values.out!r}.")
    if importlib.util.find_spec("kfp") is None:
        raise UserError(f"Kubeflow Pipelines is not installed: {extras.command('kfp')}.")
    settings = _settings(values)
    if values.out:
        from .cloud.kubeflow import definition

        with failures.writing(values.out):
            definition.write(settings, values.out)
        print(f"Pipeline: {values.out}")
        return 0
    from .cloud.kubeflow import local

    verdict, exported = local.run(settings, values.root)
    print(verdict)
    if exported:
        print(f"Model:    {exported}")
    return 0


def _settings(values):
    from .cloud.kubeflow import settings

    further = {f"{verb}_flags": values[f"{verb}_flags"].value for verb in _PROGRAMS}
    with user_errors():
        run_flags.state(values.checkpoint)
        result = settings.Settings(
            **{name: getattr(values, name) for name in _PARAMETERS},
            **{name: settings.split(text) for name, text in further.items()},
            image=values.image or "python",
            machines=settings.machines(values.machine),
        )
        settings.check(result)
    return result
