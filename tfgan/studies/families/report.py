"""The comparison as lines for a terminal, as Markdown, as one HTML page and as JSON."""

import dataclasses
import json
import math
import textwrap

from tfgan.studies import html
from tfgan.studies.families import tables as table
from tfgan.studies.families.families import FAMILIES

_AT_ONCE = 5  # columns of one table on a terminal
_WIDTH = 20  # characters of a cell there
_WIDE = "body { max-width: 110em } img { max-width: 100%; image-rendering: pixelated }"
_TITLE = "Families of generative models, as claimed and as measured"


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Everything that was found.

    Attributes:
      facts: dict that JSON can hold: data, budget, seed, counts, versions, machine.
      measured: dict of what `measurements.model` returned, by family.
      reference: what `measurements.reference` returned.
      training: dict of dict by family, see `tables.measured`; also `parameters` and `logs`.
      verdicts: list of `verdicts.Verdict`.
    """

    facts: dict
    measured: dict
    reference: dict
    training: dict
    verdicts: list

    @property
    def tables(self):
        """(claimed, measured), each a list of rows."""
        return (
            table.claimed(list(self.measured)),
            table.measured(self.measured, self.reference, self.training),
        )


def text(comparison):
    """For a terminal: str."""
    claimed, measured = comparison.tables
    blocks = [_wrapped(part) for rows in (claimed, measured) for part in _parts(rows)]
    lines = "\n".join(_sentences(comparison, "{row}, {family}: {verdict} ({claim}). {sentence}"))
    return "\n\n".join([*blocks, lines])


def markdown(comparison, pictures):
    """For a page of documentation: str.

    Args:
      comparison: Comparison.
      pictures: dict of str by heading: file names of the pictures of samples.
    """
    claimed, measured = comparison.tables
    shown = "\n\n".join(f"{heading}:\n\n![{heading}]({name})" for heading, name in pictures.items())
    told = "\n".join(
        _sentences(comparison, "- **{row}, {family}**: {verdict} (“{claim}”). {sentence}")
    )
    return (
        f"# {_TITLE}\n\n{about(comparison)}\n\n## As claimed\n\n{_pipes(claimed)}\n\n"
        f"## As measured\n\n{_pipes(measured)}\n\n## Claims against measurements\n\n{told}\n\n"
        f"## Samples\n\n{shown}\n"
    )


def as_html(comparison, pictures):
    """One page that refers to nothing outside of itself: str.

    Args:
      comparison: Comparison.
      pictures: dict of PNG bytes by heading.
    """
    claimed, measured = comparison.tables
    told = [["Row", "Family", "Claim", "Verdict", "Why"]]
    told += [
        [each.row, FAMILIES[each.family].heading, each.claim, each.verdict, each.sentence]
        for each in comparison.verdicts
    ]
    shown = [
        html.element("h3", heading) + html.image(png, f"Samples: {heading}")
        for heading, png in pictures.items()
    ]
    body = [
        html.element("h1", _TITLE),
        html.element("p", about(comparison)),
        html.element("h2", "As claimed"),
        html.table(claimed),
        html.element("h2", "As measured"),
        html.table(measured),
        html.element("h2", "Claims against measurements"),
        html.table(told),
        html.element("h2", "Samples"),
        *shown,
    ]
    return html.page(_TITLE, "\n".join(body), _WIDE)


def as_json(comparison):
    """For a program: str. Numbers that JSON lacks are strings ("inf", "nan")."""
    whole = {
        **comparison.facts,
        "families": {
            name: {
                "recipe": FAMILIES[name].recipe,
                "type": FAMILIES[name].type,
                "loss": FAMILIES[name].loss,
                "assumptions": FAMILIES[name].assumptions,
                "training": comparison.training[name],
                "measured": found,
            }
            for name, found in comparison.measured.items()
        },
        "real": comparison.reference,
        "verdicts": [dataclasses.asdict(each) for each in comparison.verdicts],
        "tables": dict(zip(("claimed", "measured"), comparison.tables, strict=True)),
    }
    return json.dumps(_plain(whole), indent=1, allow_nan=False) + "\n"


def about(comparison):
    """How the figures were made, in a few sentences: str."""
    facts = comparison.facts
    versions = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    return (
        f"Each family had {facts['budget']} on {facts['data']}, seed {facts['seed']}, "
        f"{facts['cores']} cores. Samples ({facts['count']:,} a family) are compared with "
        f"{facts['training_examples']:,} training examples; the last column has {facts['count']:,} "
        "held-out examples in place of samples. Black and white: each pixel is drawn with its gray "
        "as the probability, as the models of binary pixels see their data. Likelihoods are of one "
        "black and white draw of the held-out examples, the same for all. Training seconds hold "
        "the compilation. One seed: a place in a ranking may be another with the next. "
        f"{versions}."
    )


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _sentences(comparison, form):
    for each in comparison.verdicts:
        family = FAMILIES[each.family].heading
        yield form.format(**dataclasses.asdict(each) | {"family": family})


def _parts(rows):
    """Rows with a few columns at a time, each part with the column of labels."""
    for first in range(1, len(rows[0]), _AT_ONCE):
        yield [[row[0], *row[first : first + _AT_ONCE]] for row in rows]


def _wrapped(rows):
    """Rows of long cells as text: each cell breaks its lines inside of its column."""
    lines = []
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(cell, _WIDTH) or [""] for cell in row]
        for level in range(max(map(len, cells))):
            parts = [cell[level] if level < len(cell) else "" for cell in cells]
            lines.append("  ".join(part.ljust(_WIDTH) for part in parts).rstrip())
        lines += ["-" * len(rows[0]) * _WIDTH] if number == 0 else []
    return "\n".join(lines)


def _pipes(rows):
    head, *others = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *others]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
