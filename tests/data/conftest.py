"""What is said about a folder of images."""

import pytest

from tfgan.data.sources import image_set


@pytest.fixture
def warnings(monkeypatch):
    lines = []
    monkeypatch.setattr(
        image_set._LOG, "warning", lambda text, *values: lines.append(text % values)
    )
    return lines


@pytest.fixture
def log(caplog):
    caplog.set_level("INFO")
    return caplog
