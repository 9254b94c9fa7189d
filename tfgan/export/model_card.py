"""model_card.md: what a model is, what it was trained on, what is known of it and what is not."""

import json

_COLUMNS = (
    "metric", "value", "samples", "real", "held-out real data score", "of", "truncation", "seed",
    "extractor",
)  # fmt: skip

_LIMITS = """\
- The samples are the first of a seed, not chosen. Choosing would make the model look better.
- The model knows its training data and nothing else; it repeats what is uneven in them, and a small
  set may be partly copied. `tfgan evaluate` tells how near samples are to training examples.
- A figure compares distributions by features of a network and says nothing about one image. It
  depends on the counts, the extractor and the seed that stand beside it.
- Samples are computed in float32. On another processor, or with another build of TensorFlow, a
  pixel may be off by one level of 255.
"""


def write(facts, about, *, weights, clients, samples):
    """The text of the card.

    Args:
      facts: dict, as `metadata.describe` made it.
      about: `About`.
      weights: "average" or "last", which were exported.
      clients: str, how the files are used.
      samples: (file, what it shows), two str; or None.
    """
    makes = facts["makes"] + _classes(facts)
    which = "the last weights" if weights == "last" else "the running average of the weights"
    parts = [
        f"# {about.recipe}: {facts['model']} on {about.data.get('source', 'unknown data')}",
        f"Step {facts['step']} (checkpoint {about.checkpoint}), {which}, in float32; trained in "
        f"{about.precision} with seed {about.seed}. Makes {makes}.",
    ]
    if samples:
        file, told = samples
        mark = "!" if file.endswith(".png") else ""
        parts.append(f"{mark}[samples]({file})\n\n*{told}.*")
    parts += [
        "## Recipe\n\n" + _table(about.parameters, "parameter"),
        "## Data\n\n" + _table(about.data, "what"),
        "## Figures\n\n" + _figures(about.figures, facts["step"]),
        "## Use\n\n" + clients.strip(),
        "## Limits\n\n" + _LIMITS.strip(),
        "## Versions\n\n" + _table(facts["versions"], "package"),
    ]
    return "\n\n".join(parts) + "\n"


def _classes(facts):
    if not facts["classes"]:
        return ""
    names = ", ".join(facts["class_names"])
    return f" of {facts['classes']} classes (labels 0 to {facts['classes'] - 1}: {names})"


def _table(values, title):
    rows = [f"| `{name}` | {_cell(value)} |" for name, value in values.items()]
    return "\n".join([f"| {title} | value |", "|---|---|", *rows])


def _cell(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return text.replace("|", "\\|")


def _figures(records, step):
    """One line a metric, with the counts and the seed that make it comparable."""
    if not records:
        return f"None: `metrics.jsonl` of the run has no evaluation of step {step}."
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + "---|" * len(_COLUMNS)]
    for record in records:
        floor, extractor = record.get("floor") or {}, record.get("extractor") or {}
        cells = [
            f"`{record['metric']}`"
            + (f" ({record['better']} is better)" if record.get("better") else ""),
            _number(record["value"]),
            record.get("n_fake"),
            record.get("n_real"),
            _number(floor.get("value")),
            floor.get("n_fake"),
            record.get("truncation"),
            record.get("seed"),
            f"{extractor['name']} {extractor['sha256'][:8]}" if "sha256" in extractor else None,
        ]
        lines.append("| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def _number(value):
    return value if value is None else f"{value:.4g}"
