"""The comparison as lines for a terminal, as Markdown, as one HTML page and as JSON."""

import dataclasses
import textwrap

import tensorflow as tf

from tfgan import files, images, words
from tfgan.studies import reports
from tfgan.studies.families import tables
from tfgan.studies.families.families import FAMILIES

_COLUMNS = 5  # of one table on a terminal
_WIDTH = 20  # characters of a cell there
_TITLE = "Families of generative models, as claimed and as measured"


def write(out, comparison):
    """Writes the three reports, and a picture of the samples of each family, to a directory."""
    pictures = {}
    for heading, rows in comparison.samples.items():
        name = f"samples-{words.slug(heading.lower())}.png"
        images.write_png(f"{out}/{name}", images.grid(rows[:64]))
        with tf.io.gfile.GFile(f"{out}/{name}", "rb") as file:
            pictures[heading] = name, file.read()
    for name, content in (
        ("comparison.json", as_json(comparison)),
        ("comparison.md", markdown(comparison, {h: name for h, (name, _) in pictures.items()})),
        ("comparison.html", as_html(comparison, {h: png for h, (_, png) in pictures.items()})),
    ):
        files.write_text(f"{out}/{name}", content)


def text(comparison):
    """For a terminal: str."""
    blocks = [_wrapped(part) for rows in _tables(comparison).values() for part in _parts(rows)]
    judged = _sentences(comparison, "{row}, {heading}: {verdict} ({claim}). {sentence}")
    return "\n\n".join([*blocks, judged, about(comparison)])


def markdown(comparison, pictures):
    """For a page of documentation: str. `pictures`: file names by heading."""
    claimed, measured = map(_pipes, _tables(comparison).values())
    shown = "\n\n".join(f"{heading}:\n\n![{heading}]({name})" for heading, name in pictures.items())
    judged = _sentences(comparison, "- **{row}, {heading}**: {verdict} (“{claim}”). {sentence}")
    return (
        f"# {_TITLE}\n\n{about(comparison)}\n\n## As claimed\n\n{claimed}\n\n"
        f"## As measured\n\n{measured}\n\n## Claims against measurements\n\n{judged}\n\n"
        f"## Samples\n\n{shown}\n"
    )


def as_html(comparison, pictures):
    """One page that refers to nothing outside itself: str. `pictures`: PNG bytes by heading."""
    return reports.html(
        "families.html",
        title=_TITLE,
        about=about(comparison),
        verdicts=comparison.verdicts,
        families=FAMILIES,
        pictures=pictures,
        **_tables(comparison),
    )


def as_json(comparison):
    """For a program: str. Numbers that JSON lacks are strings ("inf", "nan")."""
    families = {
        name: {
            "recipe": FAMILIES[name].recipe,
            "type": FAMILIES[name].type,
            "loss": FAMILIES[name].loss,
            "assumptions": FAMILIES[name].assumptions,
            "training": comparison.training[name],
            "measured": measured,
        }
        for name, measured in comparison.measured.items()
    }
    return reports.strict_json(
        {
            **comparison.facts,
            "families": families,
            "real": comparison.reference,
            "verdicts": [dataclasses.asdict(each) for each in comparison.verdicts],
            "tables": _tables(comparison),
        }
    )


def about(comparison):
    """How the numbers were measured, in a few sentences: str."""
    facts = comparison.facts
    versions = ", ".join(f"{name} {number}" for name, number in facts["versions"].items())
    return (
        f"Each family had {facts['budget']} on {facts['data']}, seed {facts['seed']}, "
        f"{facts['cores']} cores. Samples ({facts['count']:,} per family) are compared with "
        f"{facts['training_examples']:,} training examples; the last column has {facts['count']:,} "
        "held-out examples instead of samples. Black and white: each pixel is drawn with its gray "
        "as the probability, as models of binary pixels receive their data. Likelihoods are of one "
        "black and white draw of the held-out examples, the same for all. Training seconds include "
        "the compilation. One seed: another seed may change a ranking. "
        f"{versions}."
    )


def _sentences(comparison, form):
    return "\n".join(
        form.format(heading=FAMILIES[each.family].heading, **dataclasses.asdict(each))
        for each in comparison.verdicts
    )


def _tables(comparison):
    return {
        "claimed": tables.claimed(comparison.measured),
        "measured": tables.measured(comparison.measured, comparison.reference, comparison.training),
    }


def _parts(rows):
    """Rows with a few columns at a time, each part with the column of labels."""
    for first in range(1, len(rows[0]), _COLUMNS):
        yield [[row[0], *row[first : first + _COLUMNS]] for row in rows]


def _wrapped(rows):
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
