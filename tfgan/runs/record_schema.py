"""The schema of recipe.json: its entries and their types."""

import logging
from typing import Annotated, Any, Literal

import msgspec

from tfgan import files, recipes
from tfgan.data import DataSpec

_LOG = logging.getLogger(__name__)

# The behavior of recipes before it was a parameter, which old runs keep.
_BEFORE = {"learning_rate_schedule": "recipe", "augment": "none", "average_snapshots": 0}
_DECAYED_OVER = {"made": 3000, "pixelcnn": 1200, "pixelvae": 1200}  # steps, whatever --steps was

FORMAT = 2  # in format 1 no examples were held out: its runs were trained on other data

_WHAT = "the record of a tfgan run"
_Size = Annotated[int, msgspec.Meta(ge=1)]
_Plain = bool | int | float | str | None


class _AnyFormat(msgspec.Struct):
    format: int


class _Data(msgspec.Struct):  # others are plain values
    source: str
    fingerprint: str
    image_size: Annotated[list[_Size], msgspec.Meta(min_length=2, max_length=2)] | None = None
    crop: Literal["center", "stretch"] | None = None
    channels: _Size | None = None
    flip: bool = False
    binarise: Literal["static", ""] | None = None
    jitter: bool = False
    direction: Literal["AtoB", "BtoA", ""] | None = None
    decided: dict[str, Any] = {}


class _Spec(msgspec.Struct):  # `DataSpec.from_dict` checks the entries of a modality
    shape: list[_Size]
    dtype: str
    classes: _Size | None
    class_names: list[str]
    conditions: "dict[str, _Spec]" = {}
    is_paired: bool = True


class _File(msgspec.Struct, forbid_unknown_fields=True):
    text: str  # never executed
    sha256: str


class _Start(msgspec.Struct, forbid_unknown_fields=True):
    run: str
    state: str
    step: Annotated[int, msgspec.Meta(ge=0)]
    identity: str


class _Change(msgspec.Struct, forbid_unknown_fields=True):
    step: Annotated[int, msgspec.Meta(ge=0)]
    name: str
    old: _Plain | list[_Plain] | msgspec.UnsetType = msgspec.UNSET
    new: _Plain | list[_Plain] | msgspec.UnsetType = msgspec.UNSET


class _Content(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    recipe: str
    parameters: dict[str, bool | int | float | str]
    data: dict[str, _Plain | list[_Plain] | dict[str, Any]]
    spec: dict[str, Any]
    seed: int
    precision: Literal["float32", "bfloat16", "float16"] = "float32"
    flags: dict[str, _Plain | list[str]] = {}
    history: list[_Change] = []
    versions: dict[str, str] = {}
    recipe_file: _File | None = None
    start: _Start | None = None
    freeze_discriminator: _Size | None = None


def read(path):
    """The entries of the `Record` in a recipe.json: dict.

    Raises: ValueError for another schema, an unknown recipe or parameter, and values out of range;
      `tf.errors.OpError` for a file that cannot be read.
    """
    number = files.read_json(path, _AnyFormat, _WHAT).format
    if number != FORMAT:
        raise ValueError(
            f"{path} has format {number}; this version of tfgan reads format {FORMAT} and cannot "
            "continue the run."
        )
    content = files.read_json(path, _Content, _WHAT)
    files.parse_json(msgspec.json.encode(content.data), _Data, f"{path} is not {_WHAT}: data")
    files.parse_json(msgspec.json.encode(content.spec), _Spec, f"{path} is not {_WHAT}: spec")
    entries = msgspec.to_builtins(content)
    try:
        text = _text(content)
        entries["parameters"] = recipes.validate(content.recipe, content.parameters, text)
        entries |= {name: entries[name] or {} for name in ("recipe_file", "start")}
        entries["spec"] = DataSpec.from_dict(entries["spec"]).to_dict()
    except ValueError as error:
        raise ValueError(f"{path} is not {_WHAT}: {error}") from error
    _add_later_parameters(entries)
    _warn_of_missing_parameters(path, entries, text)
    return {name: part for name, part in entries.items() if name not in ("format", "versions")}


def _add_later_parameters(entries):
    """Adds parameters of later releases with their old behavior, in the history at step 0."""
    values = dict(_BEFORE)
    if entries["recipe"] in _DECAYED_OVER:
        values["decay_steps"] = _DECAYED_OVER[entries["recipe"]]
    added = {name: value for name, value in values.items() if name not in entries["parameters"]}
    changes = ({"step": 0, "name": f"parameters.{name}", "new": new} for name, new in added.items())
    entries["parameters"] |= added
    entries["history"] = (*changes, *entries["history"])


def _text(content):
    file = content.recipe_file
    if recipes.is_file(content.recipe) != bool(file):
        raise ValueError("recipe_file holds the text of a recipe that is a file, and of no other.")
    if file and recipes.fingerprint(file.text) != file.sha256:
        raise ValueError("the text of recipe_file is not that of its sha256.")
    return file and file.text


def _warn_of_missing_parameters(path, entries, text):
    known = recipes.parameters(entries["recipe"], text)
    missing = [name for name in known if name not in entries["parameters"] and name != "steps"]
    if missing:
        defaults = ", ".join(f"{name}={known[name].default}" for name in missing)
        _LOG.warning("%s lacks %s: the recipe's defaults are taken.", path, defaults)
