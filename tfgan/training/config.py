"""The configuration of a training run: `TrainConfig`.

>>> config = make_config(recipe="gan", steps=100, width=8)
>>> config.recipe_parameters
{'width': 8, 'steps': 100}
>>> config.with_defaults().checkpoint_every
500
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from tfgan.training import config_checks
from tfgan.typing import Path

# Fields that the recipe receives as parameters.
_RECIPE_FIELDS = ("steps", "batch_size", "learning_rate_schedule")


def _undecided(default: Any) -> Any:
    return dataclasses.field(default=None, metadata={"default": default})


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """What to train, on which data, for how long, on which devices, and what is written.

    None leaves a field undecided: a run in `workdir` continues with its own value, and a new run
    takes the default (in brackets). The record of a run keeps all fields but devices and outputs.

    Attributes:
      recipe: str, a name that `tfgan recipes` lists ["dcgan"].
      parameters: mapping by name, see `tfgan recipes NAME`; values may be strings [the defaults].
      change: mapping, values for an existing run: rates, schedules, weights of terms, `data`.
      data: str, the source, such as "mnist5k" or "images:FOLDER" [the recipe's].
      workdir: path of the run's directory [runs/RECIPE-DATA].
      steps: int, at least 0, generator updates in all [the recipe's].
      batch_size: int, at least 1, examples per step over all devices [the recipe's, or all].
      learning_rate_schedule: str, of all rates over `steps`, see `schedules.parse` ["recipe"].
      init_from: str, "RUN", "RUN:best" or "RUN:STEP", whose weights a new run starts from [random].
      freeze_discriminator: int, at least 0, frozen layers, counted from the input [0].
      seed: int, of the initial weights, the noise and the order of the data [0].
      image_size: int, or (height, width), pixels to which images are resized [as stored].
      crop: "center" or "stretch", how images of another aspect ratio are fitted ["center"].
      channels: 1 gray, 3 color, or 4 color and alpha [as stored, without alpha].
      background: "white", "black" or (red, green, blue) in 0..255, behind transparency ["white"].
      labels: str, the source of the labels of images, see `data.open_source`.
      flip: bool, whether every image is mirrored with probability 1/2 [False].
      jitter: bool, whether every image is moved by a few pixels, at random [False].
      direction: "AtoB" or "BtoA", between the domains of data to translate ["AtoB"].
      binarise: "static" to draw pixels as black or white once, or "" [""].
      skip_broken: bool, whether images that cannot be read are left out [False].
      data_dir: path of TFDS' files.
      cache_dir: path of decoded datasets that are too large for memory.
      memory: int, bytes, or a string such as "2GB": memory for images [a fraction of what is free].
      tensorboard_dir: path of TensorBoard's files [WORKDIR/logs].
      export_dir: path to which the trained model is exported as a SavedModel [no export].
      log_every: int, at least 1, steps between records of losses [100].
      sample_every: int, at least 0, steps between pictures; 0: only the last [500].
      checkpoint_every: int, at least 1, steps between checkpoints [500].
      evaluate_every: int, at least 0, steps between evaluations; 0: never [0].
      evaluate_metrics: names, in a sequence or separated by commas; the first selects the best
        state [fd; without an extractor one that suits the data].
      evaluate_count: int, at least 2, samples that an evaluation draws [2000].
      stop_after: int, at least 0, evaluations without improvement that end the run; 0: none [0].
      extractor: str, see `extractors.open_extractor` [digits for MNIST, none for other images].
      extractor_weights: path of the extractor's weights.
      resize: "clean", "legacy_tf" or "legacy_pytorch", how images are resized for the extractor.
      strategy: "one", "mirrored", "multi_worker", "tpu" or "auto" ["auto"].
      tpu: str, the TPU's name or address; "local" on a TPU VM.
      devices: int, logical CPU devices to try out "mirrored"; 0: none [0].
      join_timeout: int, 1 to 1,000,000 seconds that a worker waits for the others [600].
      worker_timeout: int, 1 to 1,000,000 seconds that a worker may be unresponsive [60].
      precision: "float32", "bfloat16", "float16" or "auto": bfloat16 where supported ["auto"].
      jit_compile: bool, or "on", "off" or "auto", whether XLA compiles the step ["auto": on GPUs].
      steps_per_execution: int, at least 1, steps without a return to Python [1].
      microbatches: int, at least 1, parts of a device's batch computed in turn, saving memory [1].
      gradient_norms: bool, whether the norm of each player's gradient is logged [False].
    Raises: ValueError for a value that a field cannot have.
    """

    recipe: str | None = _undecided("dcgan")
    parameters: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    change: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    data: str | None = _undecided("")
    workdir: Path | None = _undecided("")
    steps: int | None = None
    batch_size: int | None = None
    learning_rate_schedule: str | None = None
    init_from: str | None = _undecided("")
    freeze_discriminator: int | None = _undecided(0)
    seed: int | None = _undecided(0)
    image_size: Any = None
    crop: str | None = _undecided("center")
    channels: int | None = None
    background: Any = _undecided("white")
    labels: str | None = _undecided("")
    flip: bool | None = _undecided(False)
    jitter: bool | None = _undecided(False)
    direction: str | None = _undecided("")
    binarise: str | None = _undecided("")
    skip_broken: bool | None = _undecided(False)
    data_dir: Path | None = _undecided("")
    cache_dir: Path | None = _undecided("")
    memory: int | str | None = None
    tensorboard_dir: Path | None = _undecided("")
    export_dir: Path | None = _undecided("")
    log_every: int | None = _undecided(100)
    sample_every: int | None = _undecided(500)
    checkpoint_every: int | None = _undecided(500)
    evaluate_every: int | None = _undecided(0)
    evaluate_metrics: Any = _undecided(())
    evaluate_count: int | None = _undecided(2000)
    stop_after: int | None = _undecided(0)
    extractor: str | None = _undecided("")
    extractor_weights: Path | None = _undecided("")
    resize: str | None = _undecided("")
    strategy: str | None = _undecided("auto")
    tpu: str | None = _undecided("")
    devices: int | None = _undecided(0)
    join_timeout: int | None = _undecided(600)
    worker_timeout: int | None = _undecided(60)
    precision: str | None = _undecided("auto")
    jit_compile: bool | str | None = _undecided("auto")
    steps_per_execution: int | None = _undecided(1)
    microbatches: int | None = _undecided(1)
    gradient_norms: bool | None = _undecided(False)

    def __post_init__(self) -> None:
        for name, value in list(vars(self).items()):
            if value is not None:
                object.__setattr__(self, name, config_checks.checked(name, value))

    @property
    def decided_fields(self) -> dict[str, Any]:
        """The fields that are not None: dict by name."""
        return {name: value for name, value in vars(self).items() if value is not None}

    @property
    def recipe_parameters(self) -> dict[str, Any]:
        """The decided parameters of the recipe, including those in fields and changes: dict."""
        changed = {name: value for name, value in self.change.items() if name != "data"}
        decided = self.decided_fields
        fields = {name: decided[name] for name in _RECIPE_FIELDS if name in decided}
        return {**self.parameters, **fields, **changed}

    def with_defaults(self) -> "TrainConfig":
        """A copy with `DEFAULTS` instead of None."""
        return dataclasses.replace(self, **(DEFAULTS | self.decided_fields))


DEFAULTS = {
    field.name: field.metadata["default"]
    for field in dataclasses.fields(TrainConfig)
    if "default" in field.metadata
}


def make_config(config: TrainConfig | None = None, /, **fields: Any) -> TrainConfig:
    """A copy of a `TrainConfig` with other fields; other names are parameters of the recipe.

    Raises: ValueError for a value that a field cannot have.
    """
    base = TrainConfig() if config is None else config
    if not isinstance(base, TrainConfig):
        raise ValueError(f"config must be a TrainConfig; received {type(base).__name__}.")
    names = {field.name for field in dataclasses.fields(TrainConfig)}
    parameters = {name: value for name, value in fields.items() if name not in names}
    fields = {name: value for name, value in fields.items() if name in names}
    fields["parameters"] = {**base.parameters, **fields.get("parameters", {}), **parameters}
    return dataclasses.replace(base, **fields)
