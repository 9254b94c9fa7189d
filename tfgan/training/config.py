"""Everything that a training is told: `TrainConfig`."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from tfgan.training import config_checks
from tfgan.typing import Path


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """What to train, on which data, for how long, where, and what is written on the way.

    A field that is None is not decided: a run that `workdir` holds goes on with its own, and a new
    run takes the default that stands in brackets. What a run's record keeps need not be repeated
    to resume it; devices and places to write to are those of one start.

    Attributes:
      recipe: str, a name that `tfgan recipes` lists ["dcgan"].
      parameters: mapping of the recipe's parameters by name, see `tfgan recipes NAME`; a value may
        be a text, as in a flag [the recipe's defaults].
      change: mapping, what a run that has begun goes on with another value of: rates, schedules,
        weights of terms, or `data`.
      data: str, the source, such as "mnist5k" or "images:FOLDER" [what the recipe was made for].
      workdir: path of the run's directory [runs/RECIPE-DATA].
      steps: int, at least 0, generator updates in all [the recipe's].
      batch_size: int, at least 1, examples in a step over all devices [the recipe's, or fewer if
        the data are fewer].
      learning_rate_schedule: str, how all rates change over `steps`, see `schedules.parse`, such as
        "cosine:0.1", or "recipe" ["recipe", its own way].
      init_from: str, "RUN" or "RUN:best", or a step in its place: the run whose weights a new run
        starts from, layer by layer where the shapes fit [weights of its own].
      freeze_discriminator: int, at least 0, layers of the discriminator, nearest to the data, that
        are not trained [0].
      seed: int, of the first weights, the noise and the order of the data [0].
      image_size: int, or (height, width), pixels that images get [as stored].
      crop: "center" or "stretch", how images of another shape are made to fit ["center"].
      channels: 1 gray, 3 color, or 4 color and alpha [as stored, without alpha].
      background: "white", "black" or (red, green, blue) in 0..255, what shows through where images
        are transparent ["white"].
      labels: str, where the labels of images come from, see `data.open_source`.
      flip: bool, whether every image is mirrored with probability 1/2 [False].
      binarise: "static" for pixels that are drawn black or white once, or "" [""].
      skip_broken: bool, whether images that cannot be read are left out [False].
      data_dir: path, where TFDS keeps its files.
      cache_dir: path, where decoded sets that are too large for memory are kept.
      memory: int, bytes, or a text such as "2GB": what images may take [a share of what is free].
      tensorboard_dir: path of TensorBoard's files [WORKDIR/logs].
      export_dir: path, where the trained model goes as a SavedModel [nowhere].
      log_every: int, at least 1, steps between two lines of figures [100].
      sample_every: int, at least 0, steps between two pictures; 0: the last alone [500].
      checkpoint_every: int, at least 1, steps between two checkpoints [500].
      evaluate_every: int, at least 0, steps between two evaluations, the best state is kept;
        0: never [0].
      evaluate_metrics: names, in a sequence or with commas between them; the first decides which
        state is the best [fd; without an extractor what suits the data].
      evaluate_count: int, at least 2, samples that an evaluation draws [2000].
      stop_after: int, at least 0, evaluations without a better one that end the run; 0: none [0].
      extractor: str, what turns images into features, see `extractors.open_extractor` [digits for
        MNIST, none for other images].
      extractor_weights: path of the extractor's weights.
      resize: "clean", "legacy_tf" or "legacy_pytorch", how images are resized for the extractor.
      strategy: "one", "mirrored", "multi_worker", "tpu" or "auto", the devices ["auto"].
      tpu: str, the TPU's name or address; "local" on a TPU VM.
      devices: int, parts of the CPU to try out "mirrored"; 0: none [0].
      join_timeout: int, 1 to 1,000,000 seconds that a worker waits for the others [600].
      worker_timeout: int, 1 to 1,000,000 seconds that a worker may stand still [60].
      precision: "float32", "bfloat16", "float16" or "auto", what networks compute in ["auto":
        bfloat16 where the devices have it].
      jit_compile: bool, or "on", "off" or "auto", whether XLA compiles the step ["auto": on GPUs].
      steps_per_execution: int, at least 1, steps without coming back to Python [1].
      microbatches: int, at least 1, parts in which the batch of a device is computed, to need less
        memory [1].
      gradient_norms: bool, whether the norm of each player's gradient is logged [False].
    Raises: ValueError for a value that a field cannot have.
    """

    recipe: str | None = None
    parameters: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    change: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    data: str | None = None
    workdir: Path | None = None
    steps: int | None = None
    batch_size: int | None = None
    learning_rate_schedule: str | None = None
    init_from: str | None = None
    freeze_discriminator: int | None = None
    seed: int | None = None
    image_size: Any = None
    crop: str | None = None
    channels: int | None = None
    background: Any = None
    labels: str | None = None
    flip: bool | None = None
    binarise: str | None = None
    skip_broken: bool | None = None
    data_dir: Path | None = None
    cache_dir: Path | None = None
    memory: int | str | None = None
    tensorboard_dir: Path | None = None
    export_dir: Path | None = None
    log_every: int | None = None
    sample_every: int | None = None
    checkpoint_every: int | None = None
    evaluate_every: int | None = None
    evaluate_metrics: Any = None
    evaluate_count: int | None = None
    stop_after: int | None = None
    extractor: str | None = None
    extractor_weights: Path | None = None
    resize: str | None = None
    strategy: str | None = None
    tpu: str | None = None
    devices: int | None = None
    join_timeout: int | None = None
    worker_timeout: int | None = None
    precision: str | None = None
    jit_compile: bool | str | None = None
    steps_per_execution: int | None = None
    microbatches: int | None = None
    gradient_norms: bool | None = None

    def __post_init__(self) -> None:
        for name, value in list(vars(self).items()):
            if value is not None:
                object.__setattr__(self, name, config_checks.checked(name, value))

    @property
    def decided_fields(self) -> dict[str, Any]:
        """The fields that are decided: dict by name."""
        return {name: value for name, value in vars(self).items() if value is not None}

    @property
    def recipe_parameters(self) -> dict[str, Any]:
        """The recipe's parameters that are decided, also by fields and changes: dict by name."""
        changed = {name: value for name, value in self.change.items() if name != "data"}
        fields = {
            name: value for name, value in self.decided_fields.items() if name in OF_THE_RECIPE
        }
        return {**self.parameters, **fields, **changed}

    def with_defaults(self) -> "TrainConfig":
        """This with the defaults of `DEFAULTS` in place of None."""
        open_ = {name: value for name, value in DEFAULTS.items() if getattr(self, name) is None}
        return dataclasses.replace(self, **open_)


OF_THE_RECIPE = ("steps", "batch_size", "learning_rate_schedule")  # fields that it takes

DEFAULTS = {
    "recipe": "dcgan",
    "data": "",
    "workdir": "",
    "init_from": "",
    "freeze_discriminator": 0,
    "seed": 0,
    "crop": "center",
    "background": "white",
    "labels": "",
    "flip": False,
    "binarise": "",
    "skip_broken": False,
    "data_dir": "",
    "cache_dir": "",
    "tensorboard_dir": "",
    "export_dir": "",
    "log_every": 100,
    "sample_every": 500,
    "checkpoint_every": 500,
    "evaluate_every": 0,
    "evaluate_metrics": (),
    "evaluate_count": 2000,
    "stop_after": 0,
    "extractor": "",
    "extractor_weights": "",
    "resize": "",
    "strategy": "auto",
    "tpu": "",
    "devices": 0,
    "join_timeout": 600,
    "worker_timeout": 60,
    "precision": "auto",
    "jit_compile": "auto",
    "steps_per_execution": 1,
    "microbatches": 1,
    "gradient_norms": False,
}


def make_config(config: TrainConfig | None = None, /, **fields: Any) -> TrainConfig:
    """A `TrainConfig` of another one and of fields; what is no field is a recipe's parameter.

    Args:
      config: TrainConfig, or None.
      **fields: its fields, and parameters of the recipe by their names.
    Returns: TrainConfig.
    Raises: ValueError for a value that a field cannot have.
    """
    base = TrainConfig() if config is None else config
    if not isinstance(base, TrainConfig):
        raise ValueError(f"config must be a TrainConfig; received {type(base).__name__}.")
    names = {field.name for field in dataclasses.fields(TrainConfig)}
    own = {name: value for name, value in fields.items() if name in names}
    more = {name: value for name, value in fields.items() if name not in names}
    own["parameters"] = {**base.parameters, **own.get("parameters", {}), **more}
    return dataclasses.replace(base, **own)
