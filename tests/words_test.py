"""Numbers and sentences for people, and the English of the code."""

import ast
import io
import re
import tokenize

import pytest

from tfgan.words import counted, slug, unknown

from .sources import SOURCES, offenders

# Participles are not nouns: `found` is a score, a path or whatever it is.
PARTICIPLES = ["asked", "found", "given", "held", "kept", "made", "said", "taken", "told", "wanted"]
ODD = [
    # "is no X" for "is not an X"
    r"(?<![Tt]here )\b(is|are|was|were) (no|none)\b(?! (on|longer)\b)",
    # "a line a class" for "one line per class"
    r"\b(an?|one) \w+ an? (argument|batch|class|column|example|file|group|image|label|line|paper"
    r"|person|player|process|replica|row|second|step|subject|test|thread|verb|worker)\b",
    r"\b(the|an?|its|their|every|each|no|all) (asked|found|kept|made|said|taken|told|wanted)\b",
    r"\bwhat (is|was|were|are) (asked|found|given|kept|made|said|taken|told|wanted)\b",
    r"\btold\b(?! apart)",
    r"\bwanted\b",
    r"\bread on\b",
]


def prose(source):
    """The comments, docstrings and messages of a file: iterator of str."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def odd(source):
    """The odd phrases in a file's prose: list of str."""
    texts = [" ".join(text.split()) for text in prose(source)]
    return [hit[0] for text in texts for rule in ODD for hit in re.finditer(rule, text)]


def names(source):
    """The names that a file gives to variables, arguments, attributes, functions and classes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(getattr(node, "ctx", None), ast.Store):
            yield getattr(node, "id", None) or getattr(node, "attr", "")


def participles(source):
    """The names of a file that are a participle: set of str."""
    return {name for name in names(source) if name.strip("_") in PARTICIPLES}


def test_prose_is_plain_english():
    assert offenders(lambda path: odd(SOURCES[path])) == {}


def test_no_name_is_a_participle():
    assert offenders(lambda path: participles(SOURCES[path])) == {}


@pytest.mark.parametrize(
    ("source", "phrases"),
    [
        ('raise ValueError(f"{x} is no image.")', ["is no"]),
        ('"""There is no recipe here; it is not an image."""', []),
        ("x = 1  # one row an image", ["one row an image"]),
        ('"""Writes the\nfound images that were told apart."""', ["the found"]),
        ('def f():\n    """What it is told."""', ["told"]),
    ],
)
def test_odd_english_is_reported(source, phrases):
    assert odd(source) == phrases


def test_participles_are_reported_wherever_a_name_is_given():
    source = (
        "def taken(told, *, kept=0):\n    self.held, (_found, score) = told\n    print(given)\n"
    )
    assert participles(source) == {"taken", "told", "kept", "held", "_found"}


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
