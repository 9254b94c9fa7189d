"""recipe.json: what a run was started with, and what has changed since."""

import dataclasses
import hashlib
import json

import keras
import tensorflow as tf

from tfgan import files, provenance, recipes
from tfgan.data import DataSpec
from tfgan.models import allocation, precision
from tfgan.runs import form

NAME = "recipe.json"

# What says where data lie and how often something happens, and decides no number.
_FREE = ("data.source", "flags.", "history")


@dataclasses.dataclass(frozen=True)
class Record:
    """Everything that decides the numbers of a run, and how it is carried out.

    Attributes:
      recipe: str, its name.
      parameters: dict, every parameter of the recipe with its value.
      data: dict, `source` and the options it was opened with, and the content's `fingerprint`, by
        which the data are known wherever they lie.
      spec: dict, of the data's shape (`DataSpec.to_dict`).
      seed: int.
      precision: str, what the networks compute in, see `models.precision`.
      flags: dict, the other flags of the command by name: cadence, evaluation, places.
      history: tuple of dict, the changes in mid-run, oldest first: `step`, `name` such as
        "parameters.learning_rate", `old` and `new`, where there is one.
    """

    recipe: str
    parameters: dict
    data: dict
    spec: dict
    seed: int
    precision: str = "float32"
    flags: dict = dataclasses.field(default_factory=dict)
    history: tuple = ()

    @property
    def identity(self):
        """Hex SHA-256 of what the run began with; all its checkpoints share it."""
        began = _flat(dataclasses.asdict(self))
        for change in reversed(self.history):
            began.pop(change["name"], None)
            began |= {change["name"]: change["old"]} if "old" in change else {}
        decisive = {
            name: value
            for name, value in began.items()
            if value is not None and not name.startswith(_FREE)
        }
        return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()

    @property
    def steps(self):
        """Generator updates that the run takes in all: int."""
        return self.flags.get("steps", recipes.parameters(self.recipe)["steps"].default)

    def build(self):
        """The compiled model, with its first weights.

        Raises: ValueError, if the recipe cannot make data of this shape, or the model needs more
          memory than there is.
        """
        recipe = recipes.make(self.recipe, self.parameters | {"steps": self.steps})
        keras.utils.set_random_seed(self.seed)  # the weights' initialisers draw from it
        with precision.computing_in(self.precision), allocation.within_memory():
            spec = DataSpec.from_dict(self.spec)
            model = recipe.build(spec, self.seed)
        if model.modality != spec.modality:
            raise ValueError(
                f"The recipe {self.recipe} is not for {spec.modality.kind}, as the data are."
            )
        return model

    def write(self, workdir):
        """Writes recipe.json so that a reader never sees half of it."""
        content = {
            "format": form.FORMAT,
            **dataclasses.asdict(self),
            "versions": provenance.versions(),
        }
        files.write_text(f"{workdir}/{NAME}", json.dumps(content, indent=2) + "\n")

    def differences(self, other):
        """What decides the numbers and is not the same in another record.

        The number of steps is not part of a record: a run may be made longer. A source is what its
        fingerprint says, whatever its name. Parameters that a record lacks have their defaults.

        Returns: dict of (this value, that value) by name, such as "parameters.width".
        """
        mine, theirs = _decisive(self), _decisive(other)
        if mine.get("data.fingerprint") == theirs.get("data.fingerprint"):
            mine["data.source"] = theirs["data.source"]
        return {
            name: (mine.get(name), theirs.get(name))
            for name in {**mine, **theirs}
            if mine.get(name) != theirs.get(name)
        }

    def changed_to(self, other, step):
        """The other record, with the changes from this one at a step in its history."""
        mine, theirs = (_flat(_without_history(record)) for record in (self, other))
        changes = [
            _change(step, name, mine.get(name), theirs.get(name))
            for name in {**mine, **theirs}
            if mine.get(name) != theirs.get(name)
        ]
        return dataclasses.replace(other, history=(*self.history, *changes))


def in_words(differences):
    """What `Record.differences` found, as "name: this value -> that value": list of str.

    What follows from another recipe or another source is not listed one by one.
    """
    names = list(differences)
    if "recipe" in names:
        names = [name for name in names if not name.startswith("parameters.")]
    if "data.source" in names:
        names = [name for name in names if not name.startswith(("data.", "spec."))]
        names.append("data.source")
    return [f"{name}: {' -> '.join(map(_short, differences[name]))}" for name in names]


def open_record(workdir):
    """Reads the record of a run; None if the directory holds none.

    Raises: ValueError for a recipe.json that is damaged or edited into nonsense, or of another
      format; `tf.errors.OpError` for one that cannot be read.
    """
    path = f"{workdir}/{NAME}"
    if not tf.io.gfile.exists(path):
        return None
    return Record(**form.read(path))


def _decisive(record):
    """Everything by name that decides the numbers, and the source."""
    known = recipes.parameters(record.recipe) if record.recipe in recipes.names() else {}
    defaults = {
        f"parameters.{name}": parameter.default
        for name, parameter in known.items()
        if name != "steps"
    }
    flat = defaults | _flat(_without_history(record))
    return {name: value for name, value in flat.items() if not name.startswith("flags.")}


def _without_history(record):
    return {name: part for name, part in dataclasses.asdict(record).items() if name != "history"}


def _change(step, name, old, new):
    sides = {"old": old, "new": new}
    return {"step": step, "name": name} | {
        side: value for side, value in sides.items() if value is not None
    }


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
