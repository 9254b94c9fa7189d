"""recipe.json: what a run was started with, and what has changed since."""

import dataclasses
import hashlib
import json
import threading

import keras
import tensorflow as tf

from tfgan import files, provenance, recipes
from tfgan.data import DataSpec
from tfgan.models import memory_check, mixed_precision, transfer
from tfgan.runs import record_schema

_BUILDING = threading.Lock()

NAME = "recipe.json"
_ONLY_IF_ANY = ("recipe_file", "start", "freeze_discriminator")

# What says where data lie and how often something happens, and decides no number.
_FREE = ("data.source", "flags.", "history", "recipe_file.text", "start.run", "start.state")


@dataclasses.dataclass(frozen=True)
class Record:
    """Everything that decides the numbers of a run, and how it is carried out.

    Attributes:
      recipe: str, its name, or that of its file.
      parameters: dict, every parameter of the recipe with its value.
      data: dict, `source` and the options it was opened with, and the content's `fingerprint`, by
        which the data are known wherever they lie.
      spec: dict, of the data's shape (`DataSpec.to_dict`).
      seed: int.
      precision: str, what the networks compute in, see `models.precision`.
      flags: dict, the other flags of the command by name: cadence, evaluation, places.
      history: tuple of dict, the changes in mid-run, oldest first: `step`, `name` such as
        "parameters.learning_rate", `old` and `new`, where there is one.
      start: dict, the run whose weights it began with: `run`, `state`, `step` and `identity`;
        empty for weights of its own.
      freeze_discriminator: int, how many layers of the discriminator are not trained, see
        `models.transfer`; None for none.
      recipe_file: dict, the `text` of a recipe that is a file, and its `sha256`; else empty.
    """

    recipe: str
    parameters: dict
    data: dict
    spec: dict
    seed: int
    precision: str = "float32"
    flags: dict = dataclasses.field(default_factory=dict)
    history: tuple = ()
    recipe_file: dict = dataclasses.field(default_factory=dict)
    start: dict = dataclasses.field(default_factory=dict)
    freeze_discriminator: int | None = None

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
        return self.flags.get("steps", self.schema["steps"].default)

    @property
    def schema(self):
        """The parameters of the recipe: dict of `parameters.Parameter` by name."""
        return recipes.parameters(self.recipe, self.recipe_file.get("text"))

    def find_recipe(self, named=None):
        """The name under which `recipes` finds the recipe: str.

        What a run directory holds is not executed: a recipe that is a file must be named again.

        Args:
          named: str, the recipe or its file, as a user names it; None for nothing.
        Raises: ValueError, if the file is not named, or does something else than the run's.
        """
        if not recipes.is_file(self.recipe):
            if named not in (None, self.recipe):
                raise ValueError(f"The run is one of the recipe {self.recipe}; received {named}.")
            return self.recipe
        if not named:
            raise ValueError(
                f"The run has a recipe of its own, {self.recipe}, and a run directory makes no "
                f"code run: name the file again, --recipe=PATH/{self.recipe} (recipe= in Python); "
                "its text is in recipe.json."
            )
        text = recipes.source(named)
        recipes.parameters(named, text)
        if not recipes.have_same_code(text, self.recipe_file["text"]):
            raise ValueError(
                f"{named} is not what the run was trained with: its content has changed since. "
                "Name a file with the text that is in recipe.json, or start another run."
            )
        return named

    def build(self, recipe=None):
        """The compiled model, with its first weights.

        Args:
          recipe: str, as of `find_recipe`.
        Raises: ValueError, if the recipe cannot make data of this shape, is not the run's, or the
          model needs more memory than there is.
        """
        parameters = self.parameters | {"steps": self.steps}
        recipe = recipes.make(self.find_recipe(recipe), parameters)
        spec = DataSpec.from_dict(self.spec)
        # One at a time: the seed of the initializers and the precision are the whole process's.
        with _BUILDING, mixed_precision.computing_in(self.precision), memory_check.within_memory():
            keras.utils.set_random_seed(self.seed)
            model = recipe.build(spec, self.seed)
        if self.freeze_discriminator:
            transfer.freeze_discriminator(model, self.freeze_discriminator)
        if model.modality != spec.modality:
            raise ValueError(
                f"The recipe {self.recipe} is not for {spec.modality.kind}, as the data are."
            )
        return model

    def write(self, workdir):
        """Writes recipe.json so that a reader never sees half of it."""
        content = {
            "format": record_schema.FORMAT,
            **dataclasses.asdict(self),
            "versions": provenance.versions(),
        }
        for name in _ONLY_IF_ANY:
            if not content[name]:
                del content[name]
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


def format_differences(differences):
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
    return Record(**record_schema.read(path))


def _decisive(record):
    """Everything by name that decides the numbers, and the source."""
    known = record.schema if record.recipe_file or record.recipe in recipes.names() else {}
    defaults = {
        f"parameters.{name}": parameter.default
        for name, parameter in known.items()
        if name != "steps"
    }
    flat = defaults | _flat(_without_history(record))
    free = ("flags.", "recipe_file.text")
    return {name: value for name, value in flat.items() if not name.startswith(free)}


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
