import importlib

import pytest

from tfgan import data


def test_every_name_that_the_package_offers_exists():
    assert set(data._LAZY) < set(data.__all__)
    for name in data.__all__:
        assert getattr(data, name) is not None


def test_what_needs_tensorflow_comes_from_the_module_that_defines_it():
    module = importlib.import_module("tfgan.data.sources.array_source")
    assert data.ArraySource is module.ArraySource


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'tfgan.data' has no attribute 'nothing'"):
        _ = data.nothing
