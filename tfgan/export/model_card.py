"""model_card.md beside an exported model: what it is, its training, its scores and its limits."""

import json

from tfgan import files
from tfgan.export import metadata as metadata_files
from tfgan.modalities import translations

_COLUMNS = (
    "metric", "value", "samples", "real", "held-out real data score", "of", "truncation", "seed",
    "extractor",
)  # fmt: skip

_LIMITS = """\
- The samples are the first of a seed, not selected. Selection would make the model look better.
- The model can only reproduce its training data, with their imbalances, and may partly copy a small
  set. `tfgan evaluate` measures the distance of samples from training examples.
- A score compares distributions by features of a network and says nothing about one image. It
  depends on the counts, the extractor and the seed that stand beside it.
- Samples are computed in float32. On another processor, or with another build of TensorFlow, a
  pixel may differ by one level of 255.
"""


def write(folder, model, details, usage):
    """Writes model_card.md, assets.extra/tfgan.json, and samples.png or samples.txt.

    Args:
      folder: str.
      model, details: `GenerativeModel`, `metadata.TrainingDetails`.
      usage: str, the part of the card that shows how the files are used.
    """
    metadata = metadata_files.describe(model, details)
    metadata_files.write(folder, metadata)
    samples = _write_samples(folder, model, details.conditions)
    card = text(metadata, details, weights=model.describe_weights(), usage=usage, samples=samples)
    files.write_text(f"{folder}/model_card.md", card)


def _write_samples(folder, model, conditions):
    """The name of the file that shows samples, and its caption; None where none are shown."""
    if model.condition_specs and not conditions:
        return None
    modality = model.modality
    count = len(next(iter(conditions.values()))) if conditions else modality.preview_count
    samples = model.sample(count, seed=0, **conditions)
    name = f"samples.{modality.preview_suffix}"
    picture = translations.preview(samples, modality, model.condition_modalities)
    picture.write(f"{folder}/{name}")
    note = modality.preview_note(model.sample_shape)
    caption = f"{count} samples of seed 0, numbers 0 to {count - 1}"
    return name, f"{caption}. {note.rstrip('.')}" if note else caption


def text(metadata, details, *, weights, usage, samples):
    """The text of the card.

    Args:
      metadata, details: `metadata.Metadata`, `metadata.TrainingDetails`.
      weights: str, which were exported, see `GenerativeModel.describe_weights`.
      usage: str, see `write`.
      samples: (file, caption), two str; or None.
    """
    classes, output = metadata["classes"], metadata["makes"]
    if classes:
        names = ", ".join(metadata["class_names"])
        output += f" of {classes} classes (labels 0 to {classes - 1}: {names})"
    parts = [
        f"# {details.recipe}: {metadata['model']} on {details.data.get('source', 'unknown data')}",
        f"Step {metadata['step']} (checkpoint {details.checkpoint}), the {weights}, in float32; "
        f"trained in {details.precision} with seed {details.seed}. Makes {output}.",
    ]
    if samples:
        file, caption = samples
        mark = "!" if file.endswith(".png") else ""
        parts.append(f"{mark}[samples]({file})\n\n*{caption}.*")
    parts += [
        "## Recipe\n\n" + _table(details.parameters, "parameter"),
        "## Data\n\n" + _table(details.data, "what"),
        "## Scores\n\n" + _scores(details.scores, metadata["step"]),
        "## Use\n\n" + usage.strip(),
        "## Limits\n\n" + _LIMITS.strip(),
        "## Versions\n\n" + _table(metadata["versions"], "package"),
    ]
    return "\n\n".join(parts) + "\n"


def _table(values, title):
    rows = [f"| `{name}` | {_cell(value)} |" for name, value in values.items()]
    return "\n".join([f"| {title} | value |", "|---|---|", *rows])


def _cell(value):
    return (value if isinstance(value, str) else json.dumps(value)).replace("|", "\\|")


def _scores(records, step):
    """One line per metric, with the counts and the seed that make it comparable."""
    if not records:
        return f"None: `metrics.jsonl` of the run has no evaluation of step {step}."
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + "---|" * len(_COLUMNS)]
    for record in records:
        baseline, extractor = record.get("floor") or {}, record.get("extractor") or {}
        better = f" ({record['better']} is better)" if record.get("better") else ""
        cells = [
            f"`{record['metric']}`{better}",
            _number(record["value"]),
            record.get("n_fake"),
            record.get("n_real"),
            _number(baseline.get("value")),
            baseline.get("n_fake"),
            record.get("truncation"),
            record.get("seed"),
            f"{extractor['name']} {extractor['sha256'][:8]}" if "sha256" in extractor else None,
        ]
        lines.append("| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def _number(value):
    return value if value is None else f"{value:.4g}"
