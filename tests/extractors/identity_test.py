"""Data that are their own features."""

import numpy as np
import pytest

from tfgan.extractors import open_extractor


def test_points_are_their_own_features():
    points = np.zeros((3, 2), np.float32)
    extractor = open_extractor("points")
    assert extractor(points).features is points
    with pytest.raises(ValueError, match=r"takes float32 points \[n, d\]"):
        extractor(np.zeros((5, 6, 6, 1), np.uint8))
