"""Numbers and sentences for people."""

import ast
import re
from pathlib import Path

import pytest

from tfgan.words import counted, slug, unknown

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("tfgan/**/*.py"), *ROOT.glob("pipelines/**/*.py")])
# "is no X" for "is not an X", a noun after a count that stands for one, and words that are missing.
ODD = re.compile(
    r"(?<!there )(?<!There )\b(is|are|was|were) (no|none)\b(?! (on|longer)\b)|\bread on\b"
    r"|\bone (name|row|line) a\b"
)


def messages(source):
    """The texts of a file that are not docstrings: iterator of (line, text)."""
    tree = ast.parse(source)
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(
                    part.value if isinstance(part, ast.Constant) else "{}" for part in node.values
                ),
            )
        elif id(node) not in parts | docs and isinstance(getattr(node, "value", None), str):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_messages_are_plain_english(path):
    assert [each for each in messages(path.read_text()) if ODD.search(each[1])] == []


def test_odd_english_is_found():
    source = 'def f(x):\n    """It is no message."""\n    raise ValueError(f"{x} is no image.")\n'
    assert [text for _, text in messages(source) if ODD.search(text)] == ["{} is no image."]
    assert not ODD.search("There is no recipe here; it is not an image.")


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 class"), (0, "0 classes"), (2000, "2,000 classes")]
)
def test_one_is_one(count, words):
    assert counted(count, "class", "classes") == words
    assert counted(count, "image") == words.replace("classes", "images").replace("class", "image")


def test_an_unknown_name_is_refused_with_the_names_that_are_known_and_the_nearest():
    assert str(unknown("loss", "hing", ["wasserstein", "hinge"])) == (
        "loss must be one of hinge, wasserstein; received 'hing'. Did you mean 'hinge'?"
    )
    assert str(unknown("loss", "x", ["b", "a"])) == "loss must be one of a, b; received 'x'."
    many = [f"name{i}" for i in range(20)]
    assert str(unknown("--metric", 7, many)) == "--metric must be one of 20 names; received 7."


def test_a_slug_is_a_file_name():
    assert slug("images:/tmp/My photos.zip") == "images--tmp-My-photos.zip"
