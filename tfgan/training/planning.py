"""What a training is going to do: everything that its fields, its run and its recipe decide."""

import dataclasses
import logging
import os

from tfgan import data, recipes, runs
from tfgan.evaluation import measures
from tfgan.runs import run_data
from tfgan.training import allowed_changes, distribution, resumption
from tfgan.training.config import TrainConfig

_LOG = logging.getLogger("tfgan.train")


@dataclasses.dataclass(frozen=True)
class Plan:
    """A training with nothing left open but what the data decide.

    Attributes:
      config: TrainConfig, each field decided.
      recipe: str, its name.
      parameters: dict, every parameter of the recipe but `steps`, with its value.
      data: dict, see `runs.sources.describe`.
      labelled: int, how many training examples keep their label; None for all.
      seed: int.
      steps: int, generator updates in all.
      precision: str, what networks compute in.
      flags: dict, the fields that a later start need not repeat; JSON can hold it.
      workdir, tensorboard_dir: str.
      export_dir: str, "" for none.
      has_own_batch: bool, whether the batch size was asked for, and may not be lowered.
    """

    config: TrainConfig
    recipe: str
    parameters: dict
    data: dict
    labelled: int | None
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
        """What `tfgan train --dry_run` prints: dict that JSON can hold."""
        facts = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        del facts["config"], facts["has_own_batch"]
        return facts


def parameters(config):
    """Every parameter of the recipe with its value, before any data, file or device is looked at.

    Args:
      config: TrainConfig.
    Returns: dict.
    Raises: ValueError for what the recipe does not take, and fields that make no sense together.
    """
    config = config.with_defaults()
    allowed_changes.check(config.recipe, config.change)
    found = recipes.resolve(config.recipe, config.recipe_parameters)
    if config.data:
        data.check_name(config.data)
    if config.evaluate_metrics:
        decisive, *_ = measures.by_name(config.evaluate_metrics)
        measures.check_can_select(decisive)
    if config.stop_after and not config.evaluate_every:
        raise ValueError("--stop_after counts evaluations: give --evaluate_every as well.")
    return found


def resolve(config):
    """Everything that the fields, the run in the directory and the recipe decide.

    No data are read. Fields that are open are those of the run in the directory, if there is one.

    Args:
      config: TrainConfig.
    Returns: Plan.
    Raises: ValueError, as `parameters`, and for a run directory whose record cannot be read.
    """
    workdir = config.workdir or _default_workdir(config)
    before = runs.open_record(workdir)
    if before:
        config = resumption.complete(config, before)
    elif config.change:
        raise ValueError(f"--change is for a run that has begun; {workdir} holds none.")
    found = parameters(config)
    kept, has_own_batch = resumption.kept(config), "batch_size" in config.recipe_parameters
    config = config.with_defaults()
    recipe = recipes.make(config.recipe, found)
    steps = found.pop("steps")  # no part of what a run is: it may be made longer
    return Plan(
        config=config,
        recipe=recipes.display_name(config.recipe),
        parameters=found,
        data=_describe(config, recipe),
        labelled=recipe.labelled,
        seed=config.seed,
        steps=steps,
        precision=_precision(config, before),
        flags=kept | {"steps": steps},
        workdir=workdir,
        tensorboard_dir=config.tensorboard_dir or f"{workdir}/logs",
        export_dir=config.export_dir,
        has_own_batch=has_own_batch,
    )


def fit_batch(plan, source, model, devices):
    """The plan with a batch that the data can fill.

    The recipe's own batch is made smaller, which is said; one that was asked for is not.

    Args:
      plan: Plan.
      source: `data.Source`.
      model: `GenerativeModel`, which knows how many batches a step takes.
      devices: int, that share a batch.
    Returns: Plan.
    Raises: ValueError, if no batch fits, or not the one that was asked for.
    """
    size, turns = plan.batch_size, model.discriminator_steps
    most = source.count // turns // devices * devices
    if size <= most:
        return plan
    sentence = (
        f"a batch_size of {size} takes {size * turns:,} examples in a step, and {source.name} has "
        f"{source.count:,} to train on"
    )
    if plan.has_own_batch or not most:
        advice = f"give --batch_size={most} or less" if most else "give more data"
        raise ValueError(f"{sentence[0].upper()}{sentence[1:]}; {advice}.")
    _LOG.warning("batch_size is lowered to %d: %s.", most, sentence)
    return dataclasses.replace(plan, parameters=plan.parameters | {"batch_size": most})


def _describe(config, recipe):
    names = ("image_size", "crop", "channels", "flip", "background", "binarise", "labels")
    options = {name: getattr(config, name) for name in names}
    return run_data.to_record(config.change.get("data") or config.data or recipe.data, **options)


def _precision(config, before):
    if config.precision != "auto":
        return config.precision
    on_tpu = config.strategy == "tpu" or bool(config.tpu)
    return before.precision if before else distribution.suitable_precision(on_tpu)


def _default_workdir(config):
    """runs/RECIPE-DATA, the same however the path of the data is written."""
    filled = config.with_defaults()
    name = filled.data or recipes.make(filled.recipe, parameters(config)).data
    kind, colon, location = data.absolute_name(name).partition(":")
    if location.startswith(os.getcwd() + os.sep):
        location = os.path.relpath(location)
    return f"runs/{recipes.display_name(filled.recipe).removesuffix('.py')}-{_slug(kind + colon + location)}"


def _slug(text):
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in text).strip("-")
