"""What is said about arrays."""

import pytest

from tfgan.data.sources.arrays import opening


@pytest.fixture
def lines(monkeypatch):
    """What is said about the data."""
    said = []
    for level in ("info", "warning"):
        monkeypatch.setattr(opening._LOG, level, lambda text, *values: said.append(text % values))
    return said
