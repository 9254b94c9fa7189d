"""assets.extra/tfgan.json beside an exported model: what it is, for programs such as a server."""

import dataclasses
import json
import math
from typing import Annotated, Any, Literal, Required, TypedDict

import tensorflow as tf
from msgspec import Meta

from tfgan import files, latents, modalities, provenance
from tfgan.export import latent_space
from tfgan.models import sampling

_FILE = "assets.extra/tfgan.json"

_Count = Annotated[int, Meta(ge=1)]
_Shape = list[_Count]
_Mode = Literal["linear", "spherical", "switch", "stay"]
_Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]+\Z", max_length=100)]


class Truncation(TypedDict):
    """The thresholds of a prior: low < t <= high; None where there is no highest one."""

    low: Annotated[float, Meta(ge=0)]
    high: Annotated[float, Meta(gt=0)] | None


class Condition(TypedDict):
    """An input of samples beside the label."""

    shape: _Shape  # as networks take it, such as [height, width, classes] of masks
    modality: dict[str, Any]  # the kind of its raw data, as of `Metadata`


class Metadata(TypedDict, total=False):
    """The content of the file; `read` ignores other entries."""

    format: Required[Literal[1]]
    recipe: _Name  # a part of a server's address: letters, digits, dots, - and _
    step: Annotated[int, Meta(ge=0)]  # generator updates
    model: str  # the class
    shape: _Shape  # of a sample
    makes: str  # samples in words, such as "gray images of 28 x 28"
    modality: dict[str, Any]  # the kind of data, `kind`, and its settings, such as `symbols`
    symbols: str | None  # the characters of texts, in earlier exports
    classes: _Count | None  # None without labels
    class_names: list[str] | None  # one per class; empty or None without names
    conditions: dict[str, Condition]  # those with a kind, such as `source`, by name
    latents: dict[str, _Shape]  # the shapes of the prior's values by name
    paths: dict[str, _Mode]  # of the latents between two samples, see `latents.modes_of`
    parts: dict[str, latent_space.Part]  # of the prior, by the names of the latents
    directions: latent_space.Directions | None  # None for a model that has none
    truncation: Truncation | None  # None where the prior has none
    checkpoint: str  # which state was exported
    versions: dict[str, str]  # of the libraries that wrote it


@dataclasses.dataclass(frozen=True)
class TrainingDetails:
    """How an exported model was trained."""

    recipe: str  # its name
    parameters: dict  # of the recipe
    data: dict  # the source, the options it was opened with, and its fingerprint
    class_names: tuple  # one str per class; empty without labels
    seed: int  # of the run
    precision: str  # what the networks computed in while they were trained
    checkpoint: str  # which state it is: "last", "best" or a step
    scores: list  # of dict, the evaluations of that state in `metrics.jsonl`
    # Arrays `[n, ...]` by name: for a model whose samples need conditions, those of the samples
    # that are shown.
    conditions: dict = dataclasses.field(default_factory=dict)


def describe(model, details):
    """The Metadata of a `GenerativeModel` with these TrainingDetails."""
    modality = model.modality
    shapes = model.latent_shapes if model.sampling_network() is not None else {}
    cut = sampling.truncation_range(model.prior)
    return {
        "format": 1,
        "recipe": details.recipe,
        "step": model.steps_done,
        "model": type(model).__name__,
        "shape": list(model.sample_shape),
        "makes": modality.describe(modality.raw_shape(model.sample_shape)),
        "modality": _entries(modality, model.sample_shape),
        "conditions": {
            name: {"shape": list(shape), "modality": _entries(kind, shape)}
            for name, (kind, shape) in _conditions(model).items()
        },
        "classes": model.classes,
        "class_names": list(details.class_names) if model.classes else None,
        "latents": {name: list(shape) for name, shape in shapes.items()},
        "paths": _paths(model.prior) if shapes else {},
        "parts": latent_space.parts(model.prior) if shapes else {},
        "directions": latent_space.directions(model) if shapes else None,
        "truncation": cut and {"low": cut[0], "high": cut[1] if math.isfinite(cut[1]) else None},
        "checkpoint": details.checkpoint,
        "versions": provenance.versions(),
    }


def modality_of(entries, shape):
    """The `Modality` that an entry `modality` describes, of a shape in networks.

    Raises: ValueError for entries that describe none.
    """
    kind = modalities.by_kind(entries.get("kind", ""))
    return modalities.from_dict(entries, tuple(shape), kind.dtype)


def _paths(prior):
    """The `latents.modes_of` a prior; {} for one that implies none."""
    try:
        return latents.modes_of(prior)
    except ValueError:
        return {}


def _entries(modality, shape):
    return {"kind": modality.kind} | modalities.to_dict(modality, shape)


def _conditions(model):
    """(modality, shape in networks) of each condition that has a modality: dict by name."""
    specs, kinds = model.condition_specs, model.condition_modalities
    return {
        name: (kinds[name], kinds[name].shape(tuple(spec.shape)))
        for name, spec in specs.items()
        if name in kinds
    }


def write(folder, metadata):
    """Writes the Metadata into the folder of a version."""
    files.write_text(f"{folder}/{_FILE}", json.dumps(metadata, indent=2) + "\n")


def read(folder):
    """The Metadata in the folder of a version; None for a SavedModel that has none.

    Raises: ValueError for a file that is not of this form, with the entry that is wrong.
    """
    path = f"{folder}/{_FILE}"
    if not tf.io.gfile.exists(path):
        return None
    metadata = files.read_json(path, Metadata, "what `tfgan export` writes about a model")
    for condition in metadata.get("conditions", {}).values():
        try:
            modality_of(condition["modality"], condition["shape"])
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
    truncation, classes = metadata.get("truncation"), metadata.get("classes") or 0
    names = metadata.get("class_names") or []
    if truncation and truncation["high"] is not None and truncation["low"] >= truncation["high"]:
        raise ValueError(
            f"{path}: truncation must have low < high; received {truncation['low']:g} and "
            f"{truncation['high']:g}."
        )
    _check_directions(path, metadata)
    if names and len(names) != classes:
        raise ValueError(
            f"{path}: class_names must be one per class; received {len(names)} names and "
            f"{classes} classes."
        )
    return metadata


def _check_directions(path, metadata):
    chosen, shapes = metadata.get("directions"), metadata.get("latents", {})
    if chosen and any([len(vector)] != shapes.get(chosen["part"]) for vector in chosen["vectors"]):
        raise ValueError(
            f"{path}: directions must be vectors of a size in latents, {shapes}; received "
            f"{[len(vector) for vector in chosen['vectors']]} of {chosen['part']!r}."
        )
