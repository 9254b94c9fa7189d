"""The flags of `tfgan train`, and the `TrainConfig` that they stand for."""

import dataclasses
import functools

from absl import flags

from tfgan import choices, recipes
from tfgan.training import TrainConfig
from tfgan.training.config import DEFAULTS
from tfgan.training.config_checks import NUMBERS

from . import data_flags, evaluation_flags, path_flags, recipe_flags
from .cloud.vertex import environment


def define(values):
    """The flags of `tfgan train`."""
    path = functools.partial(path_flags.define, values=values)
    text = functools.partial(flags.DEFINE_string, flag_values=values)
    several = functools.partial(flags.DEFINE_multi_string, flag_values=values)
    number = functools.partial(_number, values)
    about = "The recipe to train: a name that `tfgan recipes` lists, or the path of a FILE.py."
    path("recipe", "dcgan", about)
    data_flags.define(values)
    about = (
        "Directory of the run. By default the parent of AIP_CHECKPOINT_DIR, or runs/RECIPE-DATA."
    )
    path("workdir", "", about)
    about = "Directory of TensorBoard's files. By default AIP_TENSORBOARD_LOG_DIR, or WORKDIR/logs."
    path("tensorboard_dir", "", about)
    about = "Directory of the SavedModel of the trained model. By default AIP_MODEL_DIR, or none."
    path("export_dir", "", about)
    number("steps", "Generator updates. By default those of the recipe.")
    number("batch_size", "Examples per step, over all devices. By default that of the recipe.")
    text(
        "learning_rate_schedule",
        None,
        "Schedule of all learning rates: constant, linear or cosine, optionally with the final "
        "fraction, such as cosine:0.1. By default recipe, the recipe's own schedule.",
    )
    about = "RUN or RUN:best: initial weights of a new run, layer by layer where the shapes match."
    path("init_from", "", about)
    about = "Number of discriminator layers to freeze, counted from the input."
    number("freeze_discriminator", about)
    number("seed", "Seed of the initial weights, the noise and the order of the data.")
    several("set", [], "A parameter of the recipe, in the form name=value.")
    several(
        "change",
        [],
        "A new value for an existing run, in the form name=value: a learning rate, a schedule, the "
        "weight of a term, or data=SOURCE for data of the same shape.",
    )
    number("log_every", "Steps between log lines.")
    number("sample_every", "Steps between sample grids; 0: only at the end.")
    number("checkpoint_every", "Steps between checkpoints.")
    number(
        "evaluate_every",
        "Steps between evaluations; the best state is kept as well as the last. 0: never.",
    )
    text(
        "evaluate_metrics",
        "",
        "Metrics of an evaluation, see `tfgan evaluate --help`; the first selects the best state. "
        "By default fd; without an extractor swd, ngrams for texts, motion for videos.",
    )
    number("evaluate_count", "Samples per evaluation.")
    number("stop_after", "Stop after this many evaluations without improvement; 0: never.")
    evaluation_flags.define_extractor(values)
    _define_devices(values)
    boolean = functools.partial(flags.DEFINE_boolean, flag_values=values)
    boolean("gradient_norms", False, "Also log each player's gradient norm.")
    about = (
        "Print the resolved recipe and what the run costs, and exit; nothing is written. recipe: "
        "the recipe alone, without opening the data; cost: also parameters, arithmetic and memory; "
        "speed, or --dry_run alone: also the time, by ten trial steps where memory suffices."
    )
    flags.DEFINE_flag(_DryRun("dry_run", about), values)


class _DryRun(flags.Flag):
    """An enumeration whose name alone, without a value, stands for the last one."""

    def __init__(self, name, about):
        values = ["recipe", "cost", "speed"]
        super().__init__(_DryRunParser(values), None, name, None, f"<{'|'.join(values)}>: {about}")
        self.boolean = True  # absl gives the name alone the value "true", and --no... "false"


class _DryRunParser(flags.EnumParser):
    """Accepts what absl gives a flag without a value, and one that is off."""

    def parse(self, argument):
        words = {"true": self.enum_values[-1], "false": ""}
        return words[argument] if argument in words else super().parse(argument)


def _define_devices(values):
    enum = functools.partial(flags.DEFINE_enum, flag_values=values)
    number = functools.partial(_number, values)
    enum(
        "strategy",
        "auto",
        choices.STRATEGIES,
        "one: one device; mirrored: all GPUs of this machine; multi_worker: the machines in "
        "TF_CONFIG; tpu: a TPU. By default tpu with --tpu, multi_worker if TF_CONFIG names several "
        "workers, mirrored on several GPUs, else one. All take the same steps, up to rounding.",
    )
    flags.DEFINE_string("tpu", "", "Name or address of the TPU; local on a TPU VM.", values)
    number("devices", "Logical CPU devices for trying --strategy=mirrored; 0: none.")
    number("join_timeout", "Seconds that a worker waits for the other workers of its job.")
    number(
        "worker_timeout",
        "Seconds that a worker may be unresponsive before the others stop; if a worker dies, they "
        "stop at once.",
    )
    enum(
        "precision",
        "auto",
        ["auto", *choices.PRECISIONS],
        "The type in which networks compute; weights, logits, losses and averages are always "
        "float32. By default that of the run, and for a new run bfloat16 on TPUs and on GPUs that "
        "support it, else float32. float16 uses loss scaling and does not support gradient "
        "penalties.",
    )
    enum(
        "jit_compile",
        "auto",
        choices.JIT_COMPILE,
        "Compile the training step with XLA (one device only). By default on for a GPU and off for "
        "a CPU, where it slows convolutions.",
    )
    number(
        "steps_per_execution", "Steps per call of the compiled step; callbacks run after the last."
    )
    number(
        "microbatches",
        "Parts into which a batch is divided to save memory; the step is that of the whole batch "
        "up to rounding. Not for networks with batch normalization.",
    )


def _number(values, name, about):
    bounds = NUMBERS[name].low, NUMBERS[name].high
    recipe_flags.define_number(name, DEFAULTS.get(name), about, *bounds, values)


def config(values):
    """The `training.TrainConfig` of the flags; a flag that is absent leaves its field open.

    Raises: ValueError for a value that a field does not accept.
    """
    fields = {field.name for field in dataclasses.fields(TrainConfig)}
    entries = {name: values[name].value for name in {*values} & fields if values[name].present}
    parsed = data_flags.numbers(values)
    entries |= {name: value for name, value in parsed.items() if name in entries}
    entries["parameters"] = recipe_flags.settings(values)
    entries["change"] = recipes.parse_settings(values.change, "--change must be")
    for name in ("workdir", "tensorboard_dir", "export_dir"):
        if directory := environment.directory(values, name):
            entries[name] = directory
    return TrainConfig(**entries)
