"""The second stage of CI: which tests `pytest` leaves out, and when `.ci/run` adds them."""

import pytest

from .second_stage import PARTS, SCRIPT, is_left_out, left_out
from .sources import ROOT


@pytest.mark.parametrize(
    ("path", "parts", "is_left_out"),
    [
        ("tests/studies", "", True),
        ("tests/studies", "serving,studies", False),
        ("tests/studies", "serving", True),
        ("tests/pipelines/serve_test.py", "studies", True),
        ("tests/models", "", False),
    ],
)
def test_the_first_stage_leaves_out_the_parts_that_are_not_named(path, parts, is_left_out):
    assert left_out(ROOT / path, parts) == is_left_out


def test_a_mark_puts_a_test_into_a_part():
    class Item:
        def get_closest_marker(self, name):
            return pytest.mark.second_stage("recipes").mark if name == "second_stage" else None

    assert is_left_out(Item(), "") and is_left_out(Item(), "studies")
    assert not is_left_out(Item(), "studies,recipes")


def test_every_path_of_the_second_stage_exists():
    paths = [path for lists in PARTS.values() for paths in lists for path in paths]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("files", "parts"),
    [
        ([], []),
        (
            ["tfgan/models/gan.py", "README.md"],
            ["recipes", "translation", "commands", "games", "augmentations", "workers"],
        ),
        (["tfgan/studies/theory/chart.py"], ["studies"]),
        (
            ["tests/pipelines/serve_test.py", "pipelines/theory.py"],
            ["studies", "serving", "commands"],
        ),
        (["tfgan/export/signatures.py"], ["export", "serving"]),
        (["tests/conftest.py"], list(PARTS)),
        (None, list(PARTS)),
    ],
)
def test_the_parts_that_changed_are_tested(files, parts):
    assert SCRIPT["changed_parts"](files) == parts


def test_an_unknown_commit_means_that_everything_may_have_changed():
    assert SCRIPT["changed_files"]("no-such-commit") is None
