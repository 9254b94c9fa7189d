"""What is told about an exported model: assets.extra/tfgan.json for programs, and the facts."""

import dataclasses
import json
import math

from tfgan import files, modalities, provenance
from tfgan.export import model_card
from tfgan.models import sampling

_FORMAT = 1


@dataclasses.dataclass(frozen=True)
class About:
    """Where a model comes from.

    Attributes:
      recipe: str, its name.
      parameters: dict of the recipe.
      data: dict, the source and the options it was opened with, and its fingerprint.
      class_names: sequence of str, one a class; empty without labels.
      seed: int, of the training.
      precision: str, what the networks computed in while they were trained.
      checkpoint: str, which state it was: "last", "best" or a step.
      figures: list of dict, the records of `metrics.jsonl` of that state.
      conditions: dict of arrays `[n, ...]` by name that the samples shown are made from; only for a
        model whose samples need conditions, and without them none are shown.
    """

    recipe: str
    parameters: dict
    data: dict
    class_names: tuple
    seed: int
    precision: str
    checkpoint: str
    figures: list
    conditions: dict = dataclasses.field(default_factory=dict)


def write(part, model, about, *, clients):
    """Writes model_card.md, assets.extra/tfgan.json, and samples.png or samples.txt.

    Args:
      part: str, the folder.
      model: `GenerativeModel`.
      about: `About`.
      clients: str, the part of the card that tells how the files are used.
    """
    facts = describe(model, about)
    files.write_text(f"{part}/assets.extra/tfgan.json", json.dumps(facts, indent=2) + "\n")
    shown = _write_samples(part, model, about.conditions)
    content = model_card.write(
        facts, about, weights=model.sampling_weights, clients=clients, samples=shown
    )
    files.write_text(f"{part}/model_card.md", content)


def _write_samples(part, model, conditions):
    """The name of the file that shows samples, and what it shows; None where none are shown."""
    if model.condition_specs and not conditions:
        return None
    modality = model.modality
    count = len(next(iter(conditions.values()))) if conditions else modality.preview_count
    samples = model.sample(count, seed=0, **conditions)["data"]
    name = f"samples.{modality.preview_suffix}"
    modality.preview(samples).write(f"{part}/{name}")
    note = modality.preview_note(model.sample_shape)
    told = f"{count} samples of seed 0, numbers 0 to {count - 1}"
    return name, f"{told}. {note.rstrip('.')}" if note else told


def describe(model, about):
    """The content of tfgan.json: dict that JSON can hold."""
    network, modality = model.sampling_network(), model.modality
    shapes = model.latent_shapes if network is not None else {}
    cut = sampling.truncation_range(model.prior)
    return {
        "format": _FORMAT,
        "recipe": about.recipe,
        "step": model.steps_done,
        "model": type(model).__name__,
        "shape": list(model.sample_shape),
        "makes": modality.describe(modality.raw_shape(model.sample_shape)),
        "modality": {"kind": modality.kind} | modalities.to_dict(modality, model.sample_shape),
        "classes": model.classes,
        "class_names": list(about.class_names) if model.classes else None,
        "latents": {name: list(shape) for name, shape in shapes.items()},
        "truncation": cut and {"low": cut[0], "high": cut[1] if math.isfinite(cut[1]) else None},
        "checkpoint": about.checkpoint,
        "versions": provenance.versions(),
    }
