"""What programs read: small images."""

import numpy as np
import pytest

from .vertex_endpoint import endpoint  # noqa: F401


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the data lie, `images.npz` with 50 images of 8 x 8, and the runs on them."""
    path = tmp_path_factory.mktemp("runs")
    images = np.random.default_rng(0).integers(0, 256, (50, 8, 8, 1), np.uint8)
    np.savez(path / "images.npz", data=images)
    return path
