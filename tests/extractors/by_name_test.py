"""Extractors by name, and names that are refused."""

import pytest

from tfgan import extractors
from tfgan.extractors import open_extractor


@pytest.mark.parametrize(
    ("name", "is_known"),
    [("digits", True), ("inception", True), ("points", True), ("keras:VGG16", True)]
    + [("keras:", False), ("keras:../a", False), ("a.keras", False), ("", False), (None, False)],
)
def test_the_networks_of_others_are_not_known(name, is_known):
    assert extractors.is_known(name) is is_known


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"name": "digit"}, "extractor must be .*; received 'digit'. Did you mean 'digits'"),
        ({"name": "keras:vgg"}, "keras:NAME must be .*; received 'vgg'. Did you mean 'vgg1"),
        ({"name": "keras"}, "extractor must be .*; received 'keras'"),
        ({"name": "missing.keras"}, "there is no such file"),
        ({"name": "digits", "weights": "x.h5"}, "brings its own weights; leave out x.h5"),
        ({"name": "points", "resize": "clean"}, "has nothing to resize"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        open_extractor(**arguments)
