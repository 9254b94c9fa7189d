"""What `tfgan export` writes about a model beside its SavedModel: assets.extra/tfgan.json."""

from typing import Annotated, Any, Literal, Required, TypedDict

import tensorflow as tf
from msgspec import Meta

from tfgan import files

_FILE = "assets.extra/tfgan.json"

_Count = Annotated[int, Meta(ge=1)]
_Shape = list[_Count]
_Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]+\Z", max_length=100)]


class Truncation(TypedDict):
    """The thresholds of a prior: low < t <= high; None where there is no highest one."""

    low: Annotated[float, Meta(ge=0)]
    high: Annotated[float, Meta(gt=0)] | None


class Facts(TypedDict, total=False):
    """What the server and its page know of a model; entries that they do not know are left out.

    Attributes:
      format: int, 1.
      recipe: str, a part of the address: letters, digits, dots, - and _.
      step: int, generator updates.
      model: str, the class.
      shape: list of int, of a sample.
      makes: str, samples in words, such as "gray images of 28 x 28".
      modality: dict, the kind of data, `kind`, and what it knows of the set, such as the `symbols`
        of texts, or the `mean` and `std` by which latents are standardized.
      symbols: str, the characters of texts, as earlier exports have it.
      classes: int; None without labels.
      class_names: list of str, one per class; empty or None without names.
      latents: dict of lists of int, the shapes of the prior's values by name.
      truncation: Truncation; None where the prior has none.
      checkpoint: str, which state was exported.
      versions: dict of str by name, of the libraries that made it.
    """

    format: Required[Literal[1]]
    recipe: _Name
    step: Annotated[int, Meta(ge=0)]
    model: str
    shape: _Shape
    makes: str
    modality: dict[str, Any]
    symbols: str | None
    classes: _Count | None
    class_names: list[str] | None
    latents: dict[str, _Shape]
    truncation: Truncation | None
    checkpoint: str
    versions: dict[str, str]


def read(path):
    """The Facts in the folder of a version; None for a SavedModel that has none.

    Raises: ValueError for a file that is not of this form, with the entry that is wrong.
    """
    name = f"{path}/{_FILE}"
    if not tf.io.gfile.exists(name):
        return None
    facts = files.read_json(name, Facts, "what `tfgan export` writes about a model")
    _check(facts, name)
    return facts


def _check(facts, name):
    """Raises ValueError for entries that contradict one another."""
    truncation, classes = facts.get("truncation"), facts.get("classes") or 0
    names = facts.get("class_names") or []
    if truncation and truncation["high"] is not None and truncation["low"] >= truncation["high"]:
        raise ValueError(
            f"{name}: truncation must have low < high; received {truncation['low']:g} and "
            f"{truncation['high']:g}."
        )
    if names and len(names) != classes:
        raise ValueError(
            f"{name}: class_names must be one per class; received {len(names)} names and "
            f"{classes} classes."
        )
