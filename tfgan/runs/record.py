"""recipe.json: the configuration of a run, and the changes since its start."""

import dataclasses
import hashlib
import json
import threading

import keras
import tensorflow as tf

from tfgan import files, provenance, recipes
from tfgan.data import DataSpec, absolute_name
from tfgan.models import memory_check, mixed_precision, transfer
from tfgan.runs import record_schema

_BUILDING = threading.Lock()

NAME = "recipe.json"
_ONLY_IF_ANY = ("recipe_file", "start", "freeze_discriminator")

# Entries that do not determine numbers: paths, and how often something happens.
_INDECISIVE = ("data.source", "flags.", "history", "recipe_file.text", "start.run", "start.state")


@dataclasses.dataclass(frozen=True)
class Record:
    """Everything that determines the numbers of a run, and how it is carried out.

    Attributes:
      recipe: str, its name, or that of its file.
      parameters: dict, every parameter of the recipe with its value.
      data: dict, see `run_data.to_record`, with the `fingerprint` of the content, and `unlabeled`,
        that of the examples that join it without labels, if any do.
      spec: dict, see `DataSpec.to_dict`.
      precision: str, see `models.mixed_precision`.
      flags: dict, the other flags of the command by name: cadence, evaluation, paths.
      history: tuple of dict, the changes during the run, oldest first: `step`, `name` such as
        "parameters.learning_rate", `old` and `new` if they exist.
      recipe_file: dict, the `text` and `sha256` of a recipe that is a file; else empty.
      start: dict, `run`, `state`, `step` and `identity` of the initial weights; {} for random ones.
      freeze_discriminator: int, frozen discriminator layers; None: all are trained.
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
        """Hex SHA-256 of the configuration at the start of the run; its checkpoints share it."""
        start = _flatten(dataclasses.asdict(self))
        for change in reversed(self.history):
            start.pop(change["name"], None)
            start |= {change["name"]: change["old"]} if "old" in change else {}
        decisive = {
            name: value
            for name, value in start.items()
            if value is not None and not name.startswith(_INDECISIVE)
        }
        return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()

    @property
    def steps(self):
        """Generator updates of the whole run: int."""
        return self.flags.get("steps", self.schema["steps"].default)

    @property
    def schema(self):
        """The parameters of the recipe: dict of `parameters.Parameter` by name."""
        return recipes.parameters(self.recipe, self.recipe_file.get("text"))

    def find_recipe(self, name=None):
        """The name or path by which `recipes` finds the recipe: str.

        Args:
          name: str, the recipe or the path of its file, from the user; None if not given.
        Raises: ValueError, if the path of a file is not given, or its code differs from the run's.
        """
        if not recipes.is_file(self.recipe):
            if name not in (None, self.recipe):
                raise ValueError(f"The run is one of the recipe {self.recipe}; received {name}.")
            return self.recipe
        if not name:
            raise ValueError(
                f"The run has a recipe of its own, {self.recipe}, and a run directory makes no "
                f"code run: name the file again, --recipe=PATH/{self.recipe} (recipe= in Python); "
                "its text is in recipe.json."
            )
        text = recipes.source(name)
        recipes.parameters(name, text)
        if not recipes.have_same_code(text, self.recipe_file["text"]):
            raise ValueError(
                f"{name} is not what the run was trained with: its content has changed since. "
                "Name a file with the text that is in recipe.json, or start another run."
            )
        return name

    def build(self, recipe=None):
        """The compiled model of a recipe (see `find_recipe`) with its initial weights.

        Raises: ValueError for a recipe of other data or another run, and too little memory.
        """
        spec = DataSpec.from_dict(self.spec)
        # One at a time: the seed of the initializers and the precision are global, and the parser
        # of Python 3.11, which reads the parameters, fails now and then in several threads.
        with _BUILDING:
            recipe = recipes.make(self.find_recipe(recipe), self.parameters | {"steps": self.steps})
            with mixed_precision.computing_in(self.precision), memory_check.within_memory():
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
        """Writes recipe.json atomically."""
        fields = dataclasses.asdict(self)
        entries = {name: part for name, part in fields.items() if part or name not in _ONLY_IF_ANY}
        content = {"format": record_schema.FORMAT, **entries, "versions": provenance.versions()}
        files.write_text(f"{workdir}/{NAME}", json.dumps(content, indent=2) + "\n")

    def differences(self, other):
        """The entries that determine numbers, other than `steps`, and differ from another record's.

        Returns: dict of (this value, that value) by name, such as "parameters.width".
        """
        mine, theirs = _decisive(self), _decisive(other)
        if mine.get("data.fingerprint") == theirs.get("data.fingerprint"):
            mine["data.source"] = theirs["data.source"]
        if "data.unlabeled" not in mine:  # records of earlier releases lack it
            theirs.pop("data.unlabeled", None)
            if place := mine.get("parameters.unlabeled"):
                mine["parameters.unlabeled"] = absolute_name(place)
        elif mine["data.unlabeled"] == theirs.get("data.unlabeled"):
            mine |= {key: theirs[key] for key in ("parameters.unlabeled",) if key in theirs}
        return _differences(mine, theirs)

    def changed_to(self, other, step):
        """The other record; its history gets the changes from this one, at a step."""
        changes = [
            {"step": step, "name": name}
            | ({} if old is None else {"old": old})
            | ({} if new is None else {"new": new})
            for name, (old, new) in _differences(_entries(self), _entries(other)).items()
        ]
        return dataclasses.replace(other, history=(*self.history, *changes))


def format_differences(differences):
    """Lists `Record.differences` as "name: this value -> that value", without consequences."""
    names = list(differences)
    if "recipe" in names:
        names = [name for name in names if not name.startswith("parameters.")]
    if "data.source" in names:
        names = [name for name in names if not name.startswith(("data.", "spec."))]
        names.append("data.source")
    return [f"{name}: {' -> '.join(map(_short, differences[name]))}" for name in names]


def open_record(workdir):
    """The `Record` of a run, None if the directory has none; errors: see `record_schema.read`."""
    path = f"{workdir}/{NAME}"
    return Record(**record_schema.read(path)) if tf.io.gfile.exists(path) else None


def _decisive(record):
    """The entries of a record that determine numbers, and the source, by name: dict."""
    known = record.schema if record.recipe_file or record.recipe in recipes.names() else {}
    entries = {f"parameters.{name}": known[name].default for name in known if name != "steps"}
    entries |= _entries(record)
    indecisive = ("flags.", "recipe_file.text")
    return {name: value for name, value in entries.items() if not name.startswith(indecisive)}


def _entries(record):
    tree = dataclasses.asdict(record)
    del tree["history"]
    return _flatten(tree)


def _differences(old, new):
    pairs = {name: (old.get(name), new.get(name)) for name in {**old, **new}}
    return {name: (before, after) for name, (before, after) in pairs.items() if before != after}


def _flatten(tree, prefix=""):
    """{"data": {"source": ...}} as {"data.source": ...}; tuples become lists, as in JSON."""
    flat = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = list(value) if isinstance(value, tuple) else value
    return flat


def _short(value):
    text = str(value)
    return text if len(text) <= 60 else f"{text[:12]}..."
