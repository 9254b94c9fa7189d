"""The links of the documents lead somewhere, and the paths that they name exist."""

import re

import pytest

from .sources import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
PATH = re.compile(r"`((?:tfgan|pipelines|tests|docs|\.ci)/[\w./-]*)`")
HISTORY = ("CHANGELOG.md",)  # names what is no longer there


def anchors(path):
    """The anchors of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(path):
    """The links of a document to files or headings that do not exist."""
    dead = []
    for file, anchor in LINK.findall(path.read_text()):
        target = path.parent / file if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(f"{file}#{anchor}")
    return dead


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    assert dead_links(path) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_paths_of_a_document_exist(path):
    names = PATH.findall(path.read_text()) if path.name not in HISTORY else []
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_a_dead_link_is_reported(tmp_path):
    (tmp_path / "a.md").write_text(
        "# One part\n[x](b.md) [y](#one-part) [z](#two) [w](a.md#one-part)"
    )
    assert dead_links(tmp_path / "a.md") == ["b.md#", "#two"]
