"""The examples in the docstrings of the library give what they show."""

import doctest
import importlib

import pytest

from .sources import ROOT, SOURCES

EXAMPLES = [
    str(path.relative_to(ROOT).with_suffix("")).replace("/", ".").removesuffix(".__init__")
    for path, source in SOURCES.items()
    if ">>>" in source
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_a_module_give_what_they_show(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0 and results.failed == 0
