"""What a pipeline is made with, checked before any of its steps costs anything."""

import dataclasses
import math
import re
import shlex
from typing import ClassVar

from absl import flags

from ... import errors, main, start, train_flags

_MACHINE = {
    "cpu": r"\d+(\.\d+)?m?",
    "memory": r"\d+(\.\d+)?([EPTGMK]i?)?",
    "accelerator": r"[\w./-]+",
    "count": r"[1-9]\d*",
}
# The flags of each program that the pipeline itself decides.
_RESERVED = {
    "prepare": ("data", "out", "what"),
    "train": ("data", "recipe", "seed", "steps", "workdir", "dry_run"),
    "evaluate": (
        *("workdir", "data", "metrics", "checkpoint", "count", "seed"),
        *("real", "fake", "raw_weights", "picture", "save_statistics"),
    ),
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """The defaults of the pipeline's parameters, and what is fixed when it is compiled.

    `prepare_flags`, `train_flags` and `evaluate_flags` are further flags of each program.
    """

    STEPS: ClassVar[tuple] = ("prepare", "train", "evaluate", "gate", "export")

    threshold: float  # that the score must reach: at most where lower is better, else at least
    data: str = "mnist5k"  # the images, see `tfgan prepare --data`
    recipe: str = "dcgan"
    steps: int = 0  # generator updates; 0 for the recipe's own
    metric: str = "fd"  # names with commas between them; the first decides
    checkpoint: str = "last"  # "last", "best" or a step: the state that is measured and exported
    count: int = 10_000  # samples
    seed: int = 0  # of the training run and of the samples
    prepare_flags: list = dataclasses.field(default_factory=list)
    train_flags: list = dataclasses.field(default_factory=list)
    evaluate_flags: list = dataclasses.field(default_factory=list)
    image: str = "python"  # the container of every step
    # By step: dicts with any of cpu, memory, accelerator and count.
    machines: dict = dataclasses.field(default_factory=dict)


def check(settings):
    """Refuses what a step would refuse later: flags, recipe, parameters, metrics.

    Raises: ValueError, absl `flags.Error` and `errors.UserError`.
    """
    if not math.isfinite(settings.threshold):
        raise ValueError(f"--threshold must be a finite number; received {settings.threshold}.")
    for verb in ("prepare", "evaluate"):
        parse(verb, getattr(settings, f"{verb}_flags"))
    start.tensorflow()
    from tfgan.evaluation import check_can_select, measures
    from tfgan.training import planning

    with errors.user_errors():
        config = train_config(settings.recipe, settings.steps, settings.train_flags)
        planning.resolve(config)
    if settings.checkpoint == "best" and not config.evaluate_every:
        raise ValueError(
            "--checkpoint=best is the best of the states that training evaluates: give "
            "--train_flags=--evaluate_every=STEPS as well."
        )
    check_can_select(next(iter(measures.by_name(metric_names(settings.metric)))))


def metric_names(text):
    """The metrics in a string with commas: list of str."""
    return [name.strip() for name in text.split(",") if name.strip()]


def train_config(recipe, steps, arguments):
    """The `training.TrainConfig` of a recipe, its steps (0: its own) and further flags."""
    values = parse("train", arguments, recipe)
    return dataclasses.replace(
        train_flags.config(values), recipe=values.recipe, steps=steps or None
    )


def parse(verb, arguments, recipe=""):
    """The flags of a program, `flags.FlagValues`, with those of a recipe's parameters.

    Raises: absl `flags.Error` for unknown flags, and those that the pipeline decides.
    """
    names = {argument.lstrip("-").partition("=")[0] for argument in arguments}
    for name in _RESERVED[verb]:
        if names & {name, f"no{name}"}:
            raise flags.Error(f"--{verb}_flags: --{name} is decided by the pipeline.")
    recipe_flag = [f"--recipe={recipe}"] if recipe else []
    _, values, positionals = main.parse(verb, [*arguments, *recipe_flag])
    if positionals:
        raise flags.Error(f"--{verb}_flags: unexpected argument {positionals[0]!r}.")
    return values


def split(text):
    """Flags in one string, as a shell reads them: list of str."""
    try:
        return shlex.split(text)
    except ValueError as error:
        raise ValueError(f"The flags {text!r} cannot be read: {error}.") from error


def machines(texts):
    """["train:accelerator=NVIDIA_L4,count=1"] -> {"train": {"accelerator": "NVIDIA_L4", ...}}."""
    by_step = {}
    for text in texts:
        step, _, parts = text.partition(":")
        machine = dict(part.partition("=")[::2] for part in parts.split(","))
        is_valid = all(
            key in _MACHINE and re.fullmatch(_MACHINE[key], value) for key, value in machine.items()
        )
        if step not in Settings.STEPS or not is_valid:
            raise ValueError(
                f"--machine takes STEP:KEY=VALUE,... with STEP one of {', '.join(Settings.STEPS)} "
                f"and KEY one of {', '.join(_MACHINE)}; received {text!r}."
            )
        if "count" in machine and "accelerator" not in machine:
            raise ValueError(f"--machine: count is that of an accelerator; received {text!r}.")
        by_step.setdefault(step, {}).update(machine)
    return by_step
