"""What is said about arrays."""

import pytest

from tfgan.data.sources.arrays import opening


@pytest.fixture
def lines(monkeypatch):
    """What is said about the data."""
    log = []
    for level in ("info", "warning"):
        monkeypatch.setattr(opening._LOG, level, lambda text, *values: log.append(text % values))
    return log
