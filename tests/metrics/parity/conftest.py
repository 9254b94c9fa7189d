import importlib.util
import pathlib

import pytest


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def others():
    """The calls of other libraries."""
    return load(pathlib.Path(__file__).with_name("others.py"))


@pytest.fixture(scope="session")
def golden():
    """What golden.json is made with."""
    return load(pathlib.Path(__file__).parent.with_name("golden_values.py"))
