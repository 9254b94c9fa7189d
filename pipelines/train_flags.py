"""The flags of `tfgan train`, and the `TrainConfig` that they ask for."""

import dataclasses

from absl import flags

from . import data_flags, distribution_flags, evaluation_flags, path_flags, recipe_flags, step_flags
from .cloud.vertex import environment


def define(values):
    """The flags of `tfgan train`."""
    text, number, switch = flags.DEFINE_string, flags.DEFINE_integer, flags.DEFINE_boolean
    path = path_flags.define
    path(
        "recipe",
        "dcgan",
        "What to train: a name that `tfgan recipes` lists, or the path of a FILE.py of that form.",
        values,
    )
    data_flags.define(values)
    path(
        "workdir",
        "",
        "The run's directory. By default what AIP_CHECKPOINT_DIR lies in, or runs/RECIPE-DATA.",
        values,
    )
    path(
        "tensorboard_dir",
        "",
        "Where TensorBoard's files go. By default AIP_TENSORBOARD_LOG_DIR, or WORKDIR/logs.",
        values,
    )
    path(
        "export_dir",
        "",
        "Where the trained model goes as a SavedModel. By default AIP_MODEL_DIR, or nowhere.",
        values,
    )
    tunable = recipe_flags.define_number
    tunable("steps", None, "Generator updates. By default the recipe's.", 0, values)
    about = "Examples in a step, over all devices. By default the recipe's."
    tunable("batch_size", None, about, 1, values)
    text(
        "learning_rate_schedule",
        None,
        "How all learning rates change over the steps: constant, linear, cosine, or with the "
        "fraction that is left at the end, as cosine:0.1. By default the recipe's way, recipe.",
        values,
    )
    path_flags.define(
        "init_from",
        "",
        "RUN or RUN:best: a new run starts from the weights of that run, layer by layer where the "
        "shapes fit.",
        values,
    )
    number(
        "freeze_discriminator",
        0,
        "Layers of the discriminator, nearest to the data, that are not trained.",
        0,
        flag_values=values,
    )
    tunable("seed", 0, "Of the first weights, the noise and the order of the data.", None, values)
    flags.DEFINE_multi_string(
        "set",
        [],
        "A parameter of the recipe, as name=value.",
        values,
    )
    flags.DEFINE_multi_string(
        "change",
        [],
        "What a run that has begun goes on with, as name=value: a learning rate, a schedule, the "
        "weight of a term, or data=SOURCE for data of the same form.",
        values,
    )
    number("log_every", 100, "Steps between two lines of figures.", 1, flag_values=values)
    number("sample_every", 500, "Steps between two pictures; 0: the last.", 0, flag_values=values)
    number("checkpoint_every", 500, "Steps between two checkpoints.", 1, flag_values=values)
    number(
        "evaluate_every",
        0,
        "Steps between two evaluations; the best state is kept beside the last. 0: never.",
        0,
        flag_values=values,
    )
    text(
        "evaluate_metrics",
        "",
        "What an evaluation measures, see `tfgan evaluate --help`; the first decides which state "
        "is the best. By default fd; without an extractor swd, ngrams for texts, motion for "
        "videos.",
        values,
    )
    number("evaluate_count", 2000, "Samples that an evaluation draws.", 2, flag_values=values)
    number(
        "stop_after",
        0,
        "Stop after this many evaluations without a better one; 0: never.",
        0,
        flag_values=values,
    )
    evaluation_flags.define_extractor(values)
    distribution_flags.define(values)
    step_flags.define(values)
    switch("gradient_norms", False, "Also log the norm of each player's gradient.", values)
    switch("dry_run", False, "Print the resolved recipe and stop.", values)


def config(values):
    """The `training.TrainConfig` that the flags ask for; what is not given stays open.

    Args:
      values: the flags of `tfgan train`.
    Raises: ValueError for a value that a flag cannot have.
    """
    from tfgan import recipes
    from tfgan.training import TrainConfig

    fields = {field.name for field in dataclasses.fields(TrainConfig)}
    given = {name: values[name].value for name in {*values} & fields if values[name].present}
    given |= {name: value for name, value in data_flags.numbers(values).items() if name in given}
    given["parameters"] = recipe_flags.settings(values)
    given["change"] = recipes.read_settings(values.change, "--change must be")
    places = {
        "workdir": environment.workdir(values),
        "tensorboard_dir": environment.tensorboard_dir(values),
        "export_dir": environment.export_dir(values),
    }
    return TrainConfig(**given | {name: place for name, place in places.items() if place})
