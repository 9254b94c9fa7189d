"""recipe.json: what a run was started with."""

import dataclasses
import json

import keras
import tensorflow as tf

from tfgan import provenance, recipes
from tfgan.data import DataSpec
from tfgan.models import precision
from tfgan.runs.checkpoints import Checkpoints

_NAME = "recipe.json"
_FORMAT = 2  # 1 knew no held-out examples: its runs were trained on other data


@dataclasses.dataclass(frozen=True)
class Record:
    """Everything that decides the numbers of a run.

    Attributes:
      recipe: str, its name.
      parameters: dict, every parameter of the recipe with its value.
      data: dict, `source` and the options it was opened with, and the content's `fingerprint`.
      spec: dict, of the data's shape (`DataSpec.to_dict`).
      seed: int.
      precision: str, what the networks compute in, see `models.precision`.
    """

    recipe: str
    parameters: dict
    data: dict
    spec: dict
    seed: int
    precision: str = "float32"

    def build(self):
        """The compiled model, with its first weights.

        Raises: ValueError, if the recipe cannot make data of this shape.
        """
        recipe = recipes.find(self.recipe).recipe(**self.parameters)
        keras.utils.set_random_seed(self.seed)  # the weights' initialisers draw from it
        with precision.computing_in(self.precision):
            spec = DataSpec.from_dict(self.spec)
            model = recipe.build(spec, self.seed)
        if spec.is_text and not model.symbols:
            raise ValueError(f"The recipe {self.recipe} is not for texts, as the data are.")
        return model

    def write(self, workdir):
        """Writes recipe.json so that a reader never sees half of it."""
        content = {
            "format": _FORMAT,
            **dataclasses.asdict(self),
            "versions": provenance.versions(),
        }
        path = f"{workdir}/{_NAME}"
        with tf.io.gfile.GFile(path + ".part", "w") as file:
            file.write(json.dumps(content, indent=2) + "\n")
        tf.io.gfile.rename(path + ".part", path, overwrite=True)

    def differences(self, other):
        """What another record has changed: list of "name: this value -> that value".

        The number of steps is no part of a record: a run may be made longer. What follows from
        another recipe or another source is not listed one by one.
        """
        mine, theirs = _flat(dataclasses.asdict(self)), _flat(dataclasses.asdict(other))
        changed = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
        if "recipe" in changed:
            changed = [name for name in changed if not name.startswith("parameters.")]
        if "data.source" in changed:
            changed = [name for name in changed if not name.startswith(("data.", "spec."))]
            changed.append("data.source")
        return [
            f"{name}: {_short(mine.get(name))} -> {_short(theirs.get(name))}" for name in changed
        ]


def open_record(workdir):
    """Reads the record of a run; None if the directory holds none.

    Raises: ValueError for a recipe.json that cannot be read, or of another format.
    """
    path = f"{workdir}/{_NAME}"
    if not tf.io.gfile.exists(path):
        return None
    try:
        with tf.io.gfile.GFile(path, "r") as file:
            content = json.loads(file.read())
        record = Record(**_fields(content))
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not the record of a tfgan run ({error!r}).") from error
    if content.get("format") != _FORMAT:
        raise ValueError(
            f"{path} has format {content.get('format')}; this version of tfgan reads format "
            f"{_FORMAT} and cannot continue the run."
        )
    return record


def _fields(content):
    """What a Record is made of; those with a default may be missing in an older file."""
    return {
        field.name: content[field.name]
        for field in dataclasses.fields(Record)
        if field.name in content or field.default is dataclasses.MISSING
    }


def open_model(workdir, checkpoint="last"):
    """The trained model of a run, and its record.

    Args:
      workdir: str, the directory that `tfgan train` wrote.
      checkpoint: "last", "best" (by the metric that decided during training) or a step.
    Returns: (model with the weights of that checkpoint, Record).
    Raises: ValueError, if there is no run, no such checkpoint, or none that can be read.
    """
    record = open_record(workdir)
    if record is None:
        raise ValueError(f"{workdir} holds no run: there is no {_NAME} in it.")
    model = record.build()
    if checkpoint == "best":
        if not best_checkpoints(workdir, model).restore():
            raise ValueError(
                f"The run {workdir} has no best checkpoint: none was evaluated while it trained "
                "(--evaluate_every)."
            )
    elif checkpoint == "last":
        if not Checkpoints(workdir, model).restore():
            raise ValueError(f"The run {workdir} has no checkpoint yet: train it first.")
    else:
        Checkpoints(workdir, model).restore_step(checkpoint)
    return model, record


def best_checkpoints(workdir, model):
    """The `Checkpoints` that hold the best state of a run so far."""
    return Checkpoints(workdir, model, folder="best", keep=1)


def _flat(tree, prefix=""):
    """{"data": {"source": ...}} as {"data.source": ...}; JSON has no tuples, so lists stand in."""
    flat = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = list(value) if isinstance(value, tuple) else value
    return flat


def _short(value):
    text = str(value)
    return text if len(text) <= 60 else f"{text[:12]}..."
