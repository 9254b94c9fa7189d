"""The plan of a training run, from its configuration, the existing run and the recipe."""

import dataclasses
import logging
import math
import os

from tfgan import data, recipes, runs, words
from tfgan.data import source_names
from tfgan.evaluation import measures
from tfgan.runs import run_data
from tfgan.training import allowed_changes, distribution, resumption
from tfgan.training.config import TrainConfig

_LOG = logging.getLogger("tfgan.train")


@dataclasses.dataclass(frozen=True)
class Plan:
    """All decisions about a run, except those that depend on the data.

    Attributes:
      config: TrainConfig, with defaults.
      recipe: str, its name.
      parameters: dict, every parameter of the recipe but `steps`, with its value.
      data: dict, see `runs.run_data.to_record`.
      labelled, label_share, unlabeled: see `recipes.Recipe`.
      steps: int, generator updates in all.
      precision: str, see `models.mixed_precision`.
      flags: dict that JSON can hold, the fields that a resumed run need not repeat.
      workdir, tensorboard_dir: str.
      export_dir: str, "" to export nothing.
      has_own_batch: bool, whether the batch size is the user's, which is never lowered.
    """

    config: TrainConfig
    recipe: str
    parameters: dict
    data: dict
    labelled: int | None
    label_share: float
    unlabeled: str
    seed: int
    steps: int
    precision: str
    flags: dict
    workdir: str
    tensorboard_dir: str
    export_dir: str
    has_own_batch: bool

    @property
    def batch_size(self):
        """Examples in a step, over all devices: int."""
        return self.parameters["batch_size"]

    def to_dict(self):
        """The output of `tfgan train --dry_run`: dict that JSON can hold."""
        hidden = ("config", "has_own_batch")
        return {name: value for name, value in vars(self).items() if name not in hidden}


def resolve_parameters(config):
    """Every parameter of the recipe of a TrainConfig: dict; needs no data, files or devices.

    Raises: ValueError for unknown or invalid parameters, and contradictory fields.
    """
    config = config.with_defaults()
    allowed_changes.check(config.recipe, config.change)
    parameters = recipes.resolve(config.recipe, config.recipe_parameters)
    if config.data:
        data.check_name(config.data)
    if config.evaluate_metrics:
        decisive, *_ = measures.by_name(config.evaluate_metrics)
        measures.check_can_select(decisive)
    if config.stop_after and not config.evaluate_every:
        raise ValueError("--stop_after counts evaluations: give --evaluate_every as well.")
    return parameters


def resolve(config):
    """The Plan of a TrainConfig, whose undecided fields are those of the run in the directory.

    Raises: ValueError, see `resolve_parameters`, and for a run whose record cannot be read.
    """
    workdir = config.workdir or _default_workdir(config)
    before = runs.open_record(workdir)
    if before:
        config = resumption.inherit(config, before)
    elif config.change:
        raise ValueError(f"--change is for an existing run; {workdir} holds none.")
    parameters = resolve_parameters(config)
    if parameters.get("unlabeled"):
        parameters["unlabeled"] = data.absolute_name(parameters["unlabeled"])
    flags, has_own_batch = resumption.flags(config), "batch_size" in config.recipe_parameters
    config = config.with_defaults()
    recipe = recipes.make(config.recipe, parameters)
    steps = parameters.pop("steps")  # does not identify a run: it may be made longer
    return Plan(
        config=config,
        recipe=recipes.display_name(config.recipe),
        parameters=parameters,
        data=run_data.to_record(
            config.change.get("data") or config.data or recipe.data,
            **{name: getattr(config, name) for name in run_data.OPTIONS},
        ),
        labelled=recipe.labelled,
        label_share=recipe.label_share,
        unlabeled=recipe.unlabeled,
        seed=config.seed,
        steps=steps,
        precision=_precision(config, before),
        flags=flags | {"steps": steps},
        workdir=workdir,
        tensorboard_dir=config.tensorboard_dir or f"{workdir}/logs",
        export_dir=config.export_dir,
        has_own_batch=has_own_batch,
    )


def fit_batch(plan, source, model, devices):
    """The Plan with a batch size of which the data can fill one step on `devices` (int).

    The default of the recipe is lowered with a warning; a batch size of the user is not.

    Raises: ValueError, if the data are too few.
    """
    size, batches = plan.batch_size, model.discriminator_steps
    largest = source.count // batches // devices * devices
    if size <= largest:
        return plan
    sentence = (
        f"a batch_size of {size} takes {size * batches:,} examples in a step, and {source.name} "
        f"has {source.count:,} to train on"
    )
    if plan.has_own_batch or not largest:
        advice = f"give --batch_size={largest} or less" if largest else "give more data"
        raise ValueError(f"{sentence[0].upper()}{sentence[1:]}; {advice}.")
    _LOG.warning("batch_size is lowered to %d: %s.", largest, sentence)
    return dataclasses.replace(plan, parameters=plan.parameters | {"batch_size": largest})


def check_parts(plan, model, devices):
    """Refuses, by a ValueError, parts of a batch of which `model` cannot compute its step.

    A discriminator that judges packs of examples takes whole packs, and one that is anticipated
    the batch of a device at once.
    """
    parts, pack = plan.config.microbatches, model.pack_size
    if plan.batch_size % (devices * pack):
        raise ValueError(
            f"batch_size must be a multiple of {devices * pack}, so that each device has whole "
            f"packs of {pack} examples; received {plan.batch_size}."
        )
    examples = plan.batch_size // devices
    if math.ceil(examples / parts) % pack:
        raise ValueError(
            f"microbatches must divide the {examples} examples of a device into whole packs of "
            f"{pack}; received {parts}."
        )
    if parts > 1 and model.unrolled_steps:
        raise ValueError(
            "microbatches must be 1 with unrolled_steps, each of which takes the gradient of the "
            f"whole batch; received {parts}."
        )


def _precision(config, before):
    if config.precision != "auto":
        return config.precision
    on_tpu = config.strategy == "tpu" or bool(config.tpu)
    return before.precision if before else distribution.suitable_precision(on_tpu)


def _default_workdir(config):
    """runs/RECIPE-DATA, equal for equivalent paths of the data."""
    filled = config.with_defaults()
    name = filled.data or recipes.make(filled.recipe, resolve_parameters(config)).data
    before, path = source_names.split_path(data.absolute_name(name))
    if path.startswith(os.getcwd() + os.sep):
        path = os.path.relpath(path)
    recipe = recipes.display_name(filled.recipe).removesuffix(".py")
    return f"runs/{recipe}-{words.slug(before + path)}"
