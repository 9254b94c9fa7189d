"""docs/lecture.md maps every item of the lecture to something that is there."""

import re
from pathlib import Path

import pytest

from tfgan.studies import theory

TESTS = Path(__file__).parent
LINES = (TESTS.parent / "docs/lecture.md").read_text().splitlines()
ROWS = [line.strip("|").split("|") for line in LINES if re.match(r"\| S\d", line)]


def test_every_item_has_a_row():
    assert [row[0].strip() for row in ROWS] == [f"S{number}" for number in range(1, 80)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_what_an_item_is_mapped_to_is_there(row):
    shown = re.findall(r"`([^`]+)`", row[2])
    assert shown
    for name in shown:
        if name.startswith("theory:"):
            assert name.removeprefix("theory:") in theory.EXPERIMENTS
        elif "::" in name:
            file, test = name.split("::")
            assert f"def {test}(" in (TESTS / file).read_text()
        else:
            assert re.fullmatch(r"tfgan [a-z]+", name)
            verb = name.split()[1]
            assert (TESTS.parent / f"pipelines/{verb}.py").exists()
