"""The lists of names are those of what is implemented, and importing them is free."""

import subprocess
import sys

import pytest

from tfgan import choices
from tfgan.extractors import resizing
from tfgan.models import mixed_precision
from tfgan.training.distribution import strategies


def test_the_lists_import_nothing():
    code = (
        "import sys, tfgan\n"
        "before = set(sys.modules)\n"
        "import tfgan.choices\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "['tfgan.choices']"


def test_every_method_and_type_of_the_lists_is_there():
    for method in choices.RESIZE_METHODS:
        assert callable(resizing.find(method))
    for precision in choices.PRECISIONS:
        with mixed_precision.computing_in(precision):
            pass
    with pytest.raises(ValueError, match="strategy must be one of"):
        strategies.choose_strategy("two")
