"""A small source of numbered images."""

import numpy as np
import pytest

from tfgan.data import ArraySource

from .numbered import images


@pytest.fixture
def numbered():
    return ArraySource("arrays:test", images(10), np.arange(10) % 3)
