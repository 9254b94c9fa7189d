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
# What the pipeline itself tells each program.
_OWN = {
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

    Attributes:
      threshold: float, what the figure must reach: at most where lower is better, else at least.
      data: str, the images, as `tfgan prepare --data`.
      recipe: str.
      steps: int, generator updates; 0 for the recipe's own.
      metric: str, names with commas between them; the first decides.
      checkpoint: "last", "best" or a step, of the state that is measured and exported.
      count: int, samples.
      seed: int, of the training and of the samples.
      prepare_flags, train_flags, evaluate_flags: lists of str, more flags of each program.
      image: str, the container image of every step.
      machines: dict by step of dicts with any of cpu, memory, accelerator and count.
    """

    STEPS: ClassVar[tuple] = ("prepare", "train", "evaluate", "gate", "export")

    threshold: float
    data: str = "mnist5k"
    recipe: str = "dcgan"
    steps: int = 0
    metric: str = "fd"
    checkpoint: str = "last"
    count: int = 10_000
    seed: int = 0
    prepare_flags: list = dataclasses.field(default_factory=list)
    train_flags: list = dataclasses.field(default_factory=list)
    evaluate_flags: list = dataclasses.field(default_factory=list)
    image: str = "python"
    machines: dict = dataclasses.field(default_factory=dict)


def check(settings):
    """Refuses what a step would refuse later: flags, recipe, parameters, metrics.

    Args:
      settings: `Settings`.
    Raises: ValueError, absl `flags.Error` and `errors.UserError`, with the program's own sentence.
    """
    if not math.isfinite(settings.threshold):
        raise ValueError(f"--threshold must be a finite number; received {settings.threshold}.")
    for verb in ("prepare", "evaluate"):
        _parse(verb, getattr(settings, f"{verb}_flags"))
    values = _parse("train", settings.train_flags, _run_of(settings))
    start.tensorflow()
    from tfgan.training import planning

    with errors.user_errors():
        planning.resolve(train_flags.config(values))
    if settings.checkpoint == "best" and not values.evaluate_every:
        raise ValueError(
            "--checkpoint=best is the best of the states that training evaluates: give "
            "--train_flags=--evaluate_every=STEPS as well."
        )
    from tfgan.evaluation import check_can_select, measures

    names = [name.strip() for name in settings.metric.split(",") if name.strip()]
    check_can_select(next(iter(measures.by_name(names))))


def split(text):
    """Flags in one text, as a shell reads them -> list of str.

    Raises: ValueError for a quote that is not closed.
    """
    try:
        return shlex.split(text)
    except ValueError as error:
        raise ValueError(f"The flags {text!r} cannot be read: {error}.") from error


def machines(texts):
    """["train:accelerator=NVIDIA_L4,count=1"] -> {"train": {"accelerator": "NVIDIA_L4", ...}}.

    Raises: ValueError for another step, key or form.
    """
    found = {}
    for text in texts:
        step, _, parts = text.partition(":")
        pairs = dict(part.partition("=")[::2] for part in parts.split(","))
        right = all(
            key in _MACHINE and re.fullmatch(_MACHINE[key], value) for key, value in pairs.items()
        )
        if step not in Settings.STEPS or not right:
            raise ValueError(
                f"--machine takes STEP:KEY=VALUE,... with STEP one of {', '.join(Settings.STEPS)} "
                f"and KEY one of {', '.join(_MACHINE)}; received {text!r}."
            )
        if "count" in pairs and "accelerator" not in pairs:
            raise ValueError(f"--machine: count is that of an accelerator; received {text!r}.")
        found.setdefault(step, {}).update(pairs)
    return found


def _run_of(settings):
    """The flags of the training."""
    steps = [f"--steps={settings.steps}"] if settings.steps else []
    return [f"--recipe={settings.recipe}", *steps]


def _parse(verb, arguments, own=()):
    """The flags of a program: those of the user and then the pipeline's own.

    Raises: absl `flags.Error` for what is no flag of the program, or the pipeline's own to give.
    """
    told = {argument.lstrip("-").partition("=")[0] for argument in arguments}
    for name in _OWN[verb]:
        if told & {name, f"no{name}"}:
            raise flags.Error(f"--{verb}_flags: --{name} is the pipeline's own to give.")
    _, values, stray = main.parse(verb, [*arguments, *own])
    if stray:
        raise flags.Error(f"--{verb}_flags: unexpected argument {stray[0]!r}.")
    return values
